package com.example.store;

import dev.bowline.CancelledException;
import dev.bowline.Context;
import java.util.Queue;

/** Remembers which keys were read. */
final class ReadLog {
  private final Queue<String> entries;

  ReadLog(Queue<String> entries) {
    this.entries = entries;
  }

  void read(String key) throws CancelledException {
    // fault: ContextTodo
    append(Context.todo(), key);
  }

  private void append(Context ctx, String key) throws CancelledException {
    ctx.check();
    entries.add(key);
  }
}
