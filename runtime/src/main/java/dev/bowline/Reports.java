package dev.bowline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/** Tells listeners and the log what becomes of the tasks of a group. Never throws. */
final class Reports {
  /** How the process ends on a fatal failure. */
  private static final int FATAL_EXIT = 2;

  private static final LongAdder UNCAUGHT = new LongAdder();

  private final List<TaskListener> listeners;
  private final boolean supervising;
  private final Predicate<Throwable> fatal;
  private final IntConsumer halt;

  /**
   * Makes the reports of a group.
   *
   * @param own the listeners of this group alone
   * @param supervising whether nobody else hears of failures
   * @param fatal whether a failure ends the process
   * @param halt ends the process
   */
  Reports(
      List<TaskListener> own, boolean supervising, Predicate<Throwable> fatal, IntConsumer halt) {
    List<TaskListener> all = new ArrayList<>(ProcessWide.LISTENERS);
    all.addAll(own);
    listeners = List.copyOf(all);
    this.supervising = supervising;
    this.fatal = fatal;
    this.halt = halt;
  }

  /** How often {@link #uncaught} was called in this process. */
  static long uncaughtFailures() {
    return UNCAUGHT.sum();
  }

  void started(Task<?> task) {
    if (!listeners.isEmpty()) {
      tell(listener -> listener.started(task));
    }
  }

  void ended(Task<?> task) {
    if (!listeners.isEmpty()) {
      Duration duration = task.age();
      tell(listener -> listener.ended(task, duration));
    }
  }

  /** A task has failed: logs it if nobody else will, or not soon enough. */
  void failed(Task<?> task, Throwable failure) {
    boolean deadly = isFatal(failure);
    if (deadly || isUrgent(failure)) {
      uncaught(task, failure);
    }
    if (deadly) {
      dumpAndHalt();
    }
  }

  /** The task failed, and its group is closed without anybody having asked for failures. */
  void unseen(Task<?> task, Throwable failure) {
    if (!isUrgent(failure) && !isFatal(failure)) { // or it has been reported
      uncaught(task, failure);
    }
  }

  /** These tasks keep the owner of their group from closing it. */
  void stragglers(String group, List<Task<?>> tasks) {
    StringBuilder text = new StringBuilder("tasks keep their group from closing group=");
    text.append(group).append(" alive=");
    try {
      TaskDump.write(tasks, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringBuilder does not fail
    }
    logger().log(Level.WARNING, text.toString());
    if (!listeners.isEmpty()) {
      for (Task<?> task : tasks) {
        StackTraceElement[] stack = task.stack();
        tell(listener -> listener.straggler(task, stack));
      }
    }
  }

  /** A loop of the group left out some of its runs. */
  void dropped(String group, long ticks) {
    tell(listener -> listener.dropped(group, ticks));
  }

  private void uncaught(Task<?> task, Throwable failure) {
    UNCAUGHT.increment();
    boolean expected = failure instanceof Exception && !(failure instanceof RuntimeException);
    logger()
        .log(
            expected ? Level.WARNING : Level.ERROR,
            "task failed " + labels(task) + " exception=" + failure.getClass().getName(),
            failure);
    tell(listener -> listener.uncaught(task, failure));
  }

  private boolean isUrgent(Throwable failure) {
    return supervising || failure instanceof Error;
  }

  private boolean isFatal(Throwable failure) {
    try {
      return fatal.test(failure);
    } catch (Throwable broken) {
      logger().log(Level.ERROR, "the test for fatal failures failed", broken);
      return false;
    }
  }

  private void dumpAndHalt() {
    try {
      Task.dump(System.err);
    } catch (IOException | RuntimeException e) {
      logger().log(Level.ERROR, "no dump of the tasks", e);
    } finally {
      halt.accept(FATAL_EXIT);
    }
  }

  private void tell(Consumer<TaskListener> event) {
    for (TaskListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (Throwable broken) {
        logger()
            .log(
                Level.ERROR,
                "task listener failed listener=" + listener.getClass().getName(),
                broken);
      }
    }
  }

  private static String labels(Task<?> task) {
    return "group=" + task.group() + " task=" + task.name() + " age=" + task.age();
  }

  private static System.Logger logger() {
    return System.getLogger("dev.bowline");
  }

  private static final class ProcessWide {
    static final List<TaskListener> LISTENERS = load();

    /**
     * With the loader of this class: that of the thread which happens to come first means nothing.
     */
    private static List<TaskListener> load() {
      List<TaskListener> found = new ArrayList<>();
      Iterator<TaskListener> providers =
          ServiceLoader.load(TaskListener.class, Reports.class.getClassLoader()).iterator();
      while (true) {
        try {
          if (!providers.hasNext()) {
            return List.copyOf(found);
          }
          found.add(providers.next());
        } catch (ServiceConfigurationError e) {
          logger().log(Level.ERROR, "a task listener cannot be loaded", e);
        }
      }
    }
  }
}
