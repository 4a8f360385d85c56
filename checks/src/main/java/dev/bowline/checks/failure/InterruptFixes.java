package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.fixes.SuggestedFixes;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.bowline.checks.model.InterruptSource;

/** What to write where a catch takes an interrupt: the best first. */
final class InterruptFixes {
  private InterruptFixes() {}

  /**
   * @param guarded whether the exception may be another one than an interrupt
   * @param loops whether a loop goes on after the catch: with the flag set, its next wait would end
   *     at once, and so on without a pause
   */
  static ImmutableList<SuggestedFix> fixes(
      CatchTree tree, boolean guarded, boolean loops, VisitorState state) {
    ImmutableList.Builder<SuggestedFix> fixes = ImmutableList.builder();
    if (!loops) {
      fixes.add(restore(tree, guarded, state));
    }
    if (!guarded && EndOfTask.exit(tree) == EndOfTask.Exit.METHOD && mayThrow(state)) {
      fixes.add(
          SuggestedFix.replace(
              tree.getBlock(), "{\nthrow %s;\n}".formatted(tree.getParameter().getName())));
    }
    return fixes.build();
  }

  private static SuggestedFix restore(CatchTree tree, boolean guarded, VisitorState state) {
    SuggestedFix.Builder fix = SuggestedFix.builder();
    String thread = SuggestedFixes.qualifyType(state, fix, "java.lang.Thread");
    String restore = thread + ".currentThread().interrupt();";
    if (guarded) {
      restore =
          "if (%s instanceof %s) {\n%s\n}"
              .formatted(
                  tree.getParameter().getName(),
                  SuggestedFixes.qualifyType(state, fix, "java.lang.InterruptedException"),
                  restore);
    }
    BlockTree block = tree.getBlock();
    if (block.getStatements().isEmpty()) {
      // Keeps the comment, if there is one.
      String source = state.getSourceForNode(block);
      return fix.replace(block, "{\n" + restore + source.substring(1)).build();
    }
    return fix.prefixWith(block.getStatements().get(0), restore + "\n").build();
  }

  private static boolean mayThrow(VisitorState state) {
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof MethodTree method) {
        return method.getThrows().stream()
            .anyMatch(each -> InterruptSource.isAtOrAbove(ASTHelpers.getType(each), state));
      }
      if (tree instanceof LambdaExpressionTree || tree instanceof ClassTree) {
        return false;
      }
    }
    return false;
  }
}
