package dev.bowline.checks.failure;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MemberReferenceTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.DroppedResult;
import dev.bowline.checks.model.RecheckingLoop;
import dev.bowline.checks.model.RunSites;
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
  private final TimedWaits waits;
  private final RunSites sites;

  /** For {@link java.util.ServiceLoader}. */
  public TimedWaitIgnored() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public TimedWaitIgnored(ErrorProneFlags flags) {
    waits = new TimedWaits(flags);
    sites = new RunSites(flags);
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    return match(tree, ASTHelpers.getSymbol(tree), state);
  }

  @Override
  public Description matchMemberReference(MemberReferenceTree tree, VisitorState state) {
    return match(tree, ASTHelpers.getSymbol(tree), state);
  }

  // Error Prone warns that this beats the user's own severity: isSeverityOurs asks for that first.
  @SuppressWarnings("RestrictedApi")
  private Description match(ExpressionTree tree, MethodSymbol method, VisitorState state) {
    if (!DroppedResult.is(tree, state)) {
      return Description.NO_MATCH;
    }
    boolean wait = waits.isWait(method, state);
    boolean offer = !wait && waits.isOffer(method, state);
    if ((!wait && !offer && !waits.isAcquisition(method, state))
        || DroppedResult.hasToBeUsed(method).orElse(false)
        || (wait && RecheckingLoop.encloses(state))
        || TimedWaitOutcome.doesNotMatter(tree, method, state)
        || TimedWaitOutcome.isLookedAtLater(tree, method, state)) {
      return Description.NO_MATCH;
    }
    String outcome =
        wait
            ? "what comes next runs as if it had happened"
            : offer ? "the element is lost" : "what comes next runs without what it guards";
    boolean testThread = TestCode.encloses(state) && sites.runsOnMethodsThread(state);
    Description.Builder description =
        buildDescription(tree)
            .setMessage(
                "When the time is up, '%s' merely says so by its result, which is dropped here: %s. %s"
                    .formatted(
                        method.getSimpleName(),
                        outcome,
                        testThread
                            ? "Assert it, as in assertTrue(…), so that the test fails where it"
                                + " should."
                            : "Check it, and stop, throw or report when it failed."));
    if (tree instanceof MethodInvocationTree call) {
      TimedWaitFixes.fix(call, testThread, state).ifPresent(description::addFix);
    }
    if (testThread && isSeverityOurs(state)) {
      description.overrideSeverity(ERROR);
    }
    return description.build();
  }

  /** A severity that the user has set counts for test code too. */
  private boolean isSeverityOurs(VisitorState state) {
    return !state.errorProneOptions().getSeverityMap().containsKey(canonicalName())
        && !state.errorProneOptions().isDropErrorsToWarnings();
  }
}
