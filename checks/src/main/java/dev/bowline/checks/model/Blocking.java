package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;

/**
 * Which calls hold the thread: sleeps, waits with and without a bound, and blocking I/O of the JDK.
 */
public final class Blocking {
  private static final MethodTable SLEEPS =
      MethodTable.of(
          ImmutableList.of(
              "java.lang.Thread#sleep",
              "java.util.concurrent.TimeUnit#sleep",
              "java.util.concurrent.locks.LockSupport#parkNanos",
              "java.util.concurrent.locks.LockSupport#parkUntil",
              "com.google.common.util.concurrent.Uninterruptibles#sleepUninterruptibly",
              "android.os.SystemClock#sleep"));

  private static final MethodTable WAITS =
      MethodTable.of(
          ImmutableList.of(
              "java.lang.Object#wait",
              "java.lang.Thread#join",
              "java.lang.Process#waitFor",
              "java.util.concurrent.locks.LockSupport#park",
              "java.util.concurrent.locks.Condition#await*",
              "java.util.concurrent.locks.Lock#lock*",
              "java.util.concurrent.BlockingDeque#putFirst",
              "java.util.concurrent.BlockingDeque#putLast",
              "java.util.concurrent.BlockingDeque#takeFirst",
              "java.util.concurrent.BlockingDeque#takeLast",
              "java.util.concurrent.BlockingQueue#put",
              "java.util.concurrent.BlockingQueue#take",
              "java.util.concurrent.CompletableFuture#join",
              "java.util.concurrent.CompletionService#take",
              "java.util.concurrent.CountDownLatch#await",
              "java.util.concurrent.CyclicBarrier#await",
              "java.util.concurrent.Exchanger#exchange",
              "java.util.concurrent.ExecutorService#awaitTermination",
              "java.util.concurrent.ExecutorService#close",
              "java.util.concurrent.ExecutorService#invoke*",
              "java.util.concurrent.ForkJoinPool#awaitQuiescence",
              "java.util.concurrent.ForkJoinTask#join",
              "java.util.concurrent.Future#get",
              "java.util.concurrent.Phaser#arriveAndAwaitAdvance",
              "java.util.concurrent.Phaser#awaitAdvance*",
              "java.util.concurrent.Semaphore#acquire*",
              "java.util.concurrent.StructuredTaskScope#join*",
              "com.google.common.util.concurrent.Uninterruptibles#*",
              "com.google.common.util.concurrent.Futures#getChecked",
              "com.google.common.util.concurrent.Futures#getUnchecked",
              "dev.bowline.Context#await",
              "dev.bowline.Context#sleep",
              "dev.bowline.TaskGroup#await",
              "dev.bowline.TaskGroup#join",
              "dev.bowline.Limiter#acquire",
              "dev.bowline.Mailbox#receive",
              "dev.bowline.Mailbox#send"));

  /** Calls of {@link #WAITS} that wait only when they are given a time. */
  private static final MethodTable WAITS_WHEN_TIMED =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.BlockingQueue#offer",
              "java.util.concurrent.BlockingQueue#poll",
              "java.util.concurrent.CompletionService#poll",
              "java.util.concurrent.locks.Lock#tryLock",
              "java.util.concurrent.Semaphore#tryAcquire"));

  private static final MethodTable IO =
      MethodTable.of(
          ImmutableList.of(
              "java.io.InputStream#read*",
              "java.io.Reader#read*",
              "java.io.BufferedReader#readLine",
              "java.net.ServerSocket#accept",
              "java.net.Socket#connect",
              "java.net.DatagramSocket#receive",
              "java.net.URL#openStream",
              "java.net.http.HttpClient#send",
              "java.nio.channels.Selector#select",
              "java.nio.channels.ServerSocketChannel#accept",
              "java.nio.channels.SocketChannel#connect",
              "java.nio.channels.SocketChannel#read",
              "java.sql.DriverManager#getConnection",
              "java.sql.PreparedStatement#execute*",
              "java.sql.Statement#execute*",
              "javax.sql.DataSource#getConnection"));

  private Blocking() {}

  /** Whether this call lets time pass and waits for nothing else. */
  public static boolean isSleep(ExpressionTree call, VisitorState state) {
    return ASTHelpers.getSymbol(call) instanceof MethodSymbol method
        && SLEEPS.contains(method, state);
  }

  /** Whether this call waits for another thread, a process or a time. */
  public static boolean isWait(ExpressionTree call, VisitorState state) {
    return ASTHelpers.getSymbol(call) instanceof MethodSymbol method
        && (SLEEPS.contains(method, state)
            || WAITS.contains(method, state)
            || (method.getParameters().size() > 1 && WAITS_WHEN_TIMED.contains(method, state)));
  }

  /** Whether this call can hold the thread for long: a wait, or blocking I/O of the JDK. */
  public static boolean isBlocking(ExpressionTree call, VisitorState state) {
    return isWait(call, state)
        || (ASTHelpers.getSymbol(call) instanceof MethodSymbol method
            && IO.contains(method, state));
  }
}
