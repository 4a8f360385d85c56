package com.example.store;

import dev.bowline.Context;
import java.util.List;

/** Reads what the tenants will ask for first. */
final class Warmup {
  static final Context.Key<String> TENANT = Context.Key.of("tenant");

  private final Store store;

  Warmup(Store store) {
    this.store = store;
  }

  void warm(Context ctx, List<String> tenants) throws InterruptedException {
    for (String tenant : tenants) {
      // fault: ContextGrowsInLoop
      ctx = ctx.with(TENANT, tenant);
      store.get("greeting of " + tenant, ctx);
    }
  }
}
