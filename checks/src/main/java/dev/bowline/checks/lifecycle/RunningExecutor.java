package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.flow.Obligation;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.StartsWork;

/** An executor runs until it is shut down. */
final class RunningExecutor implements Obligation {
  private static final ImmutableSet<String> ENDINGS =
      ImmutableSet.of("shutdown", "shutdownNow", "close");

  private static final ImmutableSet<String> TELL_THE_END =
      ImmutableSet.of("isShutdown", "isTerminated", "awaitTermination");

  /** What they return shuts down what it wraps. */
  private static final MethodTable WRAPPERS =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.Executors#unconfigurable*",
              "com.google.common.util.concurrent.MoreExecutors#listeningDecorator",
              "io.opentelemetry.context.Context#taskWrapping",
              "io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics#monitor",
              "io.micrometer.context.ContextExecutorService#wrap"));

  /** They run something on an executor, and leave it running. */
  private static final MethodTable MERELY_USE =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.CompletableFuture#*",
              "java.util.concurrent.CompletionStage#*",
              "java.util.concurrent.ExecutorCompletionService#<init>",
              "com.google.common.util.concurrent.FluentFuture#*",
              "com.google.common.util.concurrent.Futures#*",
              "com.google.common.util.concurrent.ListenableFuture#addListener"));

  @Override
  public boolean isCreatedBy(ExpressionTree expression, VisitorState state) {
    return StartsWork.createsExecutor(expression, state);
  }

  @Override
  public boolean isMetBy(MethodSymbol method, VisitorState state) {
    return ENDINGS.contains(method.getSimpleName().toString());
  }

  @Override
  public boolean isMerelyUsedBy(MethodSymbol method, VisitorState state) {
    return MERELY_USE.contains(method, state);
  }

  @Override
  public boolean isWrappedBy(MethodSymbol method, VisitorState state) {
    return WRAPPERS.contains(method, state);
  }

  @Override
  public Answer answerOf(MethodSymbol method, VisitorState state) {
    return TELL_THE_END.contains(method.getSimpleName().toString())
        ? Answer.MET_IF_TRUE
        : Answer.NOTHING;
  }
}
