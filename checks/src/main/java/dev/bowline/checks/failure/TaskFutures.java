package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.Supertypes;

/** Futures: which types are some, and which calls start a task and return one. */
final class TaskFutures {
  private static final String FUTURE = "java.util.concurrent.Future";
  private static final String STAGE = "java.util.concurrent.CompletionStage";

  /** Netty's futures have rules of their own, and Error Prone leaves them out too. */
  private static final String NETTY = "io.netty.util.concurrent.Future";

  /** One task that runs once; a periodic one never completes unless it fails. */
  private static final MethodTable STARTS =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.ExecutorService#submit",
              "java.util.concurrent.ScheduledExecutorService#schedule",
              "java.util.concurrent.CompletableFuture#runAsync",
              "java.util.concurrent.CompletableFuture#supplyAsync",
              "com.google.common.util.concurrent.Futures#submit*",
              "com.google.common.util.concurrent.Futures#scheduleAsync",
              "org.springframework.core.task.AsyncTaskExecutor#submit*"));

  private TaskFutures() {}

  /** Whether this is a call that starts a task and returns its future. */
  static boolean isStart(ExpressionTree tree, VisitorState state) {
    return tree instanceof MethodInvocationTree call
        && !call.getArguments().isEmpty()
        && STARTS.contains(ASTHelpers.getSymbol(call), state)
        && isFuture(ASTHelpers.getType(call), state);
  }

  static boolean isFuture(Type type, VisitorState state) {
    return is(type, FUTURE, state) && !is(type, NETTY, state);
  }

  static boolean isStage(Type type, VisitorState state) {
    return is(type, STAGE, state) && !is(type, NETTY, state);
  }

  static boolean isCompletable(Type type, VisitorState state) {
    return is(type, "java.util.concurrent.CompletableFuture", state);
  }

  static boolean isExecutor(Type type, VisitorState state) {
    return is(type, "java.util.concurrent.Executor", state);
  }

  private static boolean is(Type type, String name, VisitorState state) {
    return type != null
        && !type.isPrimitiveOrVoid()
        && !type.isErroneous()
        && Supertypes.any(
            state.getTypes().skipTypeVars(type, false),
            each -> each.getQualifiedName().contentEquals(name),
            state);
  }

  /** The method's own name, for messages. */
  static String name(ExpressionTree call) {
    Symbol method = ASTHelpers.getSymbol(call);
    return method == null ? call.toString() : method.getSimpleName().toString();
  }
}
