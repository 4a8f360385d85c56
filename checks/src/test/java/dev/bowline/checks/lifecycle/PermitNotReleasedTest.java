package dev.bowline.checks.lifecycle;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class PermitNotReleasedTest {
  @Test
  void reportsWhatStaysHeld() {
    Fixtures.verify(PermitNotReleased.class, "PermitNotReleasedPositive");
  }

  @Test
  void acceptsWhatIsReleased() {
    Fixtures.verify(PermitNotReleased.class, "PermitNotReleasedNegative");
  }
}
