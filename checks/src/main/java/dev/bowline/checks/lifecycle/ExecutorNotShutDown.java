package dev.bowline.checks.lifecycle;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.NewClassTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.annotations.Detached;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.flow.Leak;
import dev.bowline.checks.flow.Leaks;
import dev.bowline.checks.model.DaemonThreads;
import dev.bowline.checks.model.EntryPoints;
import dev.bowline.checks.model.Intent;
import dev.bowline.checks.model.TestCode;

/** Reports an executor that nobody shuts down. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Nobody shuts this executor down on every path; its threads stay for good",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "ExecutorNotShutDown.md",
    linkType = CUSTOM,
    suppressionAnnotations = {SuppressWarnings.class, Detached.class})
public final class ExecutorNotShutDown extends BugChecker
    implements MethodInvocationTreeMatcher, NewClassTreeMatcher {
  private final RunningExecutor executor = new RunningExecutor();
  private final Leaks leaks = new Leaks(executor);

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    return match(tree, state);
  }

  @Override
  public Description matchNewClass(NewClassTree tree, VisitorState state) {
    return match(tree, state);
  }

  private Description match(ExpressionTree creation, VisitorState state) {
    if (!executor.isCreatedBy(creation, state)
        || TestCode.encloses(state)
        || EntryPoints.encloses(state)
        || Intent.isStatedOnPackage(Detached.class, state)) {
      return NO_MATCH;
    }
    return leaks
        .at(state)
        .filter(leak -> !isMeantToStay(leak, creation, state))
        .map(leak -> describe(creation, leak, state))
        .orElse(NO_MATCH);
  }

  private boolean isMeantToStay(Leak leak, ExpressionTree creation, VisitorState state) {
    VarSymbol field = leak.field();
    return field != null
        && (isSuppressed(field, state)
            || (leak.kind() == Leak.Kind.FIELD
                && Singletons.holds(field)
                && DaemonThreads.maybeIn(creation, state)));
  }

  private Description describe(ExpressionTree creation, Leak leak, VisitorState state) {
    return buildDescription(creation)
        .setMessage(
            switch (leak.kind()) {
              case PATH ->
                  "This executor is not shut down %s: its threads stay, and so do the tasks in its queue. Shut it down in a finally and wait with a bound, or close it in try-with-resources, which waits for its tasks."
                      .formatted(leak.end().words(state));
              case FIELD ->
                  "Nothing in this file shuts down the executor in '%s': its threads outlive the object that made it. Shut it down where this object ends, or say why it stays with @Detached(reason = \"…\")."
                      .formatted(leak.field().getSimpleName());
              case OVERWRITTEN_FIELD ->
                  "The executor that '%s' held before still runs, and nothing can reach it any more. Shut the old one down first."
                      .formatted(leak.field().getSimpleName());
            })
        .addAllFixes(ShutdownFix.around(state))
        .build();
  }
}
