package dev.bowline.checks.failure;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import dev.bowline.checks.model.InterruptSource;
import java.util.Optional;

/** {@code if (future.isDone()) { try { future.get(); } catch …}}: that one does not wait. */
final class CompletedFuture {
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
    return future != null && isInBranchOf(future + ".isDone()", state.getPath());
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
