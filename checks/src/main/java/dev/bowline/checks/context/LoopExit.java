package dev.bowline.checks.context;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import dev.bowline.checks.model.Loops;
import java.util.List;
import java.util.function.Predicate;

/** Whether a loop ends in the turn that reaches some code, which then happens once at most. */
final class LoopExit {
  private LoopExit() {}

  /** Whether a return, throw or break certainly comes after this code in the same turn. */
  static boolean follows(TreePath code, Tree loop) {
    Tree child = code.getLeaf();
    for (TreePath path = code.getParentPath();
        path.getLeaf() != loop;
        child = path.getLeaf(), path = path.getParentPath()) {
      List<? extends StatementTree> statements = statements(path.getLeaf());
      boolean goesOn =
          statements.subList(statements.indexOf(child) + 1, statements.size()).stream()
              .noneMatch(isExit(path, loop));
      if (!goesOn) {
        return !isCaught(path, loop);
      }
    }
    return false;
  }

  private static Predicate<StatementTree> isExit(TreePath path, Tree loop) {
    return next ->
        next instanceof ReturnTree
            || next instanceof ThrowTree
            || (next instanceof BreakTree leave
                && leave.getLabel() == null
                && breakTarget(path) == loop);
  }

  private static List<? extends StatementTree> statements(Tree tree) {
    if (tree instanceof BlockTree block) {
      return block.getStatements();
    }
    return tree instanceof CaseTree each && each.getStatements() != null
        ? each.getStatements()
        : List.of();
  }

  /** What a break without a label leaves here. */
  private static Tree breakTarget(TreePath path) {
    for (Tree tree : path) {
      if (Loops.isLoop(tree) || tree.getKind().name().equals("SWITCH")) {
        return tree;
      }
    }
    return null;
  }

  /** Whether an exception on the way out may be caught inside the loop, which then goes on. */
  private static boolean isCaught(TreePath code, Tree loop) {
    Tree child = code.getLeaf();
    for (Tree tree : code) {
      if (tree == loop) {
        return false;
      }
      Tree from = child;
      if (tree instanceof TryTree attempt
          && attempt.getBlock() == from
          && attempt.getCatches().stream()
              .anyMatch(each -> !endsInExit(each.getBlock().getStatements()))) {
        return true;
      }
      child = tree;
    }
    return false;
  }

  private static boolean endsInExit(List<? extends StatementTree> statements) {
    return !statements.isEmpty()
        && (statements.get(statements.size() - 1) instanceof ReturnTree
            || statements.get(statements.size() - 1) instanceof ThrowTree);
  }
}
