package com.example.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bowline.Context;
import org.junit.jupiter.api.Test;

// fault: LeakCheckMissing
final class WatchTest {
  private final Store store = new Store();
  private volatile String seen;

  @Test
  void aWatcherSeesTheValue() throws InterruptedException {
    Thread watcher =
        new Thread(
            () -> {
              try {
                seen = store.get("a", Context.background());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    watcher.start();
    store.put("a", "1");
    // fault: UntimedWaitInTest
    watcher.join();
    assertEquals("1", seen);
  }
}
