package com.example.store;

import dev.bowline.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Values by key. Who reads one that is not there yet waits for it. */
final class Store {
  private final Runnable onWait;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, String> values = new HashMap<>(); // guarded by lock

  Store() {
    this(() -> {});
  }

  /**
   * @param onWait run each time a reader has to wait, for metrics and tests; must be quick
   */
  Store(Runnable onWait) {
    this.onWait = Objects.requireNonNull(onWait, "onWait");
  }

  /** Sets a value and lets those that wait for it go on. */
  void put(String key, String value) {
    lock.lock();
    try {
      values.put(key, value);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns a value, as soon as there is one.
   *
   * @param ctx until when to wait
   * @throws dev.bowline.CancelledException if the context ended before there was a value
   * @throws InterruptedException if the thread was interrupted
   */
  String get(Context ctx, String key) throws InterruptedException {
    // The wait below needs no time of its own: the end of the context wakes it, too.
    Context.Registration wakeUp = ctx.onCancel(this::wakeReaders);
    try {
      return await(ctx, key);
    } finally {
      wakeUp.unregister();
    }
  }

  private String await(Context ctx, String key) throws InterruptedException {
    lock.lock();
    try {
      String value = values.get(key);
      while (value == null) {
        ctx.check();
        onWait.run();
        changed.await();
        value = values.get(key);
      }
      return value;
    } finally {
      lock.unlock();
    }
  }

  private void wakeReaders() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
