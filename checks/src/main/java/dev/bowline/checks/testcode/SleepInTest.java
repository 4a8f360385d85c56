package dev.bowline.checks.testcode;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;
import static dev.bowline.checks.model.ClassPath.onClassPath;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.annotations.WaitsOnPurpose;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.Blocking;
import dev.bowline.checks.model.Intent;
import dev.bowline.checks.model.RecheckingLoop;
import dev.bowline.checks.model.TestCode;
import dev.bowline.checks.model.TestThread;
import java.util.Optional;

/** Reports a sleep on the test's own thread that stands in for waiting for an event. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "A test that sleeps is slow or flaky; wait for the event, with a deadline",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "SleepInTest.md",
    linkType = CUSTOM,
    suppressionAnnotations = {SuppressWarnings.class, WaitsOnPurpose.class})
public final class SleepInTest extends BugChecker implements MethodInvocationTreeMatcher {
  private static final Supplier<Boolean> AWAITILITY = onClassPath("org.awaitility.Awaitility");
  private static final Supplier<Boolean> CHECKPOINT = onClassPath("dev.bowline.testing.Checkpoint");

  private final TestThread testThread;

  /** For {@link java.util.ServiceLoader}. */
  public SleepInTest() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public SleepInTest(ErrorProneFlags flags) {
    testThread = new TestThread(flags);
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    if ((!Blocking.isSleep(tree, state) && !isDisguisedSleep(tree))
        || SleepPurpose.isTick(tree)
        || SleepPurpose.isWhatIsTested(state)
        || RecheckingLoop.encloses(state)) {
      return Description.NO_MATCH;
    }
    Optional<MethodSymbol> test = testThread.find(state);
    if (test.isEmpty()
        || TestCode.isDisabled(test.get())
        || SleepPurpose.isTimeItself(tree, test.get(), state)
        || SleepPurpose.isForAbsence(tree, state)
        || Intent.isStatedOnPackage(WaitsOnPurpose.class, state)) {
      return Description.NO_MATCH;
    }
    String remedy =
        AWAITILITY.get(state)
            ? "await().atMost(…).until(…)"
            : CHECKPOINT.get(state)
                ? "a Checkpoint that the code reaches and the test awaits"
                : "a CountDownLatch that the code counts down, and assertTrue(latch.await(…)) here";
    return buildDescription(tree)
        .setMessage(
            "This sleep guesses how long something takes: the test fails on a slower machine and wastes time on every other. Wait for the event itself, with a deadline: %s. Where time itself is tested, use a clock that the test sets, or say so with @WaitsOnPurpose(reason = \"…\")."
                .formatted(remedy))
        .build();
  }

  /** {@code new CountDownLatch(1).await(1, SECONDS)}: nobody can count that one down. */
  private static boolean isDisguisedSleep(MethodInvocationTree tree) {
    MethodSymbol method = ASTHelpers.getSymbol(tree);
    return method.getSimpleName().contentEquals("await")
        && tree.getArguments().size() == 2
        && method
            .enclClass()
            .getQualifiedName()
            .contentEquals("java.util.concurrent.CountDownLatch")
        && ASTHelpers.getReceiver(tree) instanceof NewClassTree;
  }
}
