package dev.bowline.checks.failure;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.TestCode;
import java.util.Optional;

/** Reports a wait for a task that gives up at its deadline, and leaves the task running. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "The wait for this task gives up, and the task goes on; cancel its future",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "FutureWaitAbandoned.md",
    linkType = CUSTOM)
public final class FutureWaitAbandoned extends BugChecker implements MethodInvocationTreeMatcher {
  private static final MethodTable TIMED_GETS =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.Future#get",
              "com.google.common.util.concurrent.Uninterruptibles#getUninterruptibly"));

  @Override
  public Description matchMethodInvocation(MethodInvocationTree get, VisitorState state) {
    if (get.getArguments().size() < 2 || !TIMED_GETS.contains(ASTHelpers.getSymbol(get), state)) {
      return NO_MATCH;
    }
    ExpressionTree future =
        get.getArguments().size() == 2 ? ASTHelpers.getReceiver(get) : get.getArguments().get(0);
    Optional<AwaitedTask> awaited =
        AwaitedTask.of(future, state).filter(each -> !TestCode.encloses(state));
    if (awaited.isEmpty()) {
      return NO_MATCH;
    }
    AwaitedTask task = awaited.get();
    GivenUp end = GivenUp.of(state);
    for (GivenUp.Catch each : end.catches()) {
      if (!task.mayEndIn(each)) {
        return describe(each.clause().getParameter(), task, each.words(), each, state);
      }
    }
    return end.leavesMethod() && !task.mayEndIn(null)
        ? describe(get, task, "When the time is up", null, state)
        : NO_MATCH;
  }

  private Description describe(
      Tree at, AwaitedTask task, String when, GivenUp.Catch clause, VisitorState state) {
    Description.Builder description = buildDescription(at);
    String instead;
    if (task.variable() == null) {
      instead = "Keep the future in a variable, and call cancel(true) on it.";
    } else if (clause == null) {
      instead =
          "Catch the exception, call %s.cancel(true), and throw it again."
              .formatted(task.variable().getSimpleName());
    } else {
      String cancel = task.variable().getSimpleName() + ".cancel(true)";
      instead = "Call %s in this catch block.".formatted(cancel);
      if (task.isSetBefore(clause)) {
        description.addFix(
            SuggestedFix.replace(
                ASTHelpers.getStartPosition(clause.clause().getBlock()),
                ASTHelpers.getStartPosition(clause.clause().getBlock()) + 1,
                "{\n" + cancel + ";"));
      }
    }
    if (TaskFutures.isCompletable(ASTHelpers.getType(task.start()), state)) {
      instead +=
          " On a CompletableFuture that only keeps a task from starting: submit one that has to"
              + " stop to an ExecutorService.";
    }
    return description
        .setMessage(
            "%s, this method goes on without the task that '%s' has started, and nobody stops the task: it keeps its thread until it ends by itself, if it ever does. %s"
                .formatted(when, TaskFutures.name(task.start()), instead))
        .build();
  }
}
