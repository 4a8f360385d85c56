package dev.bowline.checks.failure;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class InterruptSwallowedTest {
  @Test
  void reportsInterruptsThatNobodyHearsOf() {
    Fixtures.verify(InterruptSwallowed.class, "InterruptSwallowedPositive");
  }

  @Test
  void acceptsInterruptsThatArePassedOn() {
    Fixtures.verify(InterruptSwallowed.class, "InterruptSwallowedNegative");
  }
}
