package dev.bowline.checks.lifecycle;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.NewClassTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.flow.Leak;
import dev.bowline.checks.flow.Leaks;
import dev.bowline.checks.model.EntryPoints;
import dev.bowline.checks.model.TestCode;

/** Reports a cancel handle that some path neither closes nor cancels nor hands on. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "A cancel handle is not closed on every path; what hangs on it is never stopped",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "CancelHandleLeaked.md",
    linkType = CUSTOM,
    suppressionAnnotations = SuppressWarnings.class)
public final class CancelHandleLeaked extends BugChecker
    implements MethodInvocationTreeMatcher, NewClassTreeMatcher {
  private final CancelHandle handle;
  private final Leaks leaks;

  /** For {@link java.util.ServiceLoader}. */
  public CancelHandleLeaked() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public CancelHandleLeaked(ErrorProneFlags flags) {
    handle = new CancelHandle(flags);
    leaks = new Leaks(handle);
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    return match(tree, state);
  }

  @Override
  public Description matchNewClass(NewClassTree tree, VisitorState state) {
    return match(tree, state);
  }

  private Description match(ExpressionTree creation, VisitorState state) {
    if (!handle.isCreatedBy(creation, state) || EntryPoints.encloses(state)) {
      return NO_MATCH;
    }
    return leaks
        .at(state)
        .filter(leak -> leak.field() == null || !isSuppressed(leak.field(), state))
        .filter(leak -> !isTimerOfProcess(creation, leak))
        // A test that throws has failed; what it leaves behind is not the news.
        .filter(leak -> leak.end() == null || !leak.end().isFailure() || !TestCode.encloses(state))
        .map(leak -> describe(creation, leak, state))
        .orElse(NO_MATCH);
  }

  /** static final Timer TIMER = new Timer(…, true) lives with the process, and does not keep it. */
  private static boolean isTimerOfProcess(ExpressionTree creation, Leak leak) {
    return leak.kind() == Leak.Kind.FIELD
        && Singletons.holds(leak.field())
        && creation instanceof NewClassTree timer
        && timer.getArguments().stream()
            .anyMatch(
                argument ->
                    argument instanceof LiteralTree literal
                        && Boolean.TRUE.equals(literal.getValue()));
  }

  private Description describe(ExpressionTree creation, Leak leak, VisitorState state) {
    String type = nameOf(ASTHelpers.getType(creation), state);
    String instead =
        type.equals("Timer")
            ? "its thread and its tasks stay for good. Cancel it in a finally."
            : "its timer, its listeners and what waits for it stay for good. Close it in try-with-resources or in a finally.";
    Description.Builder description = buildDescription(creation);
    description.setMessage(
        switch (leak.kind()) {
          case PATH ->
              "This %s is not ended %s: %s".formatted(type, leak.end().words(state), instead);
          case FIELD ->
              "Nothing in this file closes or cancels the %s in '%s': what hangs on it is never stopped. End it where this object ends."
                  .formatted(type, leak.field().getSimpleName());
          case OVERWRITTEN_FIELD ->
              "The %s that '%s' held before is still open, and nothing can reach it any more. End the old one first."
                  .formatted(type, leak.field().getSimpleName());
        });
    if (leak.kind() == Leak.Kind.PATH) {
      TryWithResources.around(state).ifPresent(description::addFix);
    }
    return description.build();
  }

  private static String nameOf(Type type, VisitorState state) {
    Type named = type.tsym.name.isEmpty() ? state.getTypes().supertype(type) : type;
    return named.tsym.getSimpleName().toString();
  }
}
