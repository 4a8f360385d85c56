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
}
