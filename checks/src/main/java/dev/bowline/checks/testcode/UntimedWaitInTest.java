package dev.bowline.checks.testcode;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
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
import dev.bowline.annotations.WaitsOnPurpose;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.Intent;
import dev.bowline.checks.model.RunSites;
import dev.bowline.checks.model.TestCode;
import dev.bowline.checks.model.TestThread;
import dev.bowline.checks.model.TestTimeouts;
import java.util.Optional;

/** Reports a wait without a bound on the test's own thread, for what another thread does. */
@AutoService(BugChecker.class)
@BugPattern(
    summary =
        "Nothing bounds this wait: a test that hangs stops the build without a word; add a bound",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "UntimedWaitInTest.md",
    linkType = CUSTOM,
    suppressionAnnotations = {SuppressWarnings.class, WaitsOnPurpose.class})
public final class UntimedWaitInTest extends BugChecker
    implements MethodInvocationTreeMatcher, MemberReferenceTreeMatcher {
  private final TestThread testThread;
  private final StartedFuture startedFuture;

  /** For {@link java.util.ServiceLoader}. */
  public UntimedWaitInTest() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public UntimedWaitInTest(ErrorProneFlags flags) {
    testThread = new TestThread(flags);
    startedFuture = new StartedFuture(new RunSites(flags));
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
    boolean future = UntimedWaits.isForFuture(method, state);
    if (!future && !UntimedWaits.isForEvent(tree, method, state)) {
      return Description.NO_MATCH;
    }
    Optional<MethodSymbol> test = testThread.find(state);
    if (test.isEmpty()
        || TestCode.isDisabled(test.get())
        || TestTimeouts.boundsCode(state)
        || TestTimeouts.bound(test.get(), state)
        || (future && !startedFuture.is(UntimedWaits.waitedFor(tree), state))
        || SettledWait.is(tree, future, state)
        || EndedTask.isNeverStarted(UntimedWaits.waitedFor(tree), state)
        || EndedTask.isSureToEnd(UntimedWaits.waitedFor(tree), state)
        || SureSignal.is(UntimedWaits.waitedFor(tree), state)
        || Intent.isStatedOnPackage(WaitsOnPurpose.class, state)) {
      return Description.NO_MATCH;
    }
    Description.Builder description =
        buildDescription(tree)
            .setMessage(
                "When what '%s' waits for does not happen, the test hangs, and the build with it, without a word. Wait with a bound: %s; or give the whole test one%s."
                    .formatted(
                        UntimedWaitFixes.name(tree, method),
                        UntimedWaitFixes.remedy(tree, method),
                        UntimedWaitFixes.boundOfTest(test.get())));
    UntimedWaitFixes.fix(tree, method, state).ifPresent(description::addFix);
    return description.build();
  }
}
