package dev.bowline;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one daemon thread of the process that ends contexts when their deadlines pass. */
final class DeadlineTimer {
  /** For tests; others go through {@link #schedule}. */
  static final ScheduledThreadPoolExecutor TIMER = create();

  private DeadlineTimer() {}

  /** Runs the task on the timer thread at the given {@link System#nanoTime()}, or soon after. */
  static Future<?> schedule(long nanoTime, Runnable task) {
    return TIMER.schedule(task, nanoTime - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private static ScheduledThreadPoolExecutor create() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, DeadlineTimer::newTimerThread);
    timer.setRemoveOnCancelPolicy(true); // or closed contexts would stay until their deadlines
    return timer;
  }

  /** Takes nothing over from the thread that happens to set the first deadline. */
  private static Thread newTimerThread(Runnable loop) {
    Thread thread = new Thread(null, loop, "bowline-timer", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(DeadlineTimer.class.getClassLoader());
    return thread;
  }
}
