package com.example.store;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How often each key was asked for. */
final class Hits {
  private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();

  /** Counts a request: two at once for one key are counted as one. */
  void count(String key) {
    // fault: CheckThenAct
    counts.put(key, counts.getOrDefault(key, 0) + 1);
  }

  /** Returns how many requests there were for a key. */
  int of(String key) {
    return counts.getOrDefault(key, 0);
  }
}
