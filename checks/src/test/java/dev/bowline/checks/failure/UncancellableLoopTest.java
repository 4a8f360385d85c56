package dev.bowline.checks.failure;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

class UncancellableLoopTest {
  @Test
  void reports() {
    Fixtures.verify(UncancellableLoop.class, "UncancellableLoopPositive");
  }
}
