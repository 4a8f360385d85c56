package com.example.store;

import dev.bowline.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Values by key. Who reads one that is not there yet waits for it. */
final class Store {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, String> values = new HashMap<>(); // guarded by lock

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

  /** Returns a value, as soon as there is one. */
  // fault: ContextFirstParameter
  String get(String key, Context ctx) throws InterruptedException {
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
