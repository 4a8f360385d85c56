package dev.bowline.checks.lifecycle;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class ThreadNotJoinedTest {
  @Test
  void reportsThePathsThatLeak() {
    Fixtures.verify(ThreadNotJoined.class, "ThreadNotJoinedPathsPositive");
  }

  @Test
  void acceptsThePathsThatEndIt() {
    Fixtures.verify(ThreadNotJoined.class, "ThreadNotJoinedPathsNegative");
  }
}
