package com.example.store;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/** Loads many files at a time. */
final class Import {
  private final Executor pool;

  Import(Executor pool) {
    this.pool = pool;
  }

  /** Runs all loads, and returns when they have ended. */
  void run(List<Runnable> loads) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(loads.size());
    for (Runnable load : loads) {
      pool.execute(
          () -> {
            load.run();
            // fault: CountDownNotInFinally
            done.countDown();
          });
    }
    done.await();
  }
}
