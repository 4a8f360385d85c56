package dev.bowline.checks.lifecycle;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class ExecutorNotShutDownTest {
  @Test
  void reportsThePathsThatLeak() {
    Fixtures.verify(ExecutorNotShutDown.class, "ExecutorNotShutDownPathsPositive");
  }

  @Test
  void acceptsThePathsThatEndIt() {
    Fixtures.verify(ExecutorNotShutDown.class, "ExecutorNotShutDownPathsNegative");
  }

  @Test
  void reportsWhatAClassNeverEnds() {
    Fixtures.verify(ExecutorNotShutDown.class, "ExecutorNotShutDownPositive");
  }

  @Test
  void acceptsWhatOthersEndOrWhatIsMeantToStay() {
    Fixtures.verify(ExecutorNotShutDown.class, "ExecutorNotShutDownNegative");
  }

  @Test
  void isSilentInTests() {
    Fixtures.verify(ExecutorNotShutDown.class, "ExecutorNotShutDownInTest");
  }
}
