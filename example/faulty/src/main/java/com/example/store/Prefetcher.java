package com.example.store;

/** Warms the store up in the background. */
final class Prefetcher {
  private final Store store;

  Prefetcher(Store store) {
    this.store = store;
  }

  void begin(String key) {
    // fault: ThreadNotStarted
    Thread thread = new Thread(() -> store.put(key, ""));
    thread.setName("prefetch " + key);
  }
}
