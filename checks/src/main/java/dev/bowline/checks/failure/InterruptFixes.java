package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
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
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.model.InterruptSource;
import dev.bowline.checks.model.MethodUses;
import java.util.Optional;

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
    if (!guarded && EndOfTask.exit(tree) == EndOfTask.Exit.METHOD) {
      rethrow(tree, state).ifPresent(fixes::add);
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

  /** Lets the exception out, where its method may throw it, or all its callers allow that. */
  private static Optional<SuggestedFix> rethrow(CatchTree tree, VisitorState state) {
    TreePath method = methodLeftBy(state.getPath().getParentPath(), state);
    if (method == null) {
      return Optional.empty();
    }
    SuggestedFix.Builder fix =
        SuggestedFix.builder()
            .replace(tree.getBlock(), "{\nthrow %s;\n}".formatted(tree.getParameter().getName()));
    MethodTree declaration = (MethodTree) method.getLeaf();
    if (!declares(declaration, state)) {
      if (!allCallersAllowIt(declaration, state)) {
        return Optional.empty();
      }
      String name = SuggestedFixes.qualifyType(state, fix, "java.lang.InterruptedException");
      if (declaration.getThrows().isEmpty()) {
        fix.prefixWith(declaration.getBody(), "throws " + name + " ");
      } else {
        fix.postfixWith(Iterables.getLast(declaration.getThrows()), ", " + name);
      }
    }
    return Optional.of(fix.build());
  }

  private static boolean allCallersAllowIt(MethodTree declaration, VisitorState state) {
    MethodSymbol method = ASTHelpers.getSymbol(declaration);
    if (method == null || !method.isPrivate() || method.isConstructor()) {
      return false;
    }
    MethodUses uses = MethodUses.in(state.getPath().getCompilationUnit(), method);
    return !uses.isReferenced()
        && uses.calls().stream()
            .allMatch(
                call -> {
                  TreePath caller = methodLeftBy(call, state);
                  return caller != null && declares((MethodTree) caller.getLeaf(), state);
                });
  }

  /** The method that an interrupt leaves from there; null where it does not get that far. */
  private static TreePath methodLeftBy(TreePath from, VisitorState state) {
    Tree child = from.getLeaf();
    for (TreePath path = from.getParentPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof MethodTree) {
        return path;
      }
      if (tree instanceof LambdaExpressionTree
          || tree instanceof ClassTree
          || (tree instanceof TryTree attempt && isCaughtBy(attempt, child, state))) {
        return null;
      }
      child = tree;
    }
    return null;
  }

  private static boolean isCaughtBy(TryTree attempt, Tree part, VisitorState state) {
    return (part == attempt.getBlock() || attempt.getResources().contains(part))
        && attempt.getCatches().stream()
            .anyMatch(each -> InterruptSource.isCaughtBy(each.getParameter().getType(), state));
  }

  private static boolean declares(MethodTree method, VisitorState state) {
    return method.getThrows().stream()
        .anyMatch(each -> InterruptSource.isAtOrAbove(ASTHelpers.getType(each), state));
  }
}
