package dev.bowline.testing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A test or a class of tests while it runs: what threads are charged to. */
final class TestScope {
  private final String name;
  private final @Nullable TestScope outer;

  private final List<Throwable> uncaught = new ArrayList<>(); // guarded by itself
  private boolean over; // guarded by uncaught
  private volatile boolean failed;

  /**
   * Makes one that has begun.
   *
   * @param outer what it is a part of; null if of nothing that is checked
   */
  TestScope(String name, @Nullable TestScope outer) {
    this.name = name;
    this.outer = outer;
  }

  /** As reports call it. */
  String name() {
    return name;
  }

  /** Whether it is this scope or a part of it. */
  @SuppressWarnings("ReferenceEquality")
  boolean isPartOf(TestScope other) {
    for (TestScope scope = this; scope != null; scope = scope.outer) {
      if (scope == other) {
        return true;
      }
    }
    return false;
  }

  /** It stopped half-way, and may have left anything. */
  void fail() {
    failed = true;
  }

  boolean hasFailed() {
    return failed;
  }

  /** An exception escaped from a thread of this scope; if it is over the one around it hears it. */
  void threw(Throwable thrown) {
    synchronized (uncaught) {
      if (!over) {
        uncaught.add(thrown);
        return;
      }
    }
    if (outer != null) {
      outer.threw(thrown);
    }
  }

  /** Ends it. Returns what escaped from its threads. */
  List<Throwable> end() {
    synchronized (uncaught) {
      over = true;
      return List.copyOf(uncaught);
    }
  }
}
