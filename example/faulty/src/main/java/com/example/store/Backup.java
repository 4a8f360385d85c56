package com.example.store;

import dev.bowline.CancelledException;
import dev.bowline.Context;
import java.util.Map;

/** A copy of all values, made as long as somebody wants it. */
final class Backup {
  private final Map<String, String> copy;

  Backup(Map<String, String> copy) {
    this.copy = copy;
  }

  void make(Context ctx, Map<String, String> values) throws CancelledException {
    for (Map.Entry<String, String> entry : values.entrySet()) {
      ctx.check();
      copy.put(entry.getKey(), entry.getValue());
    }
  }

  void makeNow(Map<String, String> values) throws CancelledException {
    // fault: NullContext
    make(null, values);
  }
}
