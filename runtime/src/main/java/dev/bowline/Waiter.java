package dev.bowline;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that stands in a queue until another thread settles what it waits for.
 *
 * @param <T> what it offers, or is given
 */
final class Waiter<T> {
  private enum Outcome {
    GRANTED,
    REFUSED
  }

  private final Thread thread = Thread.currentThread();
  private @Nullable T value; // written before outcome, read after
  private volatile @Nullable Outcome outcome;

  /**
   * @param offered what the thread has to offer; null for nothing
   */
  Waiter(@Nullable T offered) {
    value = offered;
  }

  @Nullable T value() {
    return value;
  }

  /** Gives the thread what it waits for, and lets it go on. */
  void grant(@Nullable T given) {
    value = given;
    settle(Outcome.GRANTED);
  }

  /** Lets the thread go on without what it waits for. */
  void refuse() {
    settle(Outcome.REFUSED);
  }

  private void settle(Outcome settled) {
    outcome = settled;
    LockSupport.unpark(thread);
  }

  boolean isGranted() {
    return outcome == Outcome.GRANTED;
  }

  /**
   * Blocks the thread that this stands for until it is settled.
   *
   * @param blocker what people who debug see the thread wait for
   * @throws InterruptedException as {@link Context#parkUntil} does; it may have been settled, too
   */
  void await(Context ctx, Object blocker) throws InterruptedException {
    ctx.parkUntil(blocker, () -> outcome == null ? Long.MAX_VALUE : 0);
  }
}
