package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;

/** Which calls set work going on another thread. */
public final class StartsWork {
  private static final MethodTable STARTS_THREAD =
      MethodTable.of(
          ImmutableList.of(
              "java.lang.Thread#start",
              "java.lang.Thread#startVirtualThread",
              "java.lang.Thread.Builder#start"));

  private static final MethodTable CREATES_EXECUTOR =
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

  /** What runs once something has happened, and threads that somebody else starts. */
  private static final MethodTable KEEPS =
      MethodTable.of(
          ImmutableList.of(
              "java.lang.Thread#set*",
              "java.lang.Thread.Builder#uncaughtExceptionHandler",
              "java.lang.Thread.Builder#unstarted",
              "java.lang.ref.Cleaner#register",
              "java.util.concurrent.ThreadFactory#newThread",
              "com.google.common.util.concurrent.ThreadFactoryBuilder#set*"));

  private final RunSites sites;

  public StartsWork(RunSites sites) {
    this.sites = sites;
  }

  /** Whether this call starts a thread. */
  public static boolean startsThread(MethodInvocationTree call, VisitorState state) {
    return startsThread(ASTHelpers.getSymbol(call), state);
  }

  /** Whether this method starts a thread. */
  public static boolean startsThread(MethodSymbol method, VisitorState state) {
    return STARTS_THREAD.contains(method, state);
  }

  /** Whether this creates an executor that has to be shut down. */
  public static boolean createsExecutor(ExpressionTree expression, VisitorState state) {
    return expression instanceof NewClassTree created
        ? CREATES_EXECUTOR.contains(ASTHelpers.getSymbol(created), state)
        : expression instanceof MethodInvocationTree call
            && !ASTHelpers.getSymbol(call).isConstructor()
            && CREATES_EXECUTOR.contains(ASTHelpers.getSymbol(call), state);
  }

  /** Whether this call starts a thread, or hands a task to what runs it on another one. */
  public boolean startsWork(MethodInvocationTree call, VisitorState state) {
    return startsThread(call, state)
        || (!call.getArguments().isEmpty()
            && sites.ofCall(call, state) == RunSite.ELSEWHERE
            && !KEEPS.contains(ASTHelpers.getSymbol(call), state));
  }
}
