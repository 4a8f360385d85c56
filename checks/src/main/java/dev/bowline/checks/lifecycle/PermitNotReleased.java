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
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.flow.Leaks;
import dev.bowline.checks.flow.PathEnd;
import dev.bowline.checks.model.TestCode;

/** Reports a permit or lock that some path does not give back, or gives back without having it. */
@AutoService(BugChecker.class)
@BugPattern(
    summary =
        "A permit or lock is not released on every path; whoever needs it next waits for good",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "PermitNotReleased.md",
    linkType = CUSTOM,
    suppressionAnnotations = SuppressWarnings.class)
public final class PermitNotReleased extends BugChecker implements MethodInvocationTreeMatcher {
  private final HeldPermit permit = new HeldPermit();
  private final Leaks leaks = new Leaks(permit);

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    if (!permit.isCreatedBy(tree, state) || ASTHelpers.getReceiver(tree) == null) {
      return NO_MATCH;
    }
    boolean isTest = TestCode.encloses(state);
    if ((isTest && isSignal(tree))
        || isAssertedFalse(state)
        || LockBeforeTry.isFollowedByItsTry(tree, state)
        || LockBeforeTry.isReportedByErrorProne(tree, state)) {
      return NO_MATCH;
    }
    String receiver = state.getSourceForNode(ASTHelpers.getReceiver(tree));
    String release = releaseFor(tree);
    if (LockBeforeTry.isInsideItsTry(tree, state)) {
      return buildDescription(tree)
          .setMessage(
              "If '%s' throws or says no, the finally calls '%s' on '%s' for what was never taken. Acquire right before the try."
                  .formatted(ASTHelpers.getSymbol(tree).getSimpleName(), release, receiver))
          .build();
    }
    return leaks
        .at(state)
        .filter(leak -> !isTest || !leak.end().isFailure())
        .map(
            leak ->
                buildDescription(tree)
                    .setMessage(message(receiver, release, leak.end(), state))
                    .addAllFixes(LockBeforeTry.fixes(tree, state))
                    .build())
        .orElse(NO_MATCH);
  }

  /** Tests use semaphores to tell one thread that another has come so far. */
  private static boolean isSignal(MethodInvocationTree acquire) {
    return releaseFor(acquire).equals("release");
  }

  /** {@code assertFalse(lock.tryLock())}: a lock that is taken after all fails the test. */
  private static boolean isAssertedFalse(VisitorState state) {
    return state.getPath().getParentPath().getLeaf() instanceof MethodInvocationTree assertion
        && ASTHelpers.getSymbol(assertion).getSimpleName().contentEquals("assertFalse");
  }

  private static String message(String receiver, String release, PathEnd end, VisitorState state) {
    return "'%s' is not released %s: whoever needs it next waits for good. Follow the acquire at once by try, with '%s' in its finally."
        .formatted(receiver, end.words(state), release);
  }

  private static String releaseFor(MethodInvocationTree acquire) {
    ExpressionTree receiver = ASTHelpers.getReceiver(acquire);
    String type = ASTHelpers.getType(receiver).tsym.getSimpleName().toString();
    String method = ASTHelpers.getSymbol(acquire).getSimpleName().toString();
    if (type.equals("StampedLock")) {
      return method.startsWith("read") ? "unlockRead" : "unlockWrite";
    }
    return method.endsWith("cquire") || method.startsWith("acquire") ? "release" : "unlock";
  }
}
