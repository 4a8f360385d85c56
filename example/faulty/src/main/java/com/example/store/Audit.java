package com.example.store;

import dev.bowline.Context;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes down who changed what. */
class Audit {
  private final Appendable log;

  Audit(Appendable log) {
    this.log = log;
  }

  /** Writes a change down, unless the request has ended. */
  void changed(Context ctx, String key, String value) {
    // fault: ContextNotForwarded
    write(key + "=" + value + "\n");
  }

  /** Writes a removal down, unless the request has ended. */
  void removed(Context ctx, String key) {
    write(ctx, key + "\n");
  }

  private void write(Context ctx, String line) {
    if (!ctx.isDone()) {
      write(line);
    }
  }

  private void write(String line) {
    try {
      log.append(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
