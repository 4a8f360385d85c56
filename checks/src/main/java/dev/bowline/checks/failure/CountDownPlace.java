package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Occurrences;
import java.util.List;
import java.util.Optional;

/**
 * Where in its task a count-down stands that every turn of the task comes to, unless it throws.
 *
 * @param task the lambda or the method that the task runs
 * @param before the code that must end normally for the count-down to happen
 * @param after what is left to do then
 */
record CountDownPlace(
    TreePath task, ImmutableList<TreePath> before, ImmutableList<TreePath> after) {

  /**
   * Finds the place of a call. Empty where it is in a finally or catch block, and where it depends
   * on a condition or is repeated: there it tells of progress, not of the end.
   */
  static Optional<CountDownPlace> of(TreePath call, TreePath task) {
    if (!(call.getParentPath().getLeaf() instanceof ExpressionStatementTree)) {
      return Optional.empty();
    }
    ImmutableList.Builder<TreePath> before = ImmutableList.builder();
    ImmutableList.Builder<TreePath> after = ImmutableList.builder();
    TreePath child = call.getParentPath();
    for (TreePath path = child.getParentPath();
        path.getLeaf() != task.getLeaf();
        path = path.getParentPath()) {
      if (path.getLeaf() instanceof BlockTree block) {
        int index = block.getStatements().indexOf(child.getLeaf());
        before.addAll(paths(path, block.getStatements().subList(0, index)));
        after.addAll(
            paths(path, block.getStatements().subList(index + 1, block.getStatements().size())));
      } else if (path.getLeaf() instanceof TryTree attempt
          && attempt.getBlock() == child.getLeaf()) {
        before.addAll(paths(path, attempt.getResources()));
      } else if (!(path.getLeaf() instanceof SynchronizedTree)) {
        return Optional.empty();
      }
      child = path;
    }
    return Optional.of(new CountDownPlace(task, before.build(), after.build()));
  }

  private static List<TreePath> paths(TreePath parent, List<? extends Tree> children) {
    return children.stream().map(child -> new TreePath(parent, child)).toList();
  }

  /** Whether the task counts the latch down in a catch or finally block too. */
  boolean countsDownInHandler(VarSymbol latch, VisitorState state) {
    return Occurrences.in(state).of(latch).stream()
        .filter(use -> isCountDown(use, state))
        .anyMatch(this::isInHandlerOfTask);
  }

  private static boolean isCountDown(TreePath use, VisitorState state) {
    return use.getParentPath().getParentPath().getLeaf() instanceof MethodInvocationTree call
        && ASTHelpers.getReceiver(call) == use.getLeaf()
        && CountDownNotInFinally.COUNTS_DOWN.contains(ASTHelpers.getSymbol(call), state);
  }

  private boolean isInHandlerOfTask(TreePath use) {
    boolean inHandler = false;
    Tree child = use.getLeaf();
    for (Tree tree : use) {
      if (tree == task.getLeaf()) {
        return inHandler;
      }
      inHandler |=
          tree instanceof CatchTree
              || (tree instanceof TryTree attempt && attempt.getFinallyBlock() == child);
      child = tree;
    }
    return false;
  }
}
