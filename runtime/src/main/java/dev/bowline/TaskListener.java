package dev.bowline;

import java.time.Duration;

/**
 * Is told what becomes of tasks, for metrics and logs.
 *
 * <p>A listener is given to one group with {@link TaskGroup.Builder#listener}, or to all groups of
 * the process by naming its class as a {@link java.util.ServiceLoader} service; those of the
 * process are told first. One that cannot be loaded is logged and left out.
 *
 * <p>The methods are called on the thread of the task unless they say otherwise, so by several
 * threads at once. They should be quick and must not throw: what they throw is logged and changes
 * nothing.
 */
public interface TaskListener {
  /**
   * The body of a task is about to run. Not called for a task that was cancelled before that.
   *
   * @param task the task
   */
  default void started(Task<?> task) {}

  /**
   * The body of a task has run. Its state is final, it no longer counts towards the limit of its
   * group, and the owner of the group still waits for this method.
   *
   * @param task the task; {@link Task#state()} tells how it ended
   * @param duration from the fork to the end
   */
  default void ended(Task<?> task, Duration duration) {}

  /**
   * A task has failed in a way that no {@link TaskGroup#join} reports, or not before it is too
   * late: in a group that supervises, with an {@link Error} or a failure that the group holds
   * fatal, or in a group that was closed without waiting; then this is called on the owner's
   * thread. Called before {@link #ended}, or after the group's tasks have all ended.
   *
   * @param task the task
   * @param failure what it threw
   */
  default void uncaught(Task<?> task, Throwable failure) {}

  /**
   * A task still runs although its group waits in {@link TaskGroup#close()}; called on the owner's
   * thread, every ten seconds. Or it still runs at the deadline of a {@link Service} that stops;
   * called once, on the thread that runs the service, which returns or exits after that.
   *
   * @param task the task
   * @param stack where it is, innermost call first
   */
  default void straggler(Task<?> task, StackTraceElement[] stack) {}

  /**
   * Something periodic could not keep up.
   *
   * @param group the group or loop, by name
   * @param ticks how many runs were left out since the last call; positive
   */
  default void dropped(String group, long ticks) {}
}
