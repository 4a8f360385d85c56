package dev.bowline.checks.testcode;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;
import static dev.bowline.checks.model.ClassPath.onClassPath;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.annotations.WaitsOnPurpose;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.Blocking;
import dev.bowline.checks.model.CommentBeside;
import dev.bowline.checks.model.FollowingCode;
import dev.bowline.checks.model.Intent;
import dev.bowline.checks.model.RecheckingLoop;
import dev.bowline.checks.model.TestCode;
import dev.bowline.checks.model.TestThread;
import java.util.Optional;
import java.util.regex.Pattern;

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
  private static final long serialVersionUID = 1L;

  /** Names of tests that test time itself. */
  private static final Pattern TIME =
      Pattern.compile(
          "(?i:time_?out|timed_?out|expir|rate_?limit|throttl|elapsed|stopwatch)"
              + "|[tT]tl(?![a-z])|TTL|[iI]dle");

  /** What the author says of a sleep after which the clock, or a file's time, has to differ. */
  private static final Pattern CLOCK_HAS_TO_DIFFER =
      Pattern.compile(
          "time ?stamp|mtime|modif|precision|resolution|granularity|accuracy",
          Pattern.CASE_INSENSITIVE);

  /** Checks that something has not happened: there is no event to wait for. */
  private static final Pattern ABSENCE =
      Pattern.compile(
          "never|verifyNo[A-Z].*|verifyZeroInteractions|assertNo[A-Z].*|expectNo[A-Z].*");

  /** What runs its body to see how it ends: the sleep in it is what is tested. */
  private static final ImmutableSet<String> OUTCOME_TESTS =
      ImmutableSet.of(
          "assertThrows",
          "assertThrowsExactly",
          "assertTimeout",
          "assertTimeoutPreemptively",
          "assertThatThrownBy",
          "assertThatExceptionOfType",
          "isThrownBy",
          "catchThrowable",
          "catchThrowableOfType",
          "expectThrows");

  /** A pause this short only lets the clock tick or the scheduler run. */
  private static final long TICK = 2;

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
    if (!Blocking.isSleep(tree, state) && !isDisguisedSleep(tree)
        || isTick(tree)
        || RecheckingLoop.encloses(state)
        || isWhatIsTested(state)) {
      return Description.NO_MATCH;
    }
    Optional<MethodSymbol> test = testThread.find(state);
    if (test.isEmpty()
        || TestCode.isDisabled(test.get())
        || isAboutTime(test.get())
        || CLOCK_HAS_TO_DIFFER.matcher(CommentBeside.text(tree, state)).find()
        || isForAbsence(state)
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
            "This sleep guesses how long something takes: the test fails on a slower machine and wastes time on every other. Wait for the event itself, with a deadline: %s."
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

  private static boolean isTick(MethodInvocationTree tree) {
    MethodSymbol method = ASTHelpers.getSymbol(tree);
    if (!method.getSimpleName().contentEquals("sleep") || tree.getArguments().isEmpty()) {
      return false;
    }
    ExpressionTree first = tree.getArguments().get(0);
    ExpressionTree receiver = ASTHelpers.getReceiver(tree);
    boolean millis =
        method.enclClass().getQualifiedName().contentEquals("java.lang.Thread")
            || receiver != null
                && receiver.toString().matches("(TimeUnit\\.)?(NANO|MICRO|MILLI)SECONDS");
    return millis
        && ASTHelpers.constValue(first) instanceof Number duration
        && duration.longValue() <= TICK;
  }

  private static boolean isWhatIsTested(VisitorState state) {
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof MethodTree) {
        return false;
      }
      if (tree instanceof LambdaExpressionTree
          && path.getParentPath().getLeaf() instanceof MethodInvocationTree call
          && OUTCOME_TESTS.contains(ASTHelpers.getSymbol(call).getSimpleName().toString())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isForAbsence(VisitorState state) {
    ImmutableList<StatementTree> following = FollowingCode.statements(state);
    return !following.isEmpty()
        && FollowingCode.hasCall(
            following.subList(0, 1),
            call -> ABSENCE.matcher(ASTHelpers.getSymbol(call).getSimpleName()).matches());
  }

  private static boolean isAboutTime(MethodSymbol test) {
    return TIME.matcher(test.getSimpleName()).find()
        || TIME.matcher(test.enclClass().getSimpleName()).find();
  }
}
