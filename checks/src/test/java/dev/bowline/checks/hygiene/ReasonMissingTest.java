package dev.bowline.checks.hygiene;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class ReasonMissingTest {
  @Test
  void reportsBlankReasons() {
    Fixtures.verify(ReasonMissing.class, "ReasonMissingPositive");
  }

  @Test
  void acceptsReasonsAndAnnotationsThatAreNotOurs() {
    Fixtures.verify(ReasonMissing.class, "ReasonMissingNegative");
  }
}
