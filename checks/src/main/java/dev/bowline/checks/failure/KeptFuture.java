package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Occurrences;

/** Whether somebody can learn from the future of a periodic task that the task has failed. */
final class KeptFuture {
  /** Calls on the future that tell nothing of a failure. */
  private static final ImmutableSet<String> UNAWARE =
      ImmutableSet.of("cancel", "isCancelled", "getDelay", "equals", "hashCode", "toString");

  /** From a local variable to a field. */
  private static final int DEPTH = 2;

  private KeptFuture() {}

  /** Whether the future that the call at the state's position gives is asked, or out of sight. */
  static boolean isObserved(VisitorState state) {
    return isObserved(state.getPath(), DEPTH, state);
  }

  private static boolean isObserved(TreePath future, int depth, VisitorState state) {
    TreePath path = future.getParentPath();
    while (path.getLeaf() instanceof ParenthesizedTree || path.getLeaf() instanceof TypeCastTree) {
      path = path.getParentPath();
    }
    Tree parent = path.getLeaf();
    if (parent instanceof ExpressionStatementTree || parent instanceof BinaryTree) {
      return false;
    }
    if (parent instanceof LambdaExpressionTree lambda) {
      return !TaskWork.isVoid(lambda, state);
    }
    if (parent instanceof MemberSelectTree select) {
      return !UNAWARE.contains(select.getIdentifier().toString());
    }
    if (parent instanceof AssignmentTree assignment) {
      return assignment.getVariable() != future.getLeaf()
          && isAnyUseObserved(assignment.getVariable(), depth, state);
    }
    return !(parent instanceof VariableTree) || isAnyUseObserved(parent, depth, state);
  }

  private static boolean isAnyUseObserved(Tree holder, int depth, VisitorState state) {
    return depth == 0
        || !(ASTHelpers.getSymbol(holder) instanceof VarSymbol variable)
        || Occurrences.in(state).of(variable).stream()
            .anyMatch(use -> isObserved(use, depth - 1, state));
  }
}
