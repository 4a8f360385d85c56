package com.example.store;

import static java.util.concurrent.TimeUnit.HOURS;

import dev.bowline.Context;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

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

  /** Forgets all values, once an hour. */
  void expire() {
    // fault: CancelHandleLeaked
    Timer timer = new Timer();
    TimerTask clear =
        new TimerTask() {
          @Override
          public void run() {
            clear();
          }
        };
    timer.schedule(clear, HOURS.toMillis(1), HOURS.toMillis(1));
  }

  private void clear() {
    lock.lock();
    try {
      values.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Sets the values that other stores have. */
  void putAll(List<Supplier<Map<String, String>>> others) {
    // fault: ExecutorNotShutDown
    ExecutorService copiers = Executors.newFixedThreadPool(4);
    for (Supplier<Map<String, String>> other : others) {
      copiers.execute(() -> other.get().forEach(this::put));
    }
  }

  /** Prints all values, in the background. */
  void print(PrintStream out) {
    // fault: ThreadNotJoined
    new Thread(() -> out.println(copy())).start();
  }

  private Map<String, String> copy() {
    lock.lock();
    try {
      return Map.copyOf(values);
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
