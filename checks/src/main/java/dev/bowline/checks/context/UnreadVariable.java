package dev.bowline.checks.context;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Loops;
import dev.bowline.checks.model.Occurrences;
import javax.lang.model.element.ElementKind;

/**
 * Variables that nobody reads and that Error Prone's {@code UnusedVariable} does not report: those
 * that are named so, and parameters that are given a new value.
 */
final class UnreadVariable {
  private UnreadVariable() {}

  /** Whether such a variable is all that gets the value of the call at the state's position. */
  static boolean takes(ExpressionTree call, VisitorState state) {
    TreePath parent = state.getPath().getParentPath();
    if (parent.getLeaf() instanceof VariableTree declared) {
      VarSymbol variable = ASTHelpers.getSymbol(declared);
      return variable != null
          && variable.getKind() == ElementKind.LOCAL_VARIABLE
          && isNamedUnused(variable)
          && Occurrences.in(state).of(variable).isEmpty();
    }
    return parent.getLeaf() instanceof AssignmentTree assignment
        && assignment.getExpression() == call
        && parent.getParentPath().getLeaf() instanceof ExpressionStatementTree
        && ASTHelpers.getSymbol(assignment.getVariable()) instanceof VarSymbol variable
        && variable.getKind() == ElementKind.PARAMETER
        && Loops.around(parent).isEmpty()
        && Occurrences.in(state).of(variable).stream()
            .allMatch(
                use -> ASTHelpers.getStartPosition(use.getLeaf()) < state.getEndPosition(call));
  }

  private static boolean isNamedUnused(VarSymbol variable) {
    String name = variable.getSimpleName().toString();
    return name.isEmpty() || name.startsWith("unused") || name.equals("ignored");
  }
}
