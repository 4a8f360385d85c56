package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.TypeTag;

/** Which calls give up after a time, or at once, and say by their result whether they did. */
public final class TimedWaits {
  private static final ImmutableList<String> WAITS =
      ImmutableList.of(
          "java.lang.Process#waitFor",
          "java.lang.Thread#join",
          "java.nio.channels.AsynchronousChannelGroup#awaitTermination",
          "java.util.concurrent.CountDownLatch#await",
          "java.util.concurrent.ExecutorService#awaitTermination",
          "java.util.concurrent.ForkJoinPool#awaitQuiescence",
          "java.util.concurrent.locks.Condition#await*",
          "com.google.api.gax.core.BackgroundResource#awaitTermination",
          "com.google.common.util.concurrent.Monitor#waitFor*",
          "com.google.common.util.concurrent.MoreExecutors#shutdownAndAwaitTermination",
          "com.google.common.util.concurrent.Uninterruptibles#await*",
          "io.grpc.ManagedChannel#awaitTermination",
          "io.grpc.Server#awaitTermination",
          "io.netty.util.concurrent.EventExecutorGroup#awaitTermination",
          "io.netty.util.concurrent.Future#await*",
          "org.apache.curator.framework.CuratorFramework#blockUntilConnected");

  private static final ImmutableList<String> ACQUISITIONS =
      ImmutableList.of(
          "java.util.concurrent.Semaphore#tryAcquire",
          "java.util.concurrent.locks.Lock#tryLock",
          "java.util.concurrent.locks.StampedLock#try*",
          "com.google.common.util.concurrent.Monitor#enter*",
          "com.google.common.util.concurrent.Monitor#tryEnter*",
          "com.google.common.util.concurrent.RateLimiter#tryAcquire",
          "com.google.common.util.concurrent.Uninterruptibles#tryAcquireUninterruptibly",
          "com.google.common.util.concurrent.Uninterruptibles#tryLockUninterruptibly",
          "org.apache.curator.framework.recipes.locks.InterProcessLock#acquire");

  private static final MethodTable OFFERS =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.BlockingDeque#offer*",
              "java.util.concurrent.BlockingQueue#offer",
              "java.util.concurrent.TransferQueue#tryTransfer"));

  private final MethodTable waits;
  private final MethodTable acquisitions = MethodTable.of(ACQUISITIONS);

  /**
   * @param flags {@code -XepOpt:TimedWaitIgnored:Methods=} names more waits, as {@code
   *     a.b.C#method}
   */
  public TimedWaits(ErrorProneFlags flags) {
    waits =
        MethodTable.of(Iterables.concat(WAITS, flags.getListOrEmpty("TimedWaitIgnored:Methods")));
  }

  /** Whether this waits for something to happen, and tells whether it did. */
  public boolean isWait(MethodSymbol method, VisitorState state) {
    return tellsOutcome(method) && waits.contains(method, state);
  }

  /** Whether this tries to get a lock, a permit or a stamp, and tells whether it did. */
  public boolean isAcquisition(MethodSymbol method, VisitorState state) {
    return tellsOutcome(method) && acquisitions.contains(method, state);
  }

  /** Whether this tries to hand over an element within a time, and tells whether it did. */
  public boolean isOffer(MethodSymbol method, VisitorState state) {
    return method.getParameters().size() == 3
        && tellsOutcome(method)
        && OFFERS.contains(method, state);
  }

  /** The untimed forms return nothing, or what they waited for. */
  private static boolean tellsOutcome(MethodSymbol method) {
    TypeTag result = method.getReturnType().getTag();
    return result == TypeTag.BOOLEAN || result == TypeTag.LONG;
  }
}
