package com.example.store;

import dev.bowline.Context;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who changed what. */
final class ChangeLog {
  static final Context.Key<String> CALLER = Context.Key.of("caller");

  private final List<String> entries = new CopyOnWriteArrayList<>();

  /** Notes a change: whoever forgets to put the caller into the context finds out at run time. */
  void changed(Context ctx, String key) {
    // fault: ContextValueRequired
    entries.add(ctx.get(CALLER).strip() + " changed " + key);
  }

  /** Returns what was noted, the oldest first. */
  List<String> entries() {
    return List.copyOf(entries);
  }
}
