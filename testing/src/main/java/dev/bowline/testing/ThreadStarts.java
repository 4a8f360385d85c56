package dev.bowline.testing;

import java.util.List;

/** Where threads were started, as far as that is known. */
final class ThreadStarts {
  private ThreadStarts() {}

  /** The stack with which a thread was started, innermost first; empty if it is not known. */
  static List<String> stackOf(LiveThread live) {
    Origin origin = Origin.of(live);
    return origin == null ? List.of() : origin.stack();
  }
}
