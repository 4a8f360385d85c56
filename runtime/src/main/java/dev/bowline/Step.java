package dev.bowline;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A task whose end can be waited for alone, and by a deadline.
 *
 * @param task the task
 * @param ended counted down when its body has returned or thrown
 */
record Step(Task<?> task, CountDownLatch ended) {
  /** Starts one. The group must not be cancelled yet, for the body has to run. */
  static Step launch(TaskGroup group, String name, Action action) {
    CountDownLatch ended = new CountDownLatch(1);
    Task<?> task =
        group.launch(
            name,
            ctx -> {
              try {
                action.run(ctx);
              } finally {
                ended.countDown();
              }
            });
    return new Step(task, ended);
  }

  /** Blocks until it has ended; false if it has not at the given {@link System#nanoTime()}. */
  boolean await(long nanoTime) throws InterruptedException {
    return ended.await(nanoTime - System.nanoTime(), TimeUnit.NANOSECONDS);
  }
}
