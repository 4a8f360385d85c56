package dev.bowline.checks.testcode;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class SleepInTestTest {
  @Test
  void reportsSleepsOnTheTestsThread() {
    Fixtures.verify(SleepInTest.class, "SleepInTestPositive");
  }

  @Test
  void knowsOtherFrameworks() {
    Fixtures.verify(SleepInTest.class, "SleepInTestOtherFrameworks");
  }

  @Test
  void acceptsSimulatedWorkPollingAndTestsOfTime() {
    Fixtures.verify(SleepInTest.class, "SleepInTestNegative");
  }

  @Test
  void acceptsCodeThatIsNoTest() {
    Fixtures.verify(SleepInTest.class, "SleepOutsideTest");
  }

  @Test
  void acceptsReasonStatedForThePackage() {
    Fixtures.verify(SleepInTest.class, "held/package-info", "held/StatedForPackage");
  }
}
