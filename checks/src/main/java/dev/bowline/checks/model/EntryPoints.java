package dev.bowline.checks.model;

import static javax.lang.model.element.Modifier.STATIC;

import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.util.Name;

/** Where a process or a request starts: no caller has a context to hand down there. */
public final class EntryPoints {
  private static final String ANNOTATION = "dev.bowline.annotations.EntryPoint";

  private static final Supplier<Name> MAIN = VisitorState.memoize(state -> state.getName("main"));

  private EntryPoints() {}

  /**
   * Whether the code at hand runs in an entry point: in a {@code main}, in a static initialiser of
   * a class that has one, or in what carries {@code @EntryPoint}. A lambda in an entry point counts
   * as part of it.
   */
  public static boolean encloses(VisitorState state) {
    Tree member = null;
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (ASTHelpers.hasAnnotation(tree, ANNOTATION, state)) {
        return true;
      }
      if (tree instanceof MethodTree method && isMain(ASTHelpers.getSymbol(method), state)) {
        return true;
      }
      if (tree instanceof ClassTree type
          && isStaticInitialiser(member)
          && hasMain(ASTHelpers.getSymbol(type), state)) {
        return true;
      }
      member = tree;
    }
    return false;
  }

  private static boolean isStaticInitialiser(Tree member) {
    return (member instanceof BlockTree block && block.isStatic())
        || (member instanceof VariableTree field
            && field.getModifiers().getFlags().contains(STATIC));
  }

  private static boolean hasMain(ClassSymbol type, VisitorState state) {
    for (Symbol member : type.members().getSymbolsByName(MAIN.get(state))) {
      if (member instanceof MethodSymbol method && isMain(method, state)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the launcher may start this: {@code public static void main(String[])}, and the forms
   * that JDK 25 adds to it, in a top-level class and for any JDK, since whoever writes one means
   * it.
   */
  private static boolean isMain(MethodSymbol method, VisitorState state) {
    if (!method.getSimpleName().contentEquals("main")
        || method.getReturnType().getTag() != TypeTag.VOID
        || method.isPrivate()) {
      return false;
    }
    boolean classic = method.isStatic() && !method.getParameters().isEmpty();
    if (!classic && method.enclClass().owner instanceof ClassSymbol) {
      return false;
    }
    if (method.getParameters().isEmpty()) {
      return true;
    }
    Type only = method.getParameters().get(0).type;
    return method.getParameters().size() == 1
        && state.getTypes().isArray(only)
        && ASTHelpers.isSameType(
            state.getTypes().elemtype(only), state.getSymtab().stringType, state);
  }
}
