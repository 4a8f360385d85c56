package dev.bowline.checks.failure;

import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.bowline.checks.model.Assertions;
import dev.bowline.checks.model.EnclosingTask;
import dev.bowline.checks.model.RunSites;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the failure of an assertion in a task gets lost on its way to the test. */
final class LostFailures {
  private final LaterSignals signals;

  LostFailures(Assertions assertions, RunSites sites, ErrorProneFlags flags) {
    signals = new LaterSignals(assertions, sites, flags);
  }

  /**
   * What a method does only after an assertion in it has held; empty where the method catches the
   * failure.
   */
  Optional<List<Tree>> escapesFrom(Tree method, TreePath assertion, VisitorState state) {
    WayOut way = WayOut.of(assertion, method, state);
    return way.isHandled() || way.swallower().isPresent()
        ? Optional.empty()
        : Optional.of(way.skipped());
  }

  /**
   * The failure at this place in a task, where nobody in the test hears of it.
   *
   * @param alreadySkipped what a failure skips before it gets to this place
   */
  Optional<LostFailure> find(
      TreePath code, EnclosingTask task, List<Tree> alreadySkipped, VisitorState state) {
    WayOut way = WayOut.of(code, task.body().getLeaf(), state);
    if (way.isHandled()) {
      return Optional.empty();
    }
    TaskOutcome outcome = TaskOutcome.of(task, state);
    List<Tree> skipped = new ArrayList<>(alreadySkipped);
    skipped.addAll(way.skipped());
    if (way.swallower().isEmpty()) {
      if (outcome.isHeard()) {
        return Optional.empty();
      }
      skipped.addAll(outcome.skipped());
    }
    if (signals.reachTest(skipped, task, state)) {
      return Optional.empty();
    }
    return Optional.of(
        way.swallower()
            .map(
                caught ->
                    new LostFailure(
                        "the catch of '%s' keeps its failure from the test."
                            .formatted(caught.getParameter().getName()),
                        "Store '%s' there, and rethrow it in the test."
                            .formatted(caught.getParameter().getName())))
            .orElseGet(
                () ->
                    new LostFailure(
                        "its failure ends the task, and the test does not notice.",
                        remedy(task.handOver().getLeaf()))));
  }

  private static String remedy(Tree handOver) {
    if (!(handOver instanceof MethodInvocationTree call)) {
      return "Store the Throwable and rethrow it in the test, or start the task with"
          + " CompletableFuture.runAsync and join() that in the test.";
    }
    String name = ASTHelpers.getSymbol(call).getSimpleName().toString();
    ExpressionTree receiver = ASTHelpers.getReceiver(call);
    String called = receiver == null ? name : "%s.%s".formatted(shortened(receiver), name);
    if (TaskOutcome.givesFuture(call) && !name.startsWith("schedule")) {
      return "Keep the future that '%s' returns, and get() it in the test.".formatted(called);
    }
    return name.equals("execute")
        ? "Use CompletableFuture.runAsync instead of '%s', and join() it in the test."
            .formatted(called)
        : "Store the Throwable, and rethrow it in the test.";
  }

  private static String shortened(ExpressionTree receiver) {
    String text = receiver.toString();
    return text.length() > 30 || text.contains("\n") ? "…" : text;
  }
}
