package dev.bowline.checks.model;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which calls come after the state's position in the same method or lambda, finally included. */
public final class FollowingCalls {
  private FollowingCalls() {}

  /** Whether a call that comes later in the same body satisfies the condition. */
  public static boolean any(VisitorState state, Predicate<MethodInvocationTree> condition) {
    Tree child = state.getPath().getLeaf();
    for (TreePath path = state.getPath().getParentPath();
        path != null;
        path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof BlockTree block) {
        int next = block.getStatements().indexOf(child) + 1;
        if (next > 0
            && contains(
                block.getStatements().subList(next, block.getStatements().size()), condition)) {
          return true;
        }
      } else if (tree instanceof TryTree attempt
          && attempt.getFinallyBlock() != null
          && child != attempt.getFinallyBlock()
          && contains(List.of(attempt.getFinallyBlock()), condition)) {
        return true;
      } else if (tree instanceof MethodTree
          || tree instanceof LambdaExpressionTree
          || tree instanceof ClassTree) {
        return false;
      }
      child = tree;
    }
    return false;
  }

  /** The call that is the very next statement. */
  public static Optional<MethodInvocationTree> next(VisitorState state) {
    TreePath statement = state.getPath().getParentPath();
    if (statement.getLeaf() instanceof ExpressionStatementTree
        && statement.getParentPath().getLeaf() instanceof BlockTree block) {
      int next = block.getStatements().indexOf(statement.getLeaf()) + 1;
      if (next < block.getStatements().size()
          && block.getStatements().get(next) instanceof ExpressionStatementTree following
          && following.getExpression() instanceof MethodInvocationTree call) {
        return Optional.of(call);
      }
    }
    return Optional.empty();
  }

  /** Whether two calls are on the same object, as far as their text tells. */
  public static boolean onSameReceiver(ExpressionTree call, ExpressionTree other) {
    ExpressionTree receiver = ASTHelpers.getReceiver(call);
    ExpressionTree otherReceiver = ASTHelpers.getReceiver(other);
    return receiver == null || otherReceiver == null
        ? receiver == otherReceiver
        : receiver.toString().equals(otherReceiver.toString());
  }

  private static boolean contains(
      List<? extends Tree> trees, Predicate<MethodInvocationTree> condition) {
    boolean[] found = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        found[0] |= condition.test(call);
        return super.visitMethodInvocation(call, null);
      }
    }.scan(trees, null);
    return found[0];
  }
}
