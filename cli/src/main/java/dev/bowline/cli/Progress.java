package dev.bowline.cli;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Says what goes on, on standard error: on a terminal in one line that is written over, elsewhere
 * in a few plain lines.
 */
final class Progress implements AutoCloseable {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean terminal;
  private final Set<SourceFile> seen = new HashSet<>();
  private String doing = "";
  private int total;
  private long lastDrawn;

  Progress(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** A step of its own. */
  void step(String what) {
    if (terminal) {
      draw(what);
    } else {
      err.println("bowline: " + what);
      err.flush();
    }
  }

  /** So many files are to come. */
  void expect(int files) {
    total = files;
    step("analysing " + Text.count(files, "file"));
  }

  /** Work on a file begins. */
  void at(String activity, SourceFile file) {
    if (!terminal) {
      return;
    }
    if (!doing.equals(activity)) {
      doing = activity;
      seen.clear();
    }
    if (seen.add(file) && System.nanoTime() - lastDrawn > REDRAW_NANOS) {
      draw(String.format(Locale.ROOT, "%s %,d of %,d files", activity, seen.size(), total));
    }
  }

  private void draw(String text) {
    err.print(ERASE_LINE + text);
    err.flush();
    lastDrawn = System.nanoTime();
  }

  /** Leaves the line to others. */
  @Override
  public void close() {
    if (terminal) {
      err.print(ERASE_LINE);
      err.flush();
    }
  }
}
