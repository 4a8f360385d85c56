package dev.bowline.checks.model;

import org.junit.jupiter.api.Test;

/** A marker in a snippet says what {@link Probe} must answer about the next line. */
final class EntryPointsTest {
  @Test
  void entryPointsAreWhatStartsAProcessOrARequest() {
    Probe.verify(
        """
        import dev.bowline.annotations.EntryPoint;

        class Program {
          // BUG: Diagnostic contains: <entry
          static final Object FIELD = here();

          static {
            // BUG: Diagnostic contains: <entry
            here();
          }

          // BUG: Diagnostic contains: <has none>
          final Object instance = here();

          public static void main(String... args) {
            // BUG: Diagnostic contains: <entry
            here();
            new Thread(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                () -> {
                  // BUG: Diagnostic contains: <entry
                  here();
                });
          }

          @EntryPoint
          void request() {
            // BUG: Diagnostic contains: <entry
            here();
          }

          void other() {
            // BUG: Diagnostic contains: <has none>
            here();
          }

          static class Nested {
            // BUG: Diagnostic contains: <has none>
            static final Object FIELD = here();

            void main() {
              // BUG: Diagnostic contains: <has none>
              here();
            }
          }

          static class Wrong {
            public static void main(String[] args, int more) {
              // BUG: Diagnostic contains: <has none>
              here();
            }
          }

          @EntryPoint
          static class Handler {
            void request() {
              // BUG: Diagnostic contains: <entry
              here();
            }
          }

          static Object here() {
            return null;
          }
        }
        """);
  }

  @Test
  void instanceMainOfATopLevelClassIsAnEntryPoint() {
    Probe.verify(
        """
        class Program {
          void main() {
            // BUG: Diagnostic contains: <entry
            here();
          }

          static void here() {}
        }
        """);
  }
}
