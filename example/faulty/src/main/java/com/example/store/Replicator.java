package com.example.store;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/** Sends changes to another store, one at a time. */
final class Replicator implements Runnable {
  private final BlockingQueue<Map<String, String>> changes;
  private final Consumer<Map<String, String>> other;

  Replicator(BlockingQueue<Map<String, String>> changes, Consumer<Map<String, String>> other) {
    this.changes = changes;
    this.other = other;
  }

  @Override
  public void run() {
    // fault: UncancellableLoop
    while (true) {
      try {
        other.accept(changes.take());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
