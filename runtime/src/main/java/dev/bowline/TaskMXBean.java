package dev.bowline;

/**
 * The tasks of this process as JMX shows them, under the name {@code dev.bowline:type=Task}.
 *
 * <p>The bean appears about a second after the first task was forked, unless the module {@code
 * java.management} is absent.
 */
public interface TaskMXBean {
  /** Returns how many tasks have not ended. */
  long getLiveTasks();

  /**
   * Returns how many tasks have failed since the start of the process in a way that {@link
   * TaskListener#uncaught} tells of.
   */
  long getUncaughtFailures();

  /** Returns what {@link Task#dump} writes. */
  String dump();
}
