package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.util.List;
import java.util.function.Predicate;

/** What comes after the state's position in the same method or lambda. */
public final class FollowingCode {
  private FollowingCode() {}

  /** The statements that come later, the nearest first; a finally block is one of them. */
  public static ImmutableList<StatementTree> statements(VisitorState state) {
    ImmutableList.Builder<StatementTree> statements = ImmutableList.builder();
    Tree child = state.getPath().getLeaf();
    for (TreePath path = state.getPath().getParentPath();
        path != null;
        path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof BlockTree block) {
        int next = block.getStatements().indexOf(child) + 1;
        statements.addAll(block.getStatements().subList(next, block.getStatements().size()));
      } else if (tree instanceof TryTree attempt
          && attempt.getFinallyBlock() != null
          && child != attempt.getFinallyBlock()) {
        statements.add(attempt.getFinallyBlock());
      } else if (tree instanceof MethodTree
          || tree instanceof LambdaExpressionTree
          || tree instanceof ClassTree) {
        break;
      }
      child = tree;
    }
    return statements.build();
  }

  /** Whether a call in these trees satisfies the condition. */
  public static boolean hasCall(
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

  /** Whether two calls are on the same object, as far as their text tells. */
  public static boolean onSameReceiver(ExpressionTree call, ExpressionTree other) {
    ExpressionTree receiver = ASTHelpers.getReceiver(call);
    ExpressionTree otherReceiver = ASTHelpers.getReceiver(other);
    return (receiver == null || otherReceiver == null)
        ? receiver == otherReceiver
        : receiver.toString().equals(otherReceiver.toString());
  }
}
