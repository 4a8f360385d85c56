package dev.bowline.cli;

import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Scope.WriteableScope;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symtab;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Type.ClassType;
import com.sun.tools.javac.code.Type.ErrorType;
import com.sun.tools.javac.code.Type.MethodType;
import com.sun.tools.javac.code.Type.StructuralTypeMapping;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.tree.JCTree.JCExpression;
import com.sun.tools.javac.tree.JCTree.JCLambda;
import com.sun.tools.javac.tree.JCTree.JCMemberReference;
import com.sun.tools.javac.tree.JCTree.JCMethodDecl;
import com.sun.tools.javac.tree.JCTree.JCMethodInvocation;
import com.sun.tools.javac.tree.JCTree.JCNewClass;
import com.sun.tools.javac.tree.JCTree.JCVariableDecl;
import com.sun.tools.javac.tree.TreeInfo;
import com.sun.tools.javac.tree.TreeScanner;
import com.sun.tools.javac.util.Context;
import com.sun.tools.javac.util.List;
import com.sun.tools.javac.util.Name;
import com.sun.tools.javac.util.Names;
import java.util.Set;

/**
 * Gives what did not resolve a type and a method to point to, of a class that nothing else knows.
 *
 * <p>Error Prone never shows a tree with errors to rules, and so they, and its own helpers, rely on
 * every call having a method: without one, most rules fail on the first unknown call in a file. And
 * javac takes an unknown type for the same as any other, to avoid errors that follow from errors: a
 * rule would take it for what it looks for. With a class of their own, unknown things are something
 * that no rule has an opinion on.
 */
final class Unresolved extends TreeScanner {
  private static final Set<String> NO_TYPES = Set.of("UNKNOWN", "DEFERRED");

  private final Symtab symtab;
  private final Names names;
  private final ClassType unknown;
  private final StructuralTypeMapping<Void> known =
      new StructuralTypeMapping<>() {
        @Override
        public Type visitErrorType(ErrorType type, Void unused) {
          return unknown;
        }

        @Override
        public Type visitType(Type type, Void unused) {
          // By name: newer javac has no such tag as the first any more.
          return NO_TYPES.contains(type.getTag().name()) ? unknown : type;
        }
      };

  Unresolved(Context context) {
    symtab = Symtab.instance(context);
    names = Names.instance(context);
    ClassSymbol owner =
        new ClassSymbol(
            Flags.PUBLIC,
            names.fromString("Unresolved$"),
            Type.noType,
            symtab.unnamedModule.unnamedPackage);
    unknown = new ClassType(Type.noType, List.nil(), owner);
    unknown.supertype_field = symtab.objectType;
    unknown.interfaces_field = List.nil();
    owner.type = unknown;
    owner.members_field = WriteableScope.create(owner);
    owner.completer = Symbol.Completer.NULL_COMPLETER;
  }

  @Override
  public void scan(JCTree tree) {
    super.scan(tree);
    if (tree != null) {
      tree.type = known(tree.type);
    }
  }

  @Override
  public void visitVarDef(JCVariableDecl tree) {
    super.visitVarDef(tree);
    if (tree.sym != null) {
      tree.sym.type = known(tree.sym.type);
    }
  }

  @Override
  public void visitMethodDef(JCMethodDecl tree) {
    super.visitMethodDef(tree);
    if (tree.sym != null) {
      tree.sym.type = known(tree.sym.type);
    }
  }

  @Override
  public void visitApply(JCMethodInvocation tree) {
    super.visitApply(tree);
    JCTree select = TreeInfo.skipParens(tree.meth);
    if (!isMethod(TreeInfo.symbol(select))) {
      TreeInfo.setSymbol(select, method(TreeInfo.name(select), tree.args));
      select.type = type(tree.args);
    } else if (!accepts(select.type, tree.args)) {
      select.type = type(tree.args);
    }
  }

  @Override
  public void visitNewClass(JCNewClass tree) {
    super.visitNewClass(tree);
    if (!isMethod(tree.constructor)) {
      tree.constructor = method(names.init, tree.args);
    }
    if (!accepts(tree.constructorType, tree.args)) {
      tree.constructorType = type(tree.args);
    }
  }

  @Override
  public void visitLambda(JCLambda tree) {
    super.visitLambda(tree);
    tree.type = functional(tree.type);
  }

  @Override
  public void visitReference(JCMemberReference tree) {
    super.visitReference(tree);
    tree.type = functional(tree.type);
    if (!isMethod(tree.sym)) {
      tree.sym = method(tree.name, List.nil());
      tree.referentType = tree.sym.type;
    }
  }

  /** What nobody asks for has no type at all. */
  private Type functional(Type type) {
    return type == null || type.tsym == null ? unknown : type;
  }

  /** javac itself fills in methods that belong nowhere; rules ask for the class of a method. */
  private boolean isMethod(Symbol symbol) {
    return symbol instanceof MethodSymbol && symbol.owner instanceof ClassSymbol;
  }

  /** Whether the type of a call fits the call. */
  private static boolean accepts(Type type, List<JCExpression> arguments) {
    if (type == null || !type.hasTag(TypeTag.METHOD)) {
      return false;
    }
    List<Type> parameters = type.getParameterTypes();
    return parameters.size() == arguments.size()
        || (parameters.nonEmpty() && parameters.last().hasTag(TypeTag.ARRAY));
  }

  private MethodSymbol method(Name name, List<JCExpression> arguments) {
    Name given = name == null ? names.error : name;
    return new MethodSymbol(Flags.PUBLIC, given, type(arguments), unknown.tsym);
  }

  private MethodType type(List<JCExpression> arguments) {
    return new MethodType(
        arguments.map(argument -> argument.type == null ? unknown : argument.type),
        unknown,
        List.nil(),
        symtab.methodClass);
  }

  private Type known(Type type) {
    return type == null ? null : type.map(known);
  }
}
