package dev.bowline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work that a {@link TaskGroup} runs on a thread of its own.
 *
 * <p>All methods may be called from any thread. Everything that the thread which forked the task
 * did before happens before the body, and the body happens before what {@link #get()}, {@link
 * #exception()}, {@link #await()} and a final {@link #state()} tell.
 *
 * @param <T> the type of the result
 */
@SuppressWarnings("exports") // of annotations only: nobody should have to carry their modules
public sealed interface Task<T extends @Nullable Object> permits TaskRun {
  /** How a task stands. All but the first are final. */
  enum State {
    /** It runs, or is about to. */
    RUNNING,
    /** It returned. */
    SUCCEEDED,
    /** It threw, and not because it was cancelled. */
    FAILED,
    /** It stopped because it was cancelled, or never started for that reason. */
    CANCELLED
  }

  /** Returns the name that it was forked with, or else its number in the group, from 1. */
  String name();

  /** Returns the name of its group, after those of the groups around it: {@code outer/inner}. */
  String group();

  /** Returns how it stands at the moment. */
  State state();

  /**
   * Returns the result. Only after the group's owner has waited, with {@link TaskGroup#join()} or
   * {@link TaskGroup#await()}, whatever came of it but an interrupt; or has closed the group.
   * Earlier it would be luck whether there is one: who needs it earlier calls {@link #await()}.
   *
   * @throws IllegalStateException if the group's owner has not waited yet, or if the task has not
   *     succeeded; then what it threw is the cause
   */
  T get();

  /**
   * Returns what the task threw; for one that was cancelled before it started, a {@link
   * CancelledException}. Only after the group's owner has waited, as with {@link #get()}.
   *
   * @throws IllegalStateException if the group's owner has not waited yet, or if the task still
   *     runs or has succeeded
   */
  Throwable exception();

  /**
   * Blocks until this task has ended and returns its result. For other tasks; the owner of the
   * group calls {@link TaskGroup#join()}.
   *
   * <p>A task that waits for another one of a group with a limit holds its own place meanwhile.
   *
   * @throws ExecutionException if the task failed or was cancelled; the cause is what {@link
   *     #exception()} returns
   * @throws InterruptedException if the calling thread is interrupted before or while it waits; its
   *     interrupt flag is clear then. The task goes on
   */
  @CanIgnoreReturnValue
  T await() throws ExecutionException, InterruptedException;

  /**
   * Cancels this task alone: ends its context and interrupts its thread. Does not wait for it;
   * {@link #await()} does. A task that ends because of this is no failure, and the others of its
   * group go on. Does nothing to a task that has ended.
   */
  void cancel();

  /** Returns the time from the fork until now, or until the end if it has ended. */
  Duration age();

  /**
   * Returns where the task is, innermost call first. Empty if it has ended or its thread has not
   * yet begun with it.
   */
  StackTraceElement[] stack();

  /** Returns all tasks of this process that have not ended, group by group in fork order. */
  static List<Task<?>> live() {
    return LiveGroups.tasks();
  }

  /**
   * Writes what all live tasks do, for people: those of one group that are at the same place are
   * written together. The format may change.
   *
   * @param out where to; {@code System.err} for example
   * @throws IOException if writing fails
   */
  static void dump(Appendable out) throws IOException {
    TaskDump.write(live(), out);
  }
}
