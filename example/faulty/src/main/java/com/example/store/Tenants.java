package com.example.store;

import dev.bowline.Context;

/** Whose requests these are. */
final class Tenants {
  private static final Context.Key<String> TENANT = Context.Key.of("tenant");

  private Tenants() {}

  static Context with(Context ctx, String tenant) {
    return ctx.with(TENANT, tenant);
  }

  /** Returns null, whoever asks: a new key finds nothing. */
  static String of(Context ctx) {
    // fault: ContextKeyNotConstant
    return ctx.get(Context.Key.of("tenant"));
  }
}
