package com.example.store;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The keys that have changed, one after the other. */
final class Watcher {
  private final BlockingQueue<String> changed = new LinkedBlockingQueue<>();

  void changed(String key) {
    changed.add(key);
  }

  /** Returns the next key that changes, and waits for it. */
  String next() {
    try {
      return changed.take();
      // fault: InterruptSwallowed
    } catch (InterruptedException e) {
      throw new IllegalStateException("no key has changed", e);
    }
  }
}
