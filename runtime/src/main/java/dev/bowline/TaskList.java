package dev.bowline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tasks of a group, in fork order. Adding takes no lock, and tasks that end touch nothing. */
final class TaskList {
  private static final VarHandle NEWEST;

  static {
    try {
      NEWEST = MethodHandles.lookup().findVarHandle(TaskList.class, "newest", TaskRun.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The head of a chain through {@link TaskRun#older}. */
  private volatile @Nullable TaskRun<?> newest;

  /** How many had been added when those that had ended were last forgotten. */
  private volatile int tidyAt;

  /** Adds a task and tells it its number, from 1. */
  void add(TaskRun<?> task) {
    TaskRun<?> before;
    do {
      before = newest;
      task.follow(before);
    } while (!NEWEST.compareAndSet(this, before, task));
  }

  boolean isEmpty() {
    return newest == null;
  }

  /** All tasks that have not been forgotten. */
  List<TaskRun<?>> all() {
    return find(false);
  }

  /** The tasks that have not ended. */
  List<TaskRun<?>> alive() {
    return find(true);
  }

  private List<TaskRun<?>> find(boolean onlyAlive) {
    List<TaskRun<?>> found = new ArrayList<>();
    for (TaskRun<?> next = newest; next != null; next = next.older()) {
      if (!onlyAlive || next.state() == Task.State.RUNNING) {
        found.add(next);
      }
    }
    Collections.reverse(found);
    return found;
  }

  /** Adds the contexts of the tasks that have not ended. */
  void addContexts(List<CancellableContext> contexts) {
    for (TaskRun<?> task : alive()) {
      CancellableContext ctx = task.context();
      if (ctx != null) {
        contexts.add(ctx);
      }
    }
  }

  /**
   * Forgets tasks that have ended, from time to time: so that a group which lives as long as the
   * process keeps a number in proportion to those alive, at a constant cost for each.
   */
  void tidy(int alive) {
    TaskRun<?> last = newest;
    if (last == null || last.number() - tidyAt < alive + 32) {
      return;
    }
    synchronized (this) {
      tidyAt = last.number();
      TaskRun<?> kept = last; // whoever adds refers to it
      for (TaskRun<?> next = last.older(); next != null; next = next.older()) {
        if (next.state() == Task.State.RUNNING) {
          kept.setOlder(next);
          kept = next;
        }
      }
      kept.setOlder(null);
    }
  }
}
