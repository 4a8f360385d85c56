package dev.bowline.checks.lifecycle;

import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.fixes.SuggestedFixes;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import java.util.Optional;

/** What to write for a shutdown that has no deadline, where it is a statement of its own. */
final class ShutdownFixes {
  private ShutdownFixes() {}

  /** The two phases: let the tasks end, and interrupt those that have not when the time is up. */
  static Optional<SuggestedFix> waitAfterShutdown(ExpressionTree call, VisitorState state) {
    StatementTree statement = statement(state);
    ExpressionTree executor = ASTHelpers.getReceiver(call);
    if (statement == null || !isPlain(executor)) {
      return Optional.empty();
    }
    SuggestedFix.Builder fix = SuggestedFix.builder();
    String name = state.getSourceForNode(executor);
    String exception = usesName("e", state) ? "interrupted" : "e";
    return Optional.of(
        fix.replace(
                statement,
                """
                %1$s.shutdown();
                try {
                  if (!%1$s.awaitTermination(30, %2$s.SECONDS)) {
                    %1$s.shutdownNow();
                  }
                } catch (InterruptedException %3$s) {
                  %1$s.shutdownNow();
                  Thread.currentThread().interrupt();
                }"""
                    .formatted(name, timeUnit(fix, state), exception))
            .build());
  }

  /** The same wait, for 30 seconds. */
  static Optional<SuggestedFix> boundedWait(
      ExpressionTree tree, MethodSymbol method, VisitorState state) {
    StatementTree statement = statement(state);
    if (statement == null || !(tree instanceof MethodInvocationTree call)) {
      return Optional.empty();
    }
    SuggestedFix.Builder fix = SuggestedFix.builder();
    ExpressionTree receiver = ASTHelpers.getReceiver(call);
    return switch (method.getSimpleName().toString()) {
      case "close" -> waitAfterShutdown(call, state);
      case "join" ->
          Optional.of(
              fix.replace(
                      call,
                      "%s(%s.SECONDS.toMillis(30))"
                          .formatted(
                              state.getSourceForNode(call.getMethodSelect()), timeUnit(fix, state)))
                  .build());
      case "awaitTermination" ->
          isPlain(receiver)
              ? Optional.of(
                  fix.replace(
                          statement,
                          """
                          if (!%1$s.awaitTermination(30, %2$s.SECONDS)) {
                            %1$s.shutdownNow();
                          }"""
                              .formatted(state.getSourceForNode(receiver), timeUnit(fix, state)))
                      .build())
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static String timeUnit(SuggestedFix.Builder fix, VisitorState state) {
    return SuggestedFixes.qualifyType(state, fix, "java.util.concurrent.TimeUnit");
  }

  /** The call at hand as a statement in a block, if it is one; only there several fit. */
  private static StatementTree statement(VisitorState state) {
    TreePath parent = state.getPath().getParentPath();
    return parent.getLeaf() instanceof ExpressionStatementTree statement
            && parent.getParentPath().getLeaf() instanceof BlockTree
        ? statement
        : null;
  }

  private static boolean isPlain(ExpressionTree executor) {
    return executor instanceof IdentifierTree
        || (executor instanceof MemberSelectTree field && isPlain(field.getExpression()));
  }

  private static boolean usesName(String name, VisitorState state) {
    boolean[] used = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree variable, Void unused) {
        used[0] |= variable.getName().contentEquals(name);
        return super.visitVariable(variable, null);
      }
    }.scan(state.getPath().getCompilationUnit(), null);
    return used[0];
  }
}
