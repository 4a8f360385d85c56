package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.flow.Obligation;
import dev.bowline.checks.model.MethodTable;

/** An executor runs until it is shut down. */
final class RunningExecutor implements Obligation {
  private static final MethodTable CREATIONS =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.Executors#newCachedThreadPool",
              "java.util.concurrent.Executors#newFixedThreadPool",
              "java.util.concurrent.Executors#newScheduledThreadPool",
              "java.util.concurrent.Executors#newSingleThreadExecutor",
              "java.util.concurrent.Executors#newSingleThreadScheduledExecutor",
              "java.util.concurrent.Executors#newThreadPerTaskExecutor",
              "java.util.concurrent.Executors#newVirtualThreadPerTaskExecutor",
              "java.util.concurrent.Executors#newWorkStealingPool",
              "java.util.concurrent.ForkJoinPool#<init>",
              "java.util.concurrent.ThreadPoolExecutor#<init>"));

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
    return expression instanceof NewClassTree created
        ? CREATIONS.contains(ASTHelpers.getSymbol(created), state)
        : expression instanceof MethodInvocationTree call
            && !ASTHelpers.getSymbol(call).isConstructor()
            && CREATIONS.contains(ASTHelpers.getSymbol(call), state);
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
