package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.MethodInvocationTree;

/** Which calls set work going on another thread. */
public final class StartsWork {
  private static final MethodTable STARTS_THREAD =
      MethodTable.of(
          ImmutableList.of(
              "java.lang.Thread#start",
              "java.lang.Thread#startVirtualThread",
              "java.lang.Thread.Builder#start"));

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
    return STARTS_THREAD.contains(ASTHelpers.getSymbol(call), state);
  }

  /** Whether this call starts a thread, or hands a task to what runs it on another one. */
  public boolean startsWork(MethodInvocationTree call, VisitorState state) {
    return startsThread(call, state)
        || (!call.getArguments().isEmpty()
            && sites.ofCall(call, state) == RunSite.ELSEWHERE
            && !KEEPS.contains(ASTHelpers.getSymbol(call), state));
  }
}
