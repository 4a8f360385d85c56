package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.Fix;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Occurrences;
import java.util.List;

/** Shuts a local executor down in a finally around the rest of its block. */
final class ShutdownFix {
  /** After these it does not matter, or it matters where the shutdown stands. */
  private static final ImmutableSet<String> OF_THE_END =
      ImmutableSet.of("shutdown", "shutdownNow", "close", "awaitTermination", "awaitQuiescence");

  private ShutdownFix() {}

  /**
   * The fix for the creation at hand; none where it does not initialise a local variable, where
   * that does anything but be given tasks, and for schedules, which a shutdown cuts off.
   */
  static ImmutableList<Fix> around(VisitorState state) {
    TreePath parent = state.getPath().getParentPath();
    if (!(parent.getLeaf() instanceof VariableTree variable)
        || !(parent.getParentPath().getLeaf() instanceof BlockTree block)) {
      return ImmutableList.of();
    }
    VarSymbol executor = ASTHelpers.getSymbol(variable);
    boolean neverChanges = (executor.flags() & (Flags.FINAL | Flags.EFFECTIVELY_FINAL)) != 0;
    List<? extends StatementTree> statements = block.getStatements();
    int next = statements.indexOf(variable) + 1;
    if (!neverChanges
        || next == statements.size()
        || !Occurrences.in(state).of(executor).stream().allMatch(use -> isGivenTask(use, block))) {
      return ImmutableList.of();
    }
    return ImmutableList.of(
        SuggestedFix.builder()
            .prefixWith(statements.get(next), "try {\n")
            .postfixWith(
                statements.get(statements.size() - 1),
                "\n} finally {\n%s.shutdown();\n}".formatted(executor.getSimpleName()))
            .build());
  }

  /** Whether a method is called on the executor, at once, and not one that ends it. */
  private static boolean isGivenTask(TreePath occurrence, BlockTree block) {
    TreePath select = occurrence.getParentPath();
    if (!(select.getLeaf() instanceof MemberSelectTree method)
        || !(select.getParentPath().getLeaf() instanceof MethodInvocationTree)
        || OF_THE_END.contains(method.getIdentifier().toString())
        || method.getIdentifier().toString().startsWith("schedule")) {
      return false;
    }
    for (Tree tree : select) {
      if (tree == block) {
        return true;
      }
      if (tree instanceof LambdaExpressionTree || tree instanceof ClassTree) {
        return false;
      }
    }
    return false;
  }
}
