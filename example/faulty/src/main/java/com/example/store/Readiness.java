package com.example.store;

import dev.bowline.Context;
import java.util.concurrent.CountDownLatch;

/** What has to be there before requests are let in. */
final class Readiness {
  private final CountDownLatch loaded = new CountDownLatch(1);

  /** Says that everything is there. */
  void done() {
    loaded.countDown();
  }

  /** Waits until it is, however little time the caller has left. */
  // fault: UnusedContext
  void await(Context ctx) throws InterruptedException {
    loaded.await();
  }
}
