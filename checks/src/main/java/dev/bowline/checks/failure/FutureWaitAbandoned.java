package dev.bowline.checks.failure;

import static com.google.common.collect.ImmutableList.toImmutableList;
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
import com.sun.source.tree.BlockTree;
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
    ImmutableList<GivenUp.Catch> goOn =
        end.catches().stream().filter(each -> !task.mayEndIn(each)).collect(toImmutableList());
    if (!goOn.isEmpty()) {
      return describe(goOn.get(0).clause().getParameter(), goOn.get(0).words(), task, goOn, state);
    }
    return end.leavesMethod() && !task.mayEndIn(null)
        ? describe(get, "When the time is up", task, goOn, state)
        : NO_MATCH;
  }

  private Description describe(
      Tree at,
      String when,
      AwaitedTask task,
      ImmutableList<GivenUp.Catch> clauses,
      VisitorState state) {
    SuggestedFix.Builder fix = SuggestedFix.builder();
    String instead;
    if (task.variable() == null) {
      instead = "Keep the future in a variable, and call cancel(true) on it.";
    } else {
      String cancel = task.variable().getSimpleName() + ".cancel(true)";
      instead =
          clauses.isEmpty()
              ? "Catch the exception, call %s, and throw it again.".formatted(cancel)
              : "Call %s in this catch block.".formatted(cancel);
      if (clauses.stream().allMatch(task::isSetBefore)) {
        clauses.forEach(each -> addFirst(cancel, each.clause().getBlock(), fix));
      }
    }
    if (TaskFutures.isCompletable(ASTHelpers.getType(task.start()), state)) {
      instead +=
          " On a CompletableFuture that only keeps a task from starting: submit one that has to"
              + " stop to an ExecutorService.";
    }
    return buildDescription(at)
        .setMessage(
            "%s, this method goes on without the task that '%s' has started, and nobody stops the task: it keeps its thread until it ends by itself, if it ever does. %s"
                .formatted(when, TaskFutures.name(task.start()), instead))
        .addFix(fix.build())
        .build();
  }

  private static void addFirst(String call, BlockTree block, SuggestedFix.Builder fix) {
    if (block.getStatements().isEmpty()) {
      int start = ASTHelpers.getStartPosition(block);
      fix.replace(start, start + 1, "{\n" + call + ";\n");
    } else {
      fix.prefixWith(block.getStatements().get(0), call + ";\n");
    }
  }
}
