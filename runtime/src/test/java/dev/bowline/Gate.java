package dev.bowline;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the bodies of tasks in tests do: say that they run, and wait to be told to go on. */
final class Gate {
  private final CountDownLatch reached;
  private final CountDownLatch open = new CountDownLatch(1);

  Gate() {
    this(1);
  }

  /** For several tasks at the same gate. */
  Gate(int tasks) {
    reached = new CountDownLatch(tasks);
  }

  /** In the task: waits until the gate is opened, or throws when the task is cancelled. */
  void pass() throws InterruptedException {
    reached.countDown();
    Worker.await(open);
  }

  /** In the task: waits until it is cancelled. */
  Void blockUntilCancelled(Context ctx) throws InterruptedException {
    reached.countDown();
    ctx.sleep(Duration.ofHours(1));
    throw new AssertionError("an hour has passed");
  }

  /** In the task: waits until the gate is opened, however often it is interrupted. */
  void passStubbornly() {
    reached.countDown();
    boolean interrupted = false;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (open.getCount() > 0 && System.nanoTime() - deadline < 0) {
      try {
        if (open.await(1, TimeUnit.SECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** In the test: waits until all tasks are there. */
  void awaitReached() throws InterruptedException {
    Worker.await(reached);
  }

  void open() {
    open.countDown();
  }
}
