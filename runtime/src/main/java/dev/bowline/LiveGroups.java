package dev.bowline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** The groups that have forked and are not closed: through them live tasks are found. */
final class LiveGroups {
  private static final Set<TaskGroup> GROUPS = ConcurrentHashMap.newKeySet();

  /** Starting JMX takes half a second of computing, which many a short program can do without. */
  private static final Duration JMX_DELAY = Duration.ofSeconds(1);

  private static final AtomicBoolean JMX_CARED_FOR =
      new AtomicBoolean(ModuleLayer.boot().findModule("java.management").isEmpty());

  private LiveGroups() {}

  static void add(TaskGroup group) {
    GROUPS.add(group);
    if (!JMX_CARED_FOR.get() && JMX_CARED_FOR.compareAndSet(false, true)) {
      Future<?> unused =
          DeadlineTimer.schedule(
              System.nanoTime() + JMX_DELAY.toNanos(),
              () -> TaskThreads.of(TaskGroup.Threads.PLATFORM).execute(TaskBean::register));
    }
  }

  static void remove(TaskGroup group) {
    GROUPS.remove(group);
  }

  /** The tasks that have not ended, group by group in the order of their names. */
  static List<Task<?>> tasks() {
    List<TaskGroup> groups = new ArrayList<>(GROUPS);
    groups.sort(Comparator.comparing(TaskGroup::path));
    List<Task<?>> tasks = new ArrayList<>();
    for (TaskGroup group : groups) {
      tasks.addAll(group.alive());
    }
    return List.copyOf(tasks);
  }
}
