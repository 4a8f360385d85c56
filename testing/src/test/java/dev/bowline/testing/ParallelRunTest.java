package dev.bowline.testing;

import static dev.bowline.testing.ThreadLeaksTest.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be charged to no test of a parallel run. */
@Timeout(60)
final class ParallelRunTest {
  private final Samples samples =
      new Samples()
          .with("junit.jupiter.execution.parallel.enabled", "true")
          .with("junit.jupiter.execution.parallel.mode.classes.default", "concurrent");

  @AfterEach
  void endLeft() throws InterruptedException {
    Samples.endLeft();
  }

  @Test
  @DisplayName("case 90: a thread that can be charged to no test fails the run")
  void ofNobody() {
    samples
        .with("junit.jupiter.extensions.autodetection.enabled", "true")
        .run(LeavesUnknown.class, LeavesNothing.class);
    assertEquals(Set.of("JUnit Jupiter"), samples.failures().keySet());
    String report = samples.failures().get("JUnit Jupiter");
    assertContains("1 thread leaked by tests that ran in parallel, not certain which", report);
    assertContains("\"unknown\" platform", report);
  }

  @Test
  void isIgnoredAsItsClassSays() {
    samples
        .with("junit.jupiter.extensions.autodetection.enabled", "true")
        .run(AllowsUnknown.class, LeavesNothing.class);
    assertEquals(Map.of(), samples.failures());
  }

  @Test
  void isNotLookedForWhenATestHasFailed() {
    samples
        .with("junit.jupiter.extensions.autodetection.enabled", "true")
        .run(LeavesUnknown.class, Fails.class);
    assertEquals(Set.of("fails()"), samples.failures().keySet());
  }

  @Test
  void isNotLookedForWhenTestsAreNotChecked() {
    samples.run(LeavesUnknown.class, LeavesNothing.class);
    assertEquals(Map.of(), samples.failures());
  }

  private static void leaveUnknown() {
    Samples.leakWithoutOrigin("unknown");
  }

  @NoThreadLeaks
  static class LeavesUnknown {
    @Test
    void leaves() {
      leaveUnknown();
    }
  }

  @NoThreadLeaks(ignoreNames = "unk.*")
  static class AllowsUnknown {
    @Test
    void leaves() {
      leaveUnknown();
    }
  }

  static class LeavesNothing {
    @Test
    void passes() {}
  }

  static class Fails {
    @Test
    void fails() {
      fail("first");
    }
  }
}
