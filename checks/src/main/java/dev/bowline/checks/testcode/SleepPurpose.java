package dev.bowline.checks.testcode;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.model.Blocking;
import dev.bowline.checks.model.CommentBeside;
import dev.bowline.checks.model.FollowingCode;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Why a test sleeps, where it is for something else than an event: then there is none to wait for.
 */
final class SleepPurpose {
  /** Names of tests that test time itself, and of times that have to pass for them. */
  private static final Pattern TIME =
      Pattern.compile(
          "(?i:time_?out|timed_?out|expir|rate_?limit|throttl|elapsed|stopwatch|duration)"
              + "|[tT]tl(?![a-z])|TTL|[iI]dle|IDLE");

  /** How long a test goes on, or a random pause in it: no event ends that. */
  private static final Pattern PACE = Pattern.compile("(?i:run_?time|rand(om)?$|next(Int|Long)$)");

  /** What the author says of a sleep after which a clock, or a file's time, has to differ. */
  private static final Pattern CLOCK_HAS_TO_DIFFER =
      Pattern.compile(
          "time ?stamp|mtime|modif|precision|resolution|granularity|accuracy|differ|expir|lifetime|\\bttl\\b",
          Pattern.CASE_INSENSITIVE);

  private static final ImmutableSet<String> CLOCK_READS =
      ImmutableSet.of(
          "currentTimeMillis",
          "nanoTime",
          "now",
          "monotonicNow",
          "millis",
          "instant",
          "getTimeMillis");

  /** Checks that something has not happened. */
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
  private static final long TICK_MILLIS = 2;

  /** Smaller numbers in a test are hardly times. */
  private static final long SHORTEST_PERIOD = 10;

  /** What a message says of a state that has lasted, not come. */
  private static final Pattern LASTS = Pattern.compile("\\bstill\\b", Pattern.CASE_INSENSITIVE);

  /** What the author says of something that is not to happen. */
  private static final Pattern NOT_TO_HAPPEN =
      Pattern.compile("\\b(still|should not|shouldn't|must not)\\b", Pattern.CASE_INSENSITIVE);

  private SleepPurpose() {}

  static boolean isTick(MethodInvocationTree sleep) {
    MethodSymbol method = ASTHelpers.getSymbol(sleep);
    if (!method.getSimpleName().contentEquals("sleep") || sleep.getArguments().isEmpty()) {
      return false;
    }
    ExpressionTree receiver = ASTHelpers.getReceiver(sleep);
    boolean millis =
        method.enclClass().getQualifiedName().contentEquals("java.lang.Thread")
            || (receiver != null
                && receiver.toString().matches("(TimeUnit\\.)?(NANO|MICRO|MILLI)SECONDS"));
    return millis
        && ASTHelpers.constValue(sleep.getArguments().get(0)) instanceof Number duration
        && duration.longValue() <= TICK_MILLIS;
  }

  /** {@code assertThrows(InterruptedException.class, () -> Thread.sleep(100))}. */
  static boolean isWhatIsTested(VisitorState state) {
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

  /**
   * Whether a clock has to move, by the names at hand, what the author says, or what the code
   * reads.
   */
  static boolean isTimeItself(MethodInvocationTree sleep, MethodSymbol test, VisitorState state) {
    return TIME.matcher(test.getSimpleName()).find()
        || TIME.matcher(test.enclClass().getSimpleName()).find()
        || isUntilATime(sleep.getArguments())
        || isJustOverAPeriodOfTheTest(sleep, state)
        || isBesideClockRead(state)
        || CLOCK_HAS_TO_DIFFER.matcher(comment(sleep, state)).find();
  }

  /** {@code sleep(end - start)} and {@code sleep(2 * MAX_IDLE_TIME)}. */
  private static boolean isUntilATime(List<? extends ExpressionTree> durations) {
    AtomicBoolean found = new AtomicBoolean();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitBinary(BinaryTree tree, Void unused) {
        if (tree.getKind() == Kind.MINUS && ASTHelpers.constValue(tree.getRightOperand()) == null) {
          found.set(true);
        }
        return super.visitBinary(tree, null);
      }

      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        found.compareAndSet(false, isTime(tree.getName()));
        return null;
      }

      @Override
      public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
        found.compareAndSet(false, isTime(tree.getIdentifier()));
        return super.visitMemberSelect(tree, null);
      }
    }.scan(durations, null);
    return found.get();
  }

  private static boolean isTime(CharSequence name) {
    return TIME.matcher(name).find() || PACE.matcher(name).find();
  }

  /** {@code metrics(flushPeriod(100)); … sleep(110)}: the test sets the period that has to pass. */
  private static boolean isJustOverAPeriodOfTheTest(
      MethodInvocationTree sleep, VisitorState state) {
    MethodTree test = state.findEnclosing(MethodTree.class);
    if (test == null
        || sleep.getArguments().isEmpty()
        || !(ASTHelpers.constValue(sleep.getArguments().get(0)) instanceof Number slept)) {
      return false;
    }
    AtomicBoolean found = new AtomicBoolean();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitLiteral(LiteralTree literal, Void unused) {
        if (literal.getValue() instanceof Number period
            && period.longValue() >= SHORTEST_PERIOD
            && period.longValue() < slept.longValue()
            && slept.longValue() <= period.longValue() * 3 / 2) {
          found.set(true);
        }
        return null;
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        // Other sleeps are no periods.
        return Blocking.isSleep(call, state) ? null : super.visitMethodInvocation(call, null);
      }
    }.scan(test, null);
    return found.get();
  }

  /** The statement before or after takes the time. */
  private static boolean isBesideClockRead(VisitorState state) {
    TreePath statement = state.getPath().getParentPath();
    if (!(statement.getParentPath().getLeaf() instanceof BlockTree block)) {
      return false;
    }
    int index = block.getStatements().indexOf(statement.getLeaf());
    int from = Math.max(0, index - 1);
    int to = Math.min(block.getStatements().size(), index + 2);
    return FollowingCode.hasCall(
        block.getStatements().subList(from, to),
        call -> CLOCK_READS.contains(ASTHelpers.getSymbol(call).getSimpleName().toString()));
  }

  /** {@code verify(listener, never())} comes next: nothing happens when nothing happens. */
  static boolean isForAbsence(MethodInvocationTree sleep, VisitorState state) {
    ImmutableList<StatementTree> following = FollowingCode.statements(state);
    return NOT_TO_HAPPEN.matcher(comment(sleep, state)).find()
        || isSampling(state)
        || (!following.isEmpty()
            && (LASTS.matcher(following.get(0).toString()).find()
                || FollowingCode.hasCall(
                    following.subList(0, 1),
                    call ->
                        ABSENCE.matcher(ASTHelpers.getSymbol(call).getSimpleName()).matches())));
  }

  /** A loop that asserts, and sleeps, and nothing else: something has to last. */
  private static boolean isSampling(VisitorState state) {
    TreePath statement = state.getPath().getParentPath();
    TreePath block = statement.getParentPath();
    return block.getLeaf() instanceof BlockTree body
        && body.getStatements().size() > 1
        && (block.getParentPath().getLeaf() instanceof ForLoopTree
            || block.getParentPath().getLeaf() instanceof WhileLoopTree)
        && body.getStatements().stream()
            .allMatch(each -> each == statement.getLeaf() || isAssertion(each));
  }

  private static boolean isAssertion(StatementTree statement) {
    return statement instanceof ExpressionStatementTree expression
        && expression.getExpression() instanceof MethodInvocationTree call
        && ASTHelpers.getSymbol(call).getSimpleName().toString().startsWith("assert");
  }

  /** Beside the sleep, or above the try that only has it. */
  private static String comment(MethodInvocationTree sleep, VisitorState state) {
    String beside = CommentBeside.text(sleep, state);
    TreePath block = state.getPath().getParentPath().getParentPath();
    return beside.isEmpty()
            && block.getParentPath().getLeaf() instanceof TryTree attempt
            && attempt.getBlock().getStatements().size() == 1
        ? CommentBeside.text(attempt, state)
        : beside;
  }
}
