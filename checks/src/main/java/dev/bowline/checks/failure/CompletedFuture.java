package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import dev.bowline.checks.model.InterruptSource;
import java.util.Optional;

/**
 * {@code if (future.isDone()) { try { future.get(); } catch …}}: that one does not wait. Neither
 * does it where code before has left when the future was not done, or after {@code cancel}: that
 * one has completed the future, or found it completed.
 */
final class CompletedFuture {
  private static final ImmutableList<String> ANSWERS_ONCE_DONE =
      ImmutableList.of(".isDone()", ".isCompletedExceptionally()", ".isCancelled()");

  private CompletedFuture() {}

  static boolean isAsked(CatchTree tree, VisitorState state) {
    if (!(state.getPath().getParentPath().getLeaf() instanceof TryTree attempt)) {
      return false;
    }
    Optional<InterruptSource> source = InterruptSource.inBodyOf(attempt, state);
    if (source.isEmpty() || !(source.get().tree() instanceof MethodInvocationTree get)) {
      return false;
    }
    if (!source.get().name().equals("get")) {
      // It declares the exception for the sake of its siblings.
      return source.get().name().equals("getNow");
    }
    ExpressionTree future = ASTHelpers.getReceiver(get);
    if (future == null) {
      return false;
    }
    TreePath code = state.getPath();
    return isCancelled(future.toString(), code)
        || isLeftUnlessDone(future + ".isDone()", attempt, get, code)
        || ANSWERS_ONCE_DONE.stream().anyMatch(answer -> isInBranchOf(future + answer, code));
  }

  /** Either branch of {@code if (future.cancel(…))}. */
  private static boolean isCancelled(String future, TreePath code) {
    Tree child = code.getLeaf();
    for (TreePath path = code.getParentPath();
        path != null && !(path.getLeaf() instanceof MethodTree);
        path = path.getParentPath()) {
      if (path.getLeaf() instanceof IfTree branch
          && child != branch.getCondition()
          && isCall(withoutNot(branch.getCondition()), future)) {
        return true;
      }
      child = path.getLeaf();
    }
    return false;
  }

  private static ExpressionTree withoutNot(ExpressionTree condition) {
    ExpressionTree tree = condition;
    while (true) {
      if (tree instanceof ParenthesizedTree inner) {
        tree = inner.getExpression();
      } else if (tree instanceof UnaryTree not) {
        tree = not.getExpression();
      } else {
        return tree;
      }
    }
  }

  private static boolean isCall(ExpressionTree tree, String future) {
    return tree instanceof MethodInvocationTree call
        && call.getMethodSelect().toString().equals(future + ".cancel");
  }

  /** {@code if (!future.isDone()) return …;} before it, in the same block or one around it. */
  private static boolean isLeftUnlessDone(
      String condition, TryTree attempt, Tree get, TreePath code) {
    if (leavesUnless(condition, attempt.getBlock(), get)) {
      return true;
    }
    for (TreePath path = code.getParentPath();
        path != null && !(path.getLeaf() instanceof MethodTree);
        path = path.getParentPath()) {
      if (path.getLeaf() instanceof BlockTree block && leavesUnless(condition, block, get)) {
        return true;
      }
    }
    return false;
  }

  private static boolean leavesUnless(String condition, BlockTree block, Tree get) {
    for (StatementTree each : block.getStatements()) {
      if (ASTHelpers.getStartPosition(each) >= ASTHelpers.getStartPosition(get)) {
        return false;
      }
      if (each instanceof IfTree branch
          && EndOfTask.leaves(branch.getThenStatement())
          && isOneOf(branch.getCondition(), "!" + condition)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the text is the whole condition, or one of those of which any will do. */
  private static boolean isOneOf(ExpressionTree condition, String text) {
    if (condition instanceof ParenthesizedTree inner) {
      return isOneOf(inner.getExpression(), text);
    }
    if (condition instanceof BinaryTree either && either.getKind() == Tree.Kind.CONDITIONAL_OR) {
      return isOneOf(either.getLeftOperand(), text) || isOneOf(either.getRightOperand(), text);
    }
    return condition.toString().equals(text);
  }

  private static boolean isInBranchOf(String condition, TreePath code) {
    Tree child = code.getLeaf();
    for (TreePath path = code.getParentPath();
        path != null && !(path.getLeaf() instanceof MethodTree);
        path = path.getParentPath()) {
      if (path.getLeaf() instanceof IfTree branch) {
        String text = branch.getCondition().toString();
        boolean negated = text.contains("!" + condition);
        if (text.contains(condition)
            && child == (negated ? branch.getElseStatement() : branch.getThenStatement())) {
          return true;
        }
      }
      child = path.getLeaf();
    }
    return false;
  }
}
