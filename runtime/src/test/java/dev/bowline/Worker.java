package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A second thread of a test. All waits have a deadline; closing makes sure that it has ended. */
final class Worker<T> implements AutoCloseable {
  private static final long LIMIT_SECONDS = 20;

  private final FutureTask<T> task;
  private final Thread thread;

  private Worker(Callable<T> body) {
    task = new FutureTask<>(body);
    thread = new Thread(task, "worker");
  }

  static <T> Worker<T> start(Callable<T> body) {
    Worker<T> worker = new Worker<>(body);
    worker.thread.start();
    return worker;
  }

  T result() throws Exception {
    return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Waits until the thread is parked in a method of the given context, limiter or mailbox. */
  void awaitParkedIn(Object blocker) {
    eventually(() -> blocker.equals(LockSupport.getBlocker(thread)));
  }

  /** Waits until the thread is parked in a method of something of the given kind. */
  void awaitParkedIn(Class<?> blocker) {
    eventually(() -> blocker.isInstance(LockSupport.getBlocker(thread)));
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted before the worker had ended", e);
    }
    assertFalse(thread.isAlive(), "worker still runs");
  }

  static void eventually(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - deadline < 0, "did not happen in time");
      Thread.onSpinWait();
    }
  }

  static void await(CountDownLatch latch) throws InterruptedException {
    assertTrue(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS), "latch was not counted down in time");
  }

  static void await(CyclicBarrier barrier) throws Exception {
    barrier.await(LIMIT_SECONDS, TimeUnit.SECONDS);
  }
}
