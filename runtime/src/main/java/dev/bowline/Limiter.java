package dev.bowline;

import com.google.errorprone.annotations.MustBeClosed;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many in at a time: a semaphore whose waiters can be told to stop, and whose permits are
 * given back by closing them.
 *
 * <pre>{@code
 * private final Limiter downloads = Limiter.of(8);
 *
 * try (var permit = downloads.acquire(ctx)) {
 *   return fetch(ctx, url);
 * }
 * }</pre>
 *
 * <p>Waiters are served in the order in which they came. One that waits for many permits is not
 * starved by those who want few, and one that gives up does not hold up those behind it. The rules
 * are those of Go's {@code golang.org/x/sync/semaphore}.
 *
 * <p>All methods may be called from any thread; a permit may be closed by another thread than the
 * one that acquired it.
 */
@SuppressWarnings("exports") // of annotations only: nobody should have to carry their modules
public final class Limiter {
  private final int permits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Waiter<Void>, Integer> queue = new LinkedHashMap<>(); // guarded by lock
  private int available; // guarded by lock

  private Limiter(int permits) {
    this.permits = permits;
    available = permits;
  }

  /**
   * Makes a limiter.
   *
   * @param permits how many permits there are
   * @throws IllegalArgumentException if that is less than one
   */
  public static Limiter of(int permits) {
    requirePositive(permits);
    return new Limiter(permits);
  }

  /**
   * Takes one permit, as {@link #acquire(Context, int)} does.
   *
   * @throws CancelledException if the context has ended, before or during the wait
   * @throws InterruptedException if the thread was interrupted, before or during the wait
   */
  @MustBeClosed
  public Permit acquire(Context ctx) throws InterruptedException {
    return acquire(ctx, 1);
  }

  /**
   * Takes this many permits at once. Blocks until they are free and everybody who came earlier has
   * been served, or until the context ends or the thread is interrupted; then no permit is taken,
   * even if some are free, and the thread's interrupt flag is clear.
   *
   * <p>Whoever asks for more permits than there are waits for the end of the context, without being
   * in anybody's way.
   *
   * @return the permits, to be closed by the caller
   * @throws CancelledException if the context has ended, before or during the wait
   * @throws InterruptedException if the thread was interrupted, before or during the wait
   * @throws IllegalArgumentException if the number is less than one
   */
  @MustBeClosed
  public Permit acquire(Context ctx, int permits) throws InterruptedException {
    requirePositive(permits);
    ctx.checkBeforeWait();
    Waiter<Void> waiter = new Waiter<>(null);
    lock.lock();
    try {
      if (isFree(permits)) {
        return take(permits);
      }
      if (permits <= this.permits) {
        queue.put(waiter, permits);
      }
    } finally {
      lock.unlock();
    }
    boolean acquired = false;
    try {
      waiter.await(ctx, this);
      acquired = true;
      return new Permit(this, permits);
    } finally {
      if (!acquired) {
        giveUp(waiter, permits);
      }
    }
  }

  /**
   * Takes this many permits if they are free now and nobody waits. Never blocks.
   *
   * @return the permits, to be closed by the caller; null if they cannot be had
   * @throws IllegalArgumentException if the number is less than one
   */
  @MustBeClosed
  public @Nullable Permit tryAcquire(int permits) {
    requirePositive(permits);
    lock.lock();
    try {
      return isFree(permits) ? take(permits) : null;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many permits are free at this moment, for people who watch. */
  public int available() {
    lock.lock();
    try {
      return available;
    } finally {
      lock.unlock();
    }
  }

  /** For people who debug; the format may change. */
  @Override
  public String toString() {
    return "Limiter[" + available() + " of " + permits + " free]";
  }

  private boolean isFree(int wanted) {
    return queue.isEmpty() && wanted <= available;
  }

  private Permit take(int wanted) {
    available -= wanted;
    return new Permit(this, wanted);
  }

  private void release(Permit permit) {
    lock.lock();
    try {
      // Under the lock: whoever closes it second finds what the first has given back.
      if (!permit.closed) {
        permit.closed = true;
        available += permit.permits;
        serveQueue();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * After a wait that failed: what was granted at the last moment goes to the next in the queue.
   */
  private void giveUp(Waiter<Void> waiter, int wanted) {
    lock.lock();
    try {
      queue.remove(waiter);
      if (waiter.isGranted()) {
        available += wanted;
      }
      serveQueue();
    } finally {
      lock.unlock();
    }
  }

  private void serveQueue() {
    Iterator<Map.Entry<Waiter<Void>, Integer>> inOrder = queue.entrySet().iterator();
    while (inOrder.hasNext()) {
      Map.Entry<Waiter<Void>, Integer> first = inOrder.next();
      if (first.getValue() > available) {
        return; // or one that wants few would pass by, and the first would starve
      }
      available -= first.getValue();
      inOrder.remove();
      first.getKey().grant(null);
    }
  }

  private static void requirePositive(int permits) {
    if (permits < 1) {
      throw new IllegalArgumentException("permits must be positive, but were " + permits);
    }
  }

  /** What was taken from a {@link Limiter}, until it is closed. */
  public static final class Permit implements AutoCloseable {
    private final Limiter limiter;
    private final int permits;
    private boolean closed; // guarded by the limiter's lock

    private Permit(Limiter limiter, int permits) {
      this.limiter = limiter;
      this.permits = permits;
    }

    /** Gives back what was taken. Does nothing the second time. Never blocks. */
    @Override
    public void close() {
      limiter.release(this);
    }
  }
}
