package dev.bowline.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A thread as it was when it was looked at.
 *
 * @param thread null for a virtual one: the JDK lists those only as text
 * @param executor what a virtual thread was started in, an executor or a scope, as the JDK calls
 *     it; null if in none
 * @param waitsOn what it is parked on or blocked at; null if it does not wait, or nobody knows
 * @param frames innermost first, as {@code pkg.Cls.method(Cls.java:1)}
 */
record LiveThread(
    @Nullable Thread thread,
    long id,
    String name,
    boolean virtual,
    boolean daemon,
    String state,
    @Nullable String executor,
    @Nullable String waitsOn,
    List<String> frames) {

  /** The platform threads that are alive, all seen at the same moment. */
  static List<LiveThread> platform() {
    List<LiveThread> live = new ArrayList<>();
    for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
      Thread thread = entry.getKey();
      Thread.State state = thread.getState();
      if (state != Thread.State.TERMINATED && thread.isAlive()) {
        live.add(
            new LiveThread(
                thread,
                thread.getId(),
                thread.getName(),
                false,
                thread.isDaemon(),
                state.toString(),
                null,
                null,
                Frames.texts(entry.getValue())));
      }
    }
    return live;
  }

  LiveThread withWaitsOn(String what) {
    return new LiveThread(thread, id, name, virtual, daemon, state, executor, what, frames);
  }

  boolean isIn(String method) {
    for (String frame : frames) {
      if (Frames.isIn(frame, method)) {
        return true;
      }
    }
    return false;
  }

  boolean isInClass(String prefix) {
    for (String frame : frames) {
      if (frame.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it belongs to an executor and has nothing to do. */
  boolean isIdleWorker() {
    return pool() != null && !isBusyWorker();
  }

  /** What kind of executor it works for; null if for none that we know. */
  @Nullable String pool() {
    if (isIn("java.util.concurrent.ForkJoinPool.runWorker")) {
      return "ForkJoinPool";
    }
    if (isIn("java.util.concurrent.ThreadPoolExecutor.runWorker")) {
      return isInClass("java.util.concurrent.ScheduledThreadPoolExecutor")
          ? "ScheduledThreadPoolExecutor"
          : "ThreadPoolExecutor";
    }
    String perTask = "ThreadPerTaskExecutor";
    return executor != null && executor.startsWith("java.util.concurrent." + perTask)
        ? perTask
        : null;
  }

  private boolean isBusyWorker() {
    return !isIn("java.util.concurrent.ThreadPoolExecutor.getTask")
        && !isIn("java.util.concurrent.ForkJoinPool.awaitWork");
  }
}
