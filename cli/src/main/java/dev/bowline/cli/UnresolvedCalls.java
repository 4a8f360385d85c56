package dev.bowline.cli;

import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Scope.WriteableScope;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symtab;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Type.ClassType;
import com.sun.tools.javac.code.Type.MethodType;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.tree.JCTree.JCExpression;
import com.sun.tools.javac.tree.JCTree.JCMemberReference;
import com.sun.tools.javac.tree.JCTree.JCMethodInvocation;
import com.sun.tools.javac.tree.JCTree.JCNewClass;
import com.sun.tools.javac.tree.TreeInfo;
import com.sun.tools.javac.tree.TreeScanner;
import com.sun.tools.javac.util.Context;
import com.sun.tools.javac.util.List;
import com.sun.tools.javac.util.Name;
import com.sun.tools.javac.util.Names;

/**
 * Gives calls that did not resolve a method to point to, of a class that nothing else knows. Error
 * Prone never sees a tree with errors, and so its helpers and all rules rely on every call having a
 * method: without one, most rules would fail on the first unknown call in a file. With this one
 * they see a call of something that they have no opinion on.
 */
final class UnresolvedCalls extends TreeScanner {
  private final Symtab symtab;
  private final Names names;
  private final ClassSymbol owner;

  UnresolvedCalls(Context context) {
    symtab = Symtab.instance(context);
    names = Names.instance(context);
    owner =
        new ClassSymbol(
            Flags.PUBLIC,
            names.fromString("Unresolved$"),
            Type.noType,
            symtab.unnamedModule.unnamedPackage);
    ClassType type = new ClassType(Type.noType, List.nil(), owner);
    type.supertype_field = symtab.objectType;
    type.interfaces_field = List.nil();
    owner.type = type;
    owner.members_field = WriteableScope.create(owner);
    owner.completer = Symbol.Completer.NULL_COMPLETER;
  }

  @Override
  public void visitApply(JCMethodInvocation tree) {
    super.visitApply(tree);
    JCTree select = TreeInfo.skipParens(tree.meth);
    if (!isMethod(TreeInfo.symbol(select))) {
      TreeInfo.setSymbol(select, method(TreeInfo.name(select), tree.args));
      select.type = TreeInfo.symbol(select).type;
    } else if (!accepts(select.type, tree.args)) {
      select.type = type(tree.args);
    }
  }

  @Override
  public void visitNewClass(JCNewClass tree) {
    super.visitNewClass(tree);
    if (!isMethod(tree.constructor)) {
      tree.constructor = method(names.init, tree.args);
      tree.constructorType = tree.constructor.type;
    } else if (!accepts(tree.constructorType, tree.args)) {
      tree.constructorType = type(tree.args);
    }
  }

  @Override
  public void visitReference(JCMemberReference tree) {
    super.visitReference(tree);
    if (!isMethod(tree.sym)) {
      tree.sym = method(tree.name, List.nil());
      tree.referentType = tree.sym.type;
    }
  }

  /** javac itself fills in methods that belong nowhere; rules ask for the class of a method. */
  private boolean isMethod(Symbol symbol) {
    return symbol instanceof MethodSymbol && !symbol.owner.equals(symtab.noSymbol);
  }

  /** Whether the type of a call fits the call. */
  private static boolean accepts(Type type, List<JCExpression> arguments) {
    if (type == null || type.getTag() != TypeTag.METHOD) {
      return false;
    }
    List<Type> parameters = type.getParameterTypes();
    return parameters.size() == arguments.size()
        || (parameters.nonEmpty() && parameters.last().hasTag(TypeTag.ARRAY));
  }

  private MethodSymbol method(Name name, List<JCExpression> arguments) {
    Name given = name == null ? names.error : name;
    return new MethodSymbol(Flags.PUBLIC, given, type(arguments), owner);
  }

  private MethodType type(List<JCExpression> arguments) {
    return new MethodType(
        arguments.map(this::type), symtab.errType, List.nil(), symtab.methodClass);
  }

  private Type type(JCExpression argument) {
    return argument.type == null || argument.type.hasTag(TypeTag.DEFERRED)
        ? symtab.errType
        : argument.type;
  }
}
