package dev.bowline.checks.failure;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MemberReferenceTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.matchers.UnusedReturnValueMatcher;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.FollowingCalls;
import dev.bowline.checks.model.RecheckingLoop;
import dev.bowline.checks.model.TestCode;
import dev.bowline.checks.model.TimedWaits;

/** Reports a timed wait, or an attempt to acquire, whose outcome nobody looks at. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "The outcome of this wait is dropped, so a timeout goes unnoticed; check it",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "TimedWaitIgnored.md",
    linkType = CUSTOM)
public final class TimedWaitIgnored extends BugChecker
    implements MethodInvocationTreeMatcher, MemberReferenceTreeMatcher {
  private static final long serialVersionUID = 1L;

  private static final UnusedReturnValueMatcher DROPPED = UnusedReturnValueMatcher.get(true);

  /** What a later call on the same object must be for it to look at the outcome after all. */
  private static final ImmutableSetMultimap<String, String> LOOKED_AT_BY =
      ImmutableSetMultimap.<String, String>builder()
          .putAll("await", "getCount", "isDone", "isSuccess", "cause", "getNow")
          .putAll("awaitUninterruptibly", "getCount", "isDone", "isSuccess", "cause", "getNow")
          .putAll("awaitTermination", "shutdownNow", "isTerminated", "awaitTermination")
          .putAll("awaitQuiescence", "isQuiescent", "shutdownNow")
          .putAll("blockUntilConnected", "getZookeeperClient")
          .putAll("join", "isAlive")
          .putAll("waitFor", "exitValue", "isAlive", "destroy", "destroyForcibly")
          .putAll("tryLock", "isHeldByCurrentThread", "getHoldCount")
          .build();

  private final TimedWaits waits;
  private final TimedWaitFixes fixes;

  /** For {@link java.util.ServiceLoader}. */
  public TimedWaitIgnored() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public TimedWaitIgnored(ErrorProneFlags flags) {
    waits = new TimedWaits(flags);
    fixes = new TimedWaitFixes(flags);
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    return match(tree, ASTHelpers.getSymbol(tree), state);
  }

  @Override
  public Description matchMemberReference(MemberReferenceTree tree, VisitorState state) {
    return match(tree, ASTHelpers.getSymbol(tree), state);
  }

  private Description match(ExpressionTree tree, MethodSymbol method, VisitorState state) {
    boolean wait = waits.isWait(method, state);
    boolean offer = !wait && waits.isOffer(method, state);
    if (!wait && !offer && !waits.isAcquisition(method, state)
        || !DROPPED.matches(tree, state)
        || isReportedByErrorProne(method)
        || wait && RecheckingLoop.encloses(state)
        || isDisguisedSleep(tree)
        || isFollowedByFail(state)
        || isLookedAtLater(tree, method, state)) {
      return Description.NO_MATCH;
    }
    String outcome =
        wait
            ? "what comes next runs as if it had happened"
            : offer ? "the element is lost" : "what comes next runs without what it guards";
    boolean test = TestCode.encloses(state);
    Description.Builder description =
        buildDescription(tree)
            .setMessage(
                "When the time is up, '%s' merely says so by its result, which is dropped here: %s. %s"
                    .formatted(
                        method.getSimpleName(),
                        outcome,
                        test
                            ? "Assert it, as in assertTrue(…), so that the test fails where it should."
                            : "Check it, and stop, throw or report when it failed."));
    if (tree instanceof MethodInvocationTree call) {
      fixes.fix(call, state).ifPresent(description::addFix);
    }
    if (test && isSeverityOurs(state)) {
      description.overrideSeverity(ERROR);
    }
    return description.build();
  }

  /** A severity that the user has set counts for test code too. */
  private boolean isSeverityOurs(VisitorState state) {
    return !state.errorProneOptions().getSeverityMap().containsKey(canonicalName())
        && !state.errorProneOptions().isDropErrorsToWarnings();
  }

  /** Error Prone's {@code CheckReturnValue} goes by the nearest annotation. */
  private static boolean isReportedByErrorProne(MethodSymbol method) {
    for (Symbol each = method; each != null; each = each.owner) {
      for (var annotation : each.getRawAttributes()) {
        String name = annotation.type.tsym.getSimpleName().toString();
        if (name.equals("CanIgnoreReturnValue")) {
          return false;
        }
        if (name.equals("CheckReturnValue")) {
          return true;
        }
      }
    }
    return false;
  }

  /** Nobody can count down a latch that only this expression knows. */
  private static boolean isDisguisedSleep(ExpressionTree tree) {
    return ASTHelpers.getReceiver(tree) instanceof NewClassTree;
  }

  /** {@code try { latch.await(1, SECONDS); fail(); } catch (InterruptedException expected) {}}. */
  private static boolean isFollowedByFail(VisitorState state) {
    return FollowingCalls.next(state)
        .filter(call -> ASTHelpers.getSymbol(call).getSimpleName().contentEquals("fail"))
        .isPresent();
  }

  private static boolean isLookedAtLater(
      ExpressionTree tree, MethodSymbol method, VisitorState state) {
    ImmutableSet<String> looks = LOOKED_AT_BY.get(method.getSimpleName().toString());
    return !looks.isEmpty()
        && FollowingCalls.any(
            state,
            call ->
                looks.contains(ASTHelpers.getSymbol(call).getSimpleName().toString())
                    && FollowingCalls.onSameReceiver(tree, call));
  }
}
