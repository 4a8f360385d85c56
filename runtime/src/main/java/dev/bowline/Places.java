package dev.bowline;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How many tasks of a group may run at once. Whoever waits for a place hears of its end. */
@SuppressWarnings("StoredContext") // that of the group whose places these are
final class Places {
  /** Twice as many are still fewer than a semaphore can have. */
  static final int MAX = 1 << 29;

  private final Semaphore free;
  private final CancellableContext ctx;

  Places(CancellableContext ctx, int limit) {
    free = new Semaphore(limit);
    this.ctx = ctx;
    // Lets all in who wait: they find the group cancelled.
    Context.Registration unused = ctx.addSleeper(() -> free.release(MAX));
  }

  boolean tryTake() {
    return free.tryAcquire();
  }

  /**
   * Waits for a place; null once there is one, otherwise why there is none: the end of the context,
   * or an interrupt, which stays in the thread's flag.
   */
  @Nullable Throwable take() {
    try {
      while (!ctx.isDone()) {
        if (free.tryAcquire(ctx.nanosLeft(), TimeUnit.NANOSECONDS)) {
          return null;
        }
      }
      return ctx.cause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e;
    }
  }

  void free() {
    free.release();
  }
}
