package dev.bowline.checks.context;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import java.util.List;
import javax.lang.model.element.ElementKind;

/** What is certainly null. */
final class NullValue {
  private NullValue() {}

  /** Whether this is {@code null}, or a local variable that never has another value. */
  static boolean is(ExpressionTree tree, VisitorState state) {
    return tree.getKind() == Tree.Kind.NULL_LITERAL
        || (tree instanceof IdentifierTree
            && ASTHelpers.getSymbol(tree) instanceof VarSymbol variable
            && isAlwaysNull(variable, state));
  }

  /** Whether this is a local variable around the state's position that is only given null. */
  static boolean isAlwaysNull(VarSymbol variable, VisitorState state) {
    if (variable.getKind() != ElementKind.LOCAL_VARIABLE
        || (variable.flags() & (Flags.FINAL | Flags.EFFECTIVELY_FINAL)) == 0) {
      return false;
    }
    for (Tree tree : state.getPath()) {
      List<? extends Tree> statements =
          tree instanceof BlockTree block
              ? block.getStatements()
              : tree instanceof CaseTree each && each.getStatements() != null
                  ? each.getStatements()
                  : List.of();
      for (Tree statement : statements) {
        if (statement instanceof VariableTree declaration
            && variable.equals(ASTHelpers.getSymbol(declaration))) {
          return declaration.getInitializer() != null
              && declaration.getInitializer().getKind() == Tree.Kind.NULL_LITERAL;
        }
      }
    }
    return false;
  }
}
