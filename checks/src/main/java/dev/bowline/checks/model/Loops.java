package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;

/** What goes round. */
public final class Loops {
  private Loops() {}

  /** Whether this is a loop, of any of Java's four kinds. */
  public static boolean isLoop(Tree tree) {
    return tree instanceof WhileLoopTree
        || tree instanceof DoWhileLoopTree
        || tree instanceof ForLoopTree
        || tree instanceof EnhancedForLoopTree;
  }

  /** What a loop repeats, its condition apart. */
  public static StatementTree body(Tree loop) {
    if (loop instanceof WhileLoopTree tree) {
      return tree.getStatement();
    }
    if (loop instanceof DoWhileLoopTree tree) {
      return tree.getStatement();
    }
    return loop instanceof ForLoopTree tree
        ? tree.getStatement()
        : ((EnhancedForLoopTree) loop).getStatement();
  }

  /** Paths to the loops around this in the same method or lambda, the innermost first. */
  public static ImmutableList<TreePath> around(TreePath path) {
    ImmutableList.Builder<TreePath> loops = ImmutableList.builder();
    for (TreePath each = path; each != null; each = each.getParentPath()) {
      Tree tree = each.getLeaf();
      if (isLoop(tree)) {
        loops.add(each);
      } else if (tree instanceof MethodTree
          || tree instanceof LambdaExpressionTree
          || tree instanceof ClassTree) {
        break;
      }
    }
    return loops.build();
  }
}
