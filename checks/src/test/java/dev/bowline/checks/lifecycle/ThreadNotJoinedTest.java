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

  @Test
  void reportsWhatAClassForgets() {
    Fixtures.verify(ThreadNotJoined.class, "ThreadNotJoinedPositive");
  }

  @Test
  void acceptsOtherEnds() {
    Fixtures.verify(ThreadNotJoined.class, "ThreadNotJoinedNegative");
  }

  @Test
  void isSilentInTests() {
    Fixtures.verify(ThreadNotJoined.class, "ThreadNotJoinedInTest");
  }

  @Test
  void isSilentInADetachedPackage() {
    Fixtures.verify(ThreadNotJoined.class, "detached/package-info", "detached/DetachedForPackage");
  }
}
