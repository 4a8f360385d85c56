package dev.bowline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Until when work may go on, and a few values that travel with it.
 *
 * <p>A context is passed on as the first parameter, named {@code ctx}, of every method that blocks
 * or starts work; it is never stored in a field. Methods that narrow it return a new context, the
 * child, and leave this one as it is. A child ends when its parent does, with the same cause, or
 * earlier.
 *
 * <p>Ending a context is a request. Code learns of it by {@link #check()} or {@link #isDone()}
 * between steps, by {@link #onCancel} for what can be stopped from outside, or by a {@link
 * CancelledException} out of a method that blocks. Threads that run {@link #call} or a task of a
 * {@link TaskGroup} under it are interrupted; no thread is, just because it has a reference to a
 * context.
 *
 * <p>Contexts may be used by any number of threads at once. No parameter may be null unless it says
 * so.
 */
@SuppressWarnings("exports") // of annotations only: nobody should have to carry their modules
public abstract sealed class Context permits CancellableContext, PlainContext {
  private final @Nullable Binding bindings;

  Context(@Nullable Binding bindings) {
    this.bindings = bindings;
  }

  /**
   * Returns the root: it never ends and has no values. For {@code main} and tests; all other code
   * is given its context.
   */
  public static Context background() {
    return PlainContext.BACKGROUND;
  }

  /**
   * Returns a root like {@link #background()} that marks unfinished work: nobody has decided yet
   * where this context should come from.
   */
  public static Context todo() {
    return PlainContext.TODO;
  }

  /**
   * Returns a child that can be ended early. It has already ended if this one has.
   *
   * @return the child, to be closed by the caller
   */
  @MustBeClosed
  public CancellableContext withCancel() {
    return CancellableContext.open(this);
  }

  /**
   * Returns a child that ends after the given time, or with this context's own deadline if that is
   * earlier. At a deadline the cause is a {@link java.util.concurrent.TimeoutException}.
   *
   * @param timeout the time from now, to the nanosecond; if zero or negative the child has already
   *     ended. More than 292 years count as 292 years
   * @return the child, to be closed by the caller
   */
  @MustBeClosed
  public CancellableContext withTimeout(Duration timeout) {
    long now = System.nanoTime();
    return CancellableContext.open(this, now + nanos(timeout), now);
  }

  /**
   * Returns a child that ends at the given point in time, or with this context's own deadline if
   * that is earlier: {@link #withTimeout} for who has computed the deadline before.
   *
   * @param nanoTime the deadline, as a value of {@link System#nanoTime()} in this process; if it
   *     has passed the child has already ended
   * @return the child, to be closed by the caller
   */
  @MustBeClosed
  public CancellableContext withDeadlineNanos(long nanoTime) {
    return CancellableContext.open(this, nanoTime, System.nanoTime());
  }

  /**
   * Returns a child in which the key has the given value. It ends exactly when this context does.
   *
   * @param key what to find the value by
   * @param value the value, which should be immutable since tasks share it; null hides an outer
   *     value and the key's default
   */
  public <T> Context with(Key<T> key, @Nullable T value) {
    Objects.requireNonNull(key, "key");
    return new PlainContext(lifetime(), new Binding(key, value, bindings));
  }

  /**
   * Returns the value that was bound to the key last on the way from the root to this context, else
   * the key's default, else null.
   *
   * <p>Takes time in proportion to the number of values bound.
   */
  public <T> @Nullable T get(Key<T> key) {
    Objects.requireNonNull(key, "key");
    for (Binding next = bindings; next != null; next = next.outer()) {
      if (next.key() == key) {
        @SuppressWarnings("unchecked") // with(key, value) is the only maker of bindings
        T value = (T) next.value();
        return value;
      }
    }
    return key.defaultValue;
  }

  /**
   * Returns a context with the same values that never ends and has no deadline. For work that must
   * go on after the caller was cancelled, such as cleaning up; give it a timeout of its own.
   */
  public Context detached() {
    return lifetime() == null ? this : new PlainContext(null, bindings);
  }

  /**
   * Returns whether this context has ended: it was cancelled or closed, its deadline has passed, or
   * one of these is true of a context that it was made from. Never turns false again.
   *
   * <p>The deadline is compared with the clock here, so the answer does not depend on the timer
   * having been on time. Runs no callbacks.
   */
  public boolean isDone() {
    return cause() != null;
  }

  /**
   * Returns why this context has ended: null while it is live, later always the same object. Who
   * saw {@link #isDone()} return true does not see null.
   */
  public @Nullable Throwable cause() {
    CancellableContext lifetime = lifetime();
    return lifetime == null ? null : lifetime.endCause();
  }

  /**
   * Throws if this context has ended. Cheap enough for the head of a loop. The thread's interrupt
   * flag does not matter, and stays as it is unless the end of this context has set it: see {@link
   * CancelledException}.
   *
   * @throws CancelledException if this context has ended
   */
  public void check() throws CancelledException {
    Throwable cause = cause();
    if (cause != null) {
      throw cancelled(cause);
    }
  }

  /**
   * Returns the time left to the deadline: empty without a deadline, zero when it has passed. Says
   * nothing about whether the context was cancelled before.
   */
  public Optional<Duration> remaining() {
    CancellableContext lifetime = lifetime();
    if (lifetime == null || !lifetime.hasDeadline()) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(Math.max(0, lifetime.nanosLeft())));
  }

  /**
   * Blocks the calling thread for the given time, or until this context ends or the thread is
   * interrupted. Whatever it throws, the thread's interrupt flag is clear afterwards.
   *
   * @param duration how long, to the nanosecond; zero and negative ones do not wait
   * @throws CancelledException if this context has ended, before or during the wait
   * @throws InterruptedException if the thread was interrupted, before or during the wait, while
   *     this context was live
   */
  public void sleep(Duration duration) throws InterruptedException {
    long wakeAt = System.nanoTime() + nanos(duration);
    parkUntil(this, () -> wakeAt - System.nanoTime());
  }

  /**
   * Blocks the calling thread until a future is done, this context ends, or the thread is
   * interrupted. In the last two cases the future is cancelled, for nobody waits for it any more;
   * note that cancelling a {@link java.util.concurrent.CompletableFuture} stops none of the code
   * that was to complete it.
   *
   * @param future what to wait for
   * @return its result
   * @throws ExecutionException if the future failed
   * @throws java.util.concurrent.CancellationException if the future was cancelled by others
   * @throws CancelledException if this context has ended, before or during the wait, even if the
   *     future was done before that
   * @throws InterruptedException if the thread was interrupted, before or during the wait, while
   *     this context was live; the interrupt flag is clear then
   */
  @CanIgnoreReturnValue
  public <T extends @Nullable Object> T await(Future<T> future)
      throws ExecutionException, InterruptedException {
    Objects.requireNonNull(future, "future");
    try {
      return call(waiting -> future.get());
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    } catch (CancellationException e) {
      check(); // whatever cancelled the future may only have been the first to hear of the end
      throw e;
    } catch (ExecutionException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("Future.get throws no such exception", e);
    }
  }

  /**
   * Runs work on the calling thread, and interrupts the thread once if this context ends meanwhile.
   * For code that blocks but knows no contexts:
   *
   * <pre>{@code
   * String line = ctx.call(c -> queue.take());
   * }</pre>
   *
   * <p>The interrupt comes while the work runs or not at all. If the work has not noticed it by
   * then, it is taken out of the thread's interrupt flag when this method is left; an interrupt
   * from elsewhere stays there, unless both came, for the flag does not count.
   *
   * @param body the work; it is given a context that ends with this one, and when it returns
   * @return its result, also if this context ended without its noticing
   * @throws CancelledException if this context has ended, before the work started or in a way that
   *     made it throw an {@link InterruptedException}
   * @throws Exception what the work throws otherwise
   */
  @CanIgnoreReturnValue
  public <T extends @Nullable Object> T call(Work<T> body) throws Exception {
    Objects.requireNonNull(body, "body");
    CancellableContext lifetime = lifetime();
    return lifetime == null ? body.run(this) : Call.run(lifetime, this, body);
  }

  /**
   * Has an action run once when this context ends: on the thread that ends it, after the actions
   * that were registered earlier. If the context has already ended the action runs at once, on the
   * calling thread. On a context that never ends it never runs and is not kept.
   *
   * <p>The action should be quick and must not wait: others wait for it, and at a deadline it runs
   * on the one timer thread of the process. What it throws is logged and stops nobody.
   *
   * @param action what to run, for example {@code socket::close}
   * @return a handle to take the action back; may be ignored if it should stay until the end
   */
  @CanIgnoreReturnValue
  public Registration onCancel(Runnable action) {
    Objects.requireNonNull(action, "action");
    CancellableContext lifetime = lifetime();
    return lifetime == null ? Callback.NEVER : lifetime.addCallback(action);
  }

  /** For people who debug; the format may change. */
  @Override
  public String toString() {
    Throwable cause = cause();
    if (cause != null) {
      return "Context[ended: " + cause + "]";
    }
    return "Context[live" + remaining().map(left -> ", " + left + " left").orElse("") + "]";
  }

  /** The cancellable context that this one ends with, itself or an ancestor; null for none. */
  abstract @Nullable CancellableContext lifetime();

  /** What to throw since this context has ended. The calling thread is not interrupted for it. */
  CancelledException cancelled(Throwable cause) {
    CancellableContext lifetime = lifetime();
    if (lifetime != null) {
      lifetime.tellCaller();
    }
    return new CancelledException(cause);
  }

  /** The values of this context, innermost first; null for none. */
  @Nullable Binding bindings() {
    return bindings;
  }

  /**
   * Blocks the calling thread until nothing is left to wait for, this context ends, or the thread
   * is interrupted. Whatever it throws, the thread's interrupt flag is clear afterwards. What ends
   * the wait earlier than its time has to unpark the thread.
   *
   * @param blocker what people who debug see the thread wait for
   * @param nanosLeft how long to wait at most; zero or less when the wait is over
   * @throws CancelledException if this context has ended, before or during the wait
   * @throws InterruptedException if the thread was interrupted, before or during the wait, while
   *     this context was live
   */
  void parkUntil(Object blocker, LongSupplier nanosLeft) throws InterruptedException {
    CancellableContext lifetime = lifetime();
    Thread waiter = Thread.currentThread();
    Registration wakeUp =
        lifetime == null ? Callback.NEVER : lifetime.addSleeper(() -> LockSupport.unpark(waiter));
    try {
      while (true) {
        checkBeforeWait();
        long left = nanosLeft.getAsLong();
        if (left <= 0) {
          return;
        }
        long limit = lifetime == null ? left : Math.min(left, lifetime.nanosLeft());
        if (limit == Long.MAX_VALUE) {
          LockSupport.park(blocker);
        } else {
          LockSupport.parkNanos(blocker, limit);
        }
      }
    } finally {
      wakeUp.unregister();
    }
  }

  /**
   * Throws if the calling thread has no business to wait. The thread's interrupt flag is clear
   * afterwards.
   *
   * @throws CancelledException if this context has ended
   * @throws InterruptedException if the thread was interrupted while this context was live
   */
  void checkBeforeWait() throws InterruptedException {
    // In this order: an interrupt that follows the end is seen together with the end.
    boolean interrupted = Thread.interrupted();
    check();
    if (interrupted) {
      throw new InterruptedException("interrupted before or during a wait");
    }
  }

  /** A length of time that can be added to {@code nanoTime}: not negative, at most 292 years. */
  static long nanos(Duration duration) {
    return Math.max(0, TimeUnit.NANOSECONDS.convert(duration));
  }

  /**
   * What a value in a context is found by. Keys are compared by identity, so each belongs in a
   * {@code static final} field; two keys of the same name are two keys.
   *
   * @param <T> the type of the values
   */
  public static final class Key<T> {
    private final String name;
    private final @Nullable T defaultValue;

    private Key(String name, @Nullable T defaultValue) {
      this.name = Objects.requireNonNull(name, "name");
      this.defaultValue = defaultValue;
    }

    /**
     * Makes a key without a default.
     *
     * @param name what people see when they debug
     */
    public static <T> Key<T> of(String name) {
      return new Key<>(name, null);
    }

    /**
     * Makes a key with a default.
     *
     * @param name what people see when they debug
     * @param defaultValue what {@link Context#get} returns where no value is bound; may be null
     */
    public static <T> Key<T> of(String name, @Nullable T defaultValue) {
      return new Key<>(name, defaultValue);
    }

    /** Returns the name. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** An action that waits for the end of a context. All methods may be called from any thread. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    /**
     * Takes the action back.
     *
     * @return true if the action has not run and will not; false if it has run, is running, or was
     *     taken back before
     */
    @CanIgnoreReturnValue
    boolean unregister();

    /** Takes the action back, as {@link #unregister()} does. Does not wait for a running one. */
    @Override
    default void close() {
      unregister();
    }
  }
}
