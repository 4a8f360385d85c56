package dev.bowline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Context} that its owner can end, and that may have a deadline.
 *
 * <p>Made by {@link Context#withCancel()}, {@link Context#withTimeout} and {@link
 * Context#withDeadlineNanos}, in a try-with-resources statement, so that it never outlives the work
 * it was made for:
 *
 * <pre>{@code
 * try (var limited = ctx.withTimeout(Duration.ofSeconds(2))) {
 *   return fetch(limited, url);
 * }
 * }</pre>
 *
 * <p>It ends once, at the first of: {@link #cancel}, {@link #close}, its deadline, the end of the
 * context that it was made from. Ending goes in this order: this context and all that were made
 * from it, parents before children and siblings in the order they were made; then their {@link
 * #onCancel} callbacks in the same order; then threads that are blocked in a method of this package
 * wake up; then threads that run a {@link #call} or a task under it are interrupted, each once. All
 * of this happens on the thread that ends the context: the caller of {@code cancel} or {@code
 * close}, or the timer thread for a deadline.
 *
 * <p>Its parent keeps a reference to it until it has ended, so one that is never closed stays in
 * memory as long as its parent.
 *
 * <p>All methods may be called from any thread. None of them blocks, except those that say so and
 * for the time that callbacks take.
 */
@SuppressWarnings("exports") // of annotations only: nobody should have to carry their modules
public final class CancellableContext extends Context implements AutoCloseable {
  private static final VarHandle END;
  private static final VarHandle FOLLOWERS;

  static {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      END = lookup.findVarHandle(CancellableContext.class, "end", End.class);
      FOLLOWERS = lookup.findVarHandle(CancellableContext.class, "followers", Followers.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final @Nullable CancellableContext parent;

  /** The one of this context and its ancestors with the earliest deadline; null without any. */
  private final @Nullable CancellableContext timed;

  /** In {@link System#nanoTime()}, and from the creation on; both mean nothing without timed. */
  private final long deadline;

  private final long timeout;

  /** What lets a thread work under this context and be interrupted when it ends; null for none. */
  private final @Nullable InterruptGate gate;

  /** The tasks of a group whose context this is, which end with it; null for other contexts. */
  private final @Nullable TaskList tasks;

  /** Null while live. The cause in it never changes. */
  private volatile @Nullable End end;

  /** Null as long as there are none. */
  private volatile @Nullable Followers followers;

  private volatile @Nullable Future<?> timer;

  /** A child that ends when its parent does, or earlier. */
  private CancellableContext(Context ctx, @Nullable InterruptGate gate, @Nullable TaskList tasks) {
    super(ctx.bindings());
    parent = ctx.lifetime();
    timed = parent == null ? null : parent.timed;
    deadline = timed == null ? 0 : timed.deadline;
    timeout = 0;
    this.gate = gate;
    this.tasks = tasks;
  }

  /** A child with a deadline of its own, unless its parent's comes first. */
  private CancellableContext(Context ctx, long deadline, long now, @Nullable TaskList tasks) {
    super(ctx.bindings());
    parent = ctx.lifetime();
    CancellableContext outer = parent == null ? null : parent.timed;
    // Only differences of nanoTime can be compared.
    boolean outerFirst = outer != null && outer.deadline - now <= deadline - now;
    timed = outerFirst ? outer : this;
    this.deadline = timed == this ? deadline : timed.deadline;
    timeout = deadline - now;
    gate = null;
    this.tasks = tasks;
  }

  static CancellableContext open(Context ctx) {
    return new CancellableContext(ctx, null, null).start();
  }

  static CancellableContext open(Context ctx, long deadline, long now) {
    return new CancellableContext(ctx, deadline, now, null).start();
  }

  /** A child whose end interrupts the thread inside the gate. */
  static CancellableContext open(Context ctx, InterruptGate gate) {
    return new CancellableContext(ctx, gate, null).start();
  }

  /** A child whose end is that of the tasks too. */
  static CancellableContext open(Context ctx, TaskList tasks) {
    return new CancellableContext(ctx, null, tasks).start();
  }

  /** A child whose end is that of the tasks too, with a deadline of its own. */
  static CancellableContext open(Context ctx, long deadline, long now, TaskList tasks) {
    return new CancellableContext(ctx, deadline, now, tasks).start();
  }

  /**
   * The context of a task, which its parent, the group's context, finds through the list of tasks.
   * Whoever adds it there lets it end if the parent has ended meanwhile.
   */
  static CancellableContext ofTask(CancellableContext group, InterruptGate gate) {
    return new CancellableContext(group, gate, null);
  }

  /**
   * Ends this context, unless it has ended already.
   *
   * <p>Does not interrupt a thread that merely uses this context, nor the calling thread unless it
   * is inside a {@link #call} or a task under it.
   *
   * @param cause what {@link #cause()} returns from now on, as the same object; null stands for a
   *     {@link CancellationException} with the message "closed"
   * @return true if this call ended the context; then everything described at {@link
   *     CancellableContext} has happened on return. False if it had ended before, or another thread
   *     is just ending it
   */
  @CanIgnoreReturnValue
  public boolean cancel(@Nullable Throwable cause) {
    // Asking for the cause lets a passed deadline come first even if its timer is late.
    boolean first = endCause() == null && end(cause == null ? new Closed() : cause, true);
    if (first || takeOver()) {
      tellEverybody();
    }
    return first;
  }

  /**
   * Ends this context as {@code cancel(null)} does. Afterwards its parent and the timer no longer
   * know it. Does nothing to one that has ended, and may be called again.
   */
  @Override
  public void close() {
    cancel(null);
  }

  @Override
  CancellableContext lifetime() {
    return this;
  }

  /** The cause if this context has ended, by the clock too; null while it is live. */
  @Nullable Throwable endCause() {
    End seen = end;
    if (seen != null) {
      return seen.cause;
    }
    if (timed == null || nanosLeft() > 0) {
      return null;
    }
    // The callbacks are left to the timer, or to close: whoever only asks does not run them.
    timed.end(timed.timeoutException(), false);
    end(timed.end.cause, false);
    return end.cause;
  }

  boolean hasDeadline() {
    return timed != null;
  }

  /** Nanoseconds to the deadline, negative when it has passed; the largest long without one. */
  long nanosLeft() {
    return timed == null ? Long.MAX_VALUE : deadline - System.nanoTime();
  }

  /** Runs the action once when this context ends, or at once if it has. */
  Registration addCallback(Runnable action) {
    Registry<Callback> callbacks = followers().callbacks;
    Callback callback = new Callback(callbacks, action);
    callbacks.add(callback);
    // If the end came in between, either this thread or the one that tells everybody gets it.
    if (endCause() != null && callback.unregister()) {
      callback.run();
    }
    return callback;
  }

  /** Runs the action after the callbacks when this context ends; not if it has already. */
  Registration addSleeper(Runnable wakeUp) {
    Registry<Callback> sleepers = followers().sleepers;
    Callback sleeper = new Callback(sleepers, wakeUp);
    sleepers.add(sleeper);
    return sleeper;
  }

  /**
   * The calling thread learns by an exception that this context has ended: it needs no interrupt
   * any more for that, or for the end of an ancestor.
   */
  void tellCaller() {
    for (CancellableContext next = this; next != null; next = next.parent) {
      if (next.gate != null && next.endCause() != null) {
        next.gate.tell();
      }
    }
  }

  /** Whether the thread has been interrupted by the end of this context, or an ancestor's. */
  boolean hasInterrupted(Thread thread) {
    for (CancellableContext next = this; next != null; next = next.parent) {
      if (next.gate != null && next.gate.hasInterrupted(thread)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the cause is that of a mere {@link #close()}, which says nothing. */
  static boolean saysNothing(Throwable cause) {
    return cause instanceof Closed;
  }

  private CancellableContext start() {
    if (parent != null) {
      Throwable over = parent.endCause();
      if (over != null) {
        end(over, true);
        return this;
      }
    }
    if (timed == this) {
      if (endCause() != null) {
        return this;
      }
      timer = DeadlineTimer.schedule(deadline, this::expire);
    }
    if (parent != null) {
      parent.adopt(this);
    }
    return this;
  }

  private Followers followers() {
    Followers present = followers;
    if (present == null) {
      present = new Followers();
      if (!FOLLOWERS.compareAndSet(this, null, present)) {
        present = followers;
      }
    }
    return present;
  }

  private void adopt(CancellableContext child) {
    Registry<CancellableContext> children = followers().children;
    children.add(child);
    // If the end came in between, a thread that tells everybody may have missed the child, or it
    // has taken it and will end it with the same cause.
    Throwable over = endCause();
    if (over != null) {
      child.cancel(over);
    } else if (child.end != null) {
      children.remove(child); // its timer was faster
    }
  }

  private void expire() {
    end(timeoutException(), false);
    if (takeOver()) {
      tellEverybody();
    }
  }

  /**
   * Sets the cause, if none is set.
   *
   * @param telling whether the caller is going to tell everybody, or leaves that to another
   * @return whether this call set it
   */
  @CanIgnoreReturnValue
  private boolean end(Throwable cause, boolean telling) {
    return END.compareAndSet(this, null, new End(cause, telling));
  }

  /** Whether this context has ended, nobody has told anybody, and the caller now has to. */
  private boolean takeOver() {
    End seen = end;
    return seen != null && !seen.told && END.compareAndSet(this, seen, new End(seen.cause, true));
  }

  /** What follows the end of this context; for the one thread that has undertaken it. */
  private void tellEverybody() {
    Followers siblings = parent == null ? null : parent.followers;
    if (siblings != null) {
      siblings.children.remove(this);
    }
    if (followers != null || tasks != null) {
      tellFollowers();
    } else { // the same for this one alone, which is what most are
      stopTimer();
      if (gate != null) {
        gate.interrupt();
      }
    }
  }

  private void tellFollowers() {
    List<CancellableContext> ended = new ArrayList<>();
    ended.add(this);
    for (int i = 0; i < ended.size(); i++) { // the list grows: deep nesting needs no deep stack
      ended.get(i).endChildren(ended);
    }
    for (CancellableContext each : ended) {
      each.stopTimer();
    }
    for (CancellableContext each : ended) {
      if (each.followers != null) {
        Callback.runAll(each.followers.callbacks);
      }
    }
    for (CancellableContext each : ended) {
      if (each.followers != null) {
        Callback.runAll(each.followers.sleepers);
      }
    }
    for (CancellableContext each : ended) {
      if (each.gate != null) {
        each.gate.interrupt();
      }
    }
  }

  private void stopTimer() {
    Future<?> pending = timer;
    if (pending != null) {
      pending.cancel(false);
    }
  }

  /** Ends what was made from this context, and adds what nobody else is going to tell. */
  private void endChildren(List<CancellableContext> ended) {
    Throwable cause = end.cause;
    List<CancellableContext> children = new ArrayList<>();
    if (followers != null) {
      children.addAll(followers.children.takeAll());
    }
    if (tasks != null) {
      tasks.addContexts(children);
    }
    for (CancellableContext child : children) {
      if (child.end(cause, true) || child.takeOver()) {
        ended.add(child);
      }
    }
  }

  private TimeoutException timeoutException() {
    return new TimeoutException("deadline of " + Duration.ofNanos(timeout) + " passed");
  }

  /**
   * How a context ended.
   *
   * @param cause why
   * @param told whether some thread tells, or has told, its children and callbacks
   */
  private record End(Throwable cause, boolean told) {}

  /** The cause of an ordinary close: so frequent that it does without a stack trace. */
  private static final class Closed extends CancellationException {
    private static final long serialVersionUID = 1L;

    Closed() {
      super("closed");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
