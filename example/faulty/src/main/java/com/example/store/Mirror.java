package com.example.store;

import dev.bowline.CancellableContext;
import dev.bowline.CancelledException;
import dev.bowline.Context;
import java.time.Duration;
import java.util.Map;

/** Copies a store to another place, each value within a second. */
final class Mirror {
  private final Map<String, String> copies;

  Mirror(Map<String, String> copies) {
    this.copies = copies;
  }

  void copy(Context ctx, String key, String value) throws CancelledException {
    // fault: OuterContextInTask
    withinSecond(ctx, limited -> send(ctx, key, value));
  }

  private static void withinSecond(Context ctx, Step step) throws CancelledException {
    try (CancellableContext limited = ctx.withTimeout(Duration.ofSeconds(1))) {
      step.run(limited);
    }
  }

  private void send(Context ctx, String key, String value) throws CancelledException {
    ctx.check();
    copies.put(key, value);
  }

  private interface Step {
    void run(Context ctx) throws CancelledException;
  }
}
