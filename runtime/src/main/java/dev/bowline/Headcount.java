package dev.bowline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** How many tasks of a group are alive, and whether more may come. */
final class Headcount {
  /** Added to the count when nobody may come any more. */
  private static final int SHUT = Integer.MIN_VALUE;

  private static final VarHandle COUNT;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(Headcount.class, "count", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile int count;

  /** The one thread that may wait: the owner of the group. */
  private volatile @Nullable Thread waiting;

  /** Counts one more; false if none may come any more. */
  boolean enter() {
    if ((int) COUNT.getAndAdd(this, 1) >= 0) {
      return true;
    }
    COUNT.getAndAdd(this, -1);
    return false;
  }

  /** Counts one less, and wakes the owner if it was the last. */
  void leave() {
    if ((int) COUNT.getAndAdd(this, -1) == 1) {
      LockSupport.unpark(waiting);
    }
  }

  /** Lets nobody enter any more, but only if nobody is inside; true if that is how it is now. */
  boolean shutIfEmpty() {
    return COUNT.compareAndSet(this, 0, SHUT) || isShut();
  }

  boolean isShut() {
    return count < 0;
  }

  int inside() {
    return count & ~SHUT;
  }

  /**
   * Parks the calling thread until everybody has left, or the time is over, or it is interrupted,
   * or for no reason.
   */
  void park(Object blocker, long nanos) {
    waiting = Thread.currentThread();
    if (count > 0) {
      LockSupport.parkNanos(blocker, nanos);
    }
    waiting = null;
  }
}
