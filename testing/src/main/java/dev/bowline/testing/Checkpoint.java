package dev.bowline.testing;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A point in concurrent code that a test waits for, instead of sleeping until the code has probably
 * got there.
 *
 * <p>The code under test calls {@link #reach()} at the point, most often from a callback or a stub
 * that the test has put in. The test calls {@link #await} and goes on when the point was reached:
 *
 * <pre>{@code
 * Checkpoint written = Checkpoint.named("written");
 * store.afterWrite(written::reach);
 * store.put("k", "v");
 * written.await(Duration.ofSeconds(5));
 * }</pre>
 *
 * <p>With {@link #hold()} beforehand the code also stops at the point, until {@link #release()}, so
 * that the test can look at things, or cancel them, while the code is exactly there.
 *
 * <p>A checkpoint that was reached stays reached. All methods may be called from any thread. What a
 * thread did before {@code reach} is visible after {@code await}, and what a thread did before
 * {@code release} is visible to the code that it lets go on.
 */
public final class Checkpoint {
  private static final Duration LONGEST_HOLD = Duration.ofMinutes(5);

  private final String name;
  private final Duration longestHold;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean reached; // guarded by lock
  private boolean held; // guarded by lock

  Checkpoint(String name, Duration longestHold) {
    this.name = Objects.requireNonNull(name, "name");
    this.longestHold = longestHold;
  }

  /**
   * Makes a checkpoint that was not reached and holds nobody.
   *
   * @param name what a failure calls it
   */
  public static Checkpoint named(String name) {
    return new Checkpoint(name, LONGEST_HOLD);
  }

  /**
   * Marks the point as reached and, while the checkpoint is held, blocks until it is released.
   * Called by the code under test. When it was reached before and is not held this does nothing.
   *
   * <p>An interrupt ends the hold for the interrupted thread: the method returns at once and leaves
   * the interrupt flag set, so that the code under test meets the interrupt at its own next
   * blocking call, as it would without a checkpoint. A thread that comes with the flag set is not
   * held.
   *
   * @throws IllegalStateException if the thread was held for five minutes, which means that a test
   *     forgot to release it
   */
  public void reach() {
    lock.lock();
    try {
      reached = true;
      changed.signalAll();
      long left = longestHold.toNanos();
      while (held) {
        if (left <= 0) {
          throw new IllegalStateException(this + " was held for " + longestHold);
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the point was reached; returns at once if it was before. Called by the test.
   *
   * @param timeout how long to wait; zero and negative ones do not wait
   * @throws AssertionError if the point was not reached in time. The message names the checkpoint
   *     and shows the stacks of all threads; of virtual ones too if the JDK (from 21 on) gives them
   * @throws InterruptedException if the calling thread was interrupted before or during the wait;
   *     its interrupt flag is clear then
   */
  public void await(Duration timeout) throws InterruptedException {
    if (!reachedWithin(timeout)) {
      // After unlocking: taking the stacks takes time, and nobody else should wait for it.
      throw new AssertionError(
          this + " was not reached within " + timeout + ". All threads:\n" + ThreadStacks.dump());
    }
  }

  /**
   * From now on stops threads in {@link #reach()}. Has no effect on those that already went on.
   * Pair it with {@link #release()} in a finally block.
   */
  public void hold() {
    setHeld(true);
  }

  /** Lets the stopped threads go on and stops no more; does nothing when nobody is held. */
  public void release() {
    setHeld(false);
  }

  /** Returns the name, as failures show it. */
  @Override
  public String toString() {
    return "checkpoint '" + name + "'";
  }

  private boolean reachedWithin(Duration timeout) throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.convert(timeout);
    lock.lockInterruptibly();
    try {
      while (!reached) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void setHeld(boolean held) {
    lock.lock();
    try {
      this.held = held;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
