package dev.bowline.checks.lifecycle;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class CancelHandleLeakedTest {
  @Test
  void reportsThePathsThatLeak() {
    Fixtures.verify(CancelHandleLeaked.class, "CancelHandleLeakedPathsPositive");
  }

  @Test
  void acceptsThePathsThatEndTheHandle() {
    Fixtures.verify(CancelHandleLeaked.class, "CancelHandleLeakedPathsNegative");
  }
}
