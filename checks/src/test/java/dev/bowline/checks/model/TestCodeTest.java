package dev.bowline.checks.model;

import dev.bowline.checks.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A marker in a snippet says what {@link Probe} must answer about the next line. */
final class TestCodeTest {
  @Test
  void testCodeIsKnownByItsMethodsAndByItsFolder() {
    String source =
        """
        class Helper {
          void help() {
            // BUG: Diagnostic contains: <%s
            here();
          }

          static void here() {}
        }
        """;
    for (String path :
        List.of(
            "src/test/java/Helper.java",
            "module/src/integrationTest/java/Helper.java",
            "javatests/Helper.java",
            "module/test/jvm/Helper.java")) {
      Fixtures.verifySource(Probe.class, path, source.formatted("test "));
    }
    for (String path :
        List.of("src/main/java/Helper.java", "src/testing/Helper.java", "contest/Helper.java")) {
      Fixtures.verifySource(Probe.class, path, source.formatted("has none"));
    }
    Fixtures.verifySource(
        Probe.class, "Helper.java", source.formatted("test "), "-XepCompilingTestOnlyCode");
  }

  @Test
  void testClassesAreTheSameInAllFrameworks() {
    for (String annotation :
        List.of(
            "org.junit.Test",
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.api.RepeatedTest(2)",
            "org.junit.jupiter.params.ParameterizedTest",
            "org.testng.annotations.Test",
            "Composed")) {
      Probe.verify(
          """
          class Cases {
            @%s
            void runs() {
              // BUG: Diagnostic contains: <test test-thread
              here();
            }

            static class Nested {
              void helper() {
                // BUG: Diagnostic contains: <test has none>
                here();
              }
            }

            static void here() {}

            @org.junit.jupiter.api.Test
            @interface Composed {}
          }

          class Neighbour {
            void run() {
              // BUG: Diagnostic contains: <has none>
              Cases.here();
            }
          }

          class Inherits extends Cases {
            void helper() {
              // BUG: Diagnostic contains: <test has none>
              here();
            }
          }
          """
              .formatted(annotation));
    }
    Probe.verify(
        """
        class Cases extends junit.framework.TestCase {
          public void testRuns() {
            // BUG: Diagnostic contains: <test test-thread
            here();
          }

          static void here() {}
        }
        """);
  }
}
