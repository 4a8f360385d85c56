package dev.bowline.checks.testcode;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.Occurrences;
import java.util.List;

/** Which calls wait without a bound for what another thread does. */
final class UntimedWaits {
  private static final MethodTable WITHOUT_ARGUMENTS =
      MethodTable.of(
          ImmutableList.of(
              "java.lang.Process#waitFor",
              "java.lang.Thread#join",
              "java.util.concurrent.BlockingDeque#takeFirst",
              "java.util.concurrent.BlockingDeque#takeLast",
              "java.util.concurrent.BlockingQueue#take",
              "java.util.concurrent.CompletionService#take",
              "java.util.concurrent.CountDownLatch#await",
              "java.util.concurrent.CyclicBarrier#await",
              "java.util.concurrent.Phaser#arriveAndAwaitAdvance",
              "java.util.concurrent.locks.Condition#await",
              "java.util.concurrent.locks.Condition#awaitUninterruptibly"));

  private static final MethodTable WITH_ONE =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.Exchanger#exchange",
              "java.util.concurrent.Phaser#awaitAdvance",
              "com.google.common.util.concurrent.Uninterruptibles#awaitUninterruptibly",
              "com.google.common.util.concurrent.Uninterruptibles#joinUninterruptibly",
              "com.google.common.util.concurrent.Uninterruptibles#takeUninterruptibly"));

  private static final MethodTable ACQUISITIONS =
      MethodTable.of(ImmutableList.of("java.util.concurrent.Semaphore#acquire*"));

  private static final MethodTable FUTURES =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.CompletableFuture#join", "java.util.concurrent.Future#get"));

  private static final MethodTable FUTURES_AS_ARGUMENT =
      MethodTable.of(
          ImmutableList.of(
              "com.google.common.util.concurrent.Futures#getChecked",
              "com.google.common.util.concurrent.Futures#getUnchecked",
              "com.google.common.util.concurrent.Uninterruptibles#getUninterruptibly"));

  private UntimedWaits() {}

  /** Whether this waits for an event, a thread, a process or an element. */
  static boolean isForEvent(ExpressionTree tree, MethodSymbol method, VisitorState state) {
    return switch (method.getParameters().size()) {
      case 0 ->
          WITHOUT_ARGUMENTS.contains(method, state)
              || (ACQUISITIONS.contains(method, state) && isWithoutPermits(waitedFor(tree), state));
      case 1 ->
          WITH_ONE.contains(method, state)
              || (ACQUISITIONS.contains(method, state) && isWithoutPermits(waitedFor(tree), state));
      default -> false;
    };
  }

  /** Whether this waits for what a future will hold. */
  static boolean isForFuture(MethodSymbol method, VisitorState state) {
    return method.getParameters().isEmpty()
        ? FUTURES.contains(method, state)
        // getChecked(future, exceptionType) has no bound either; getUninterruptibly(f, 1, SECONDS)
        // does.
        : method.getParameters().size() <= 2 && FUTURES_AS_ARGUMENT.contains(method, state);
  }

  /** What is waited for: the object of the call, or the first argument of a static helper. */
  static ExpressionTree waitedFor(ExpressionTree tree) {
    if (tree instanceof MemberReferenceTree reference) {
      return reference.getQualifierExpression();
    }
    return tree instanceof MethodInvocationTree call && ASTHelpers.getSymbol(call).isStatic()
        ? call.getArguments().get(0)
        : ASTHelpers.getReceiver(tree);
  }

  /** A semaphore that starts with permits bounds something; one without is waited for. */
  private static boolean isWithoutPermits(ExpressionTree semaphore, VisitorState state) {
    Symbol symbol = semaphore == null ? null : ASTHelpers.getSymbol(semaphore);
    if (!(symbol instanceof VarSymbol variable)) {
      return false;
    }
    List<ExpressionTree> values = Occurrences.in(state).expressionsGivenTo(variable);
    return !values.isEmpty()
        && values.stream()
            .allMatch(
                value ->
                    value instanceof NewClassTree created
                        && !created.getArguments().isEmpty()
                        && Integer.valueOf(0)
                            .equals(ASTHelpers.constValue(created.getArguments().get(0))));
  }
}
