package dev.bowline.testing;

import dev.bowline.Task;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What ran at some moment, and so is nobody's leak afterwards.
 *
 * <p>Threads are told apart by identity, never by name, and virtual ones, of which there is no
 * object, by their number: the JDK gives no number twice in a process and counts upwards, so every
 * thread that was made later has a larger one than {@link #nextId}.
 */
final class Baseline {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final long nextId;
  private final long made;
  private final long started;

  /** Null if platform threads are told apart by their numbers, too. */
  private final @Nullable Set<Thread> threads;

  /** Those of them that had nothing to do. */
  private final Set<Thread> idle;

  private final Set<Task<?>> tasks;

  private Baseline(@Nullable Set<Thread> threads, Set<Thread> idle) {
    ThreadStarts.listen();
    this.threads = threads;
    this.idle = idle;
    tasks = identitySet();
    tasks.addAll(Task.live());
    started = THREADS.getTotalStartedThreadCount();
    made = ThreadIds.made();
    nextId = ThreadIds.next();
  }

  /** All that there is, with what workers of pools are doing. Looks at the stack of each thread. */
  static Baseline full() {
    Set<Thread> threads = identitySet();
    Set<Thread> idle = identitySet();
    for (LiveThread live : LiveThread.platform()) {
      Thread thread = live.thread();
      threads.add(thread);
      if (live.isIdleWorker()) {
        idle.add(thread);
      }
    }
    return new Baseline(threads, idle);
  }

  /**
   * The same for next to nothing. It does not notice when a pool's older thread gets new work, or a
   * thread that was made before is started.
   */
  static Baseline cheap() {
    return new Baseline(null, Set.of());
  }

  /** Whether the thread was there and is still at the same work. */
  boolean has(LiveThread live) {
    Thread thread = live.thread();
    if (thread == null || threads == null) {
      return live.id() < nextId;
    }
    return threads.contains(thread) && (!idle.contains(thread) || live.isIdleWorker());
  }

  boolean has(Task<?> task) {
    return tasks.contains(task);
  }

  /** Whether no thread of any kind was made or started since then, and no task is new. */
  boolean nothingNew() {
    return ThreadIds.made() == made
        && THREADS.getTotalStartedThreadCount() == started
        && tasks.containsAll(Task.live());
  }

  /**
   * Whether a virtual thread may have been made since then: more were made than platform threads
   * were started.
   */
  boolean maybeVirtual() {
    return ThreadIds.made() - made > THREADS.getTotalStartedThreadCount() - started;
  }

  private static <T> Set<T> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
