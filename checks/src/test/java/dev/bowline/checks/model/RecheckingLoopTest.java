package dev.bowline.checks.model;

import org.junit.jupiter.api.Test;

/** A marker in a snippet says what {@link Probe} must answer about the next line. */
final class RecheckingLoopTest {
  @Test
  void recheckingLoopsLookAgainAtMoreThanTheirCounter() {
    Probe.verify(
        """
        import java.util.*;

        class Loops {
          private volatile boolean done;
          private int state;

          void loops(Iterator<String> names, List<String> list) {
            while (!done) {
              // BUG: Diagnostic contains: <rechecking
              here();
            }
            do {
              // BUG: Diagnostic contains: <rechecking
              here();
            } while (state < 3);
            for (int i = 0; i < 3; i++) {
              // BUG: Diagnostic contains: <has none>
              here();
            }
            for (int i = 0; i < list.size(); i++) {
              // BUG: Diagnostic contains: <has none>
              here();
            }
            for (int i = 0; i < 10; i += 3) {
              // BUG: Diagnostic contains: <has none>
              here();
            }
            for (int i = 0; i < 3 && !done; i++) {
              // BUG: Diagnostic contains: <rechecking
              here();
            }
            int left = 3;
            while (left-- > 0) {
              // BUG: Diagnostic contains: <has none>
              here();
            }
            for (String name : list) {
              // BUG: Diagnostic contains: <has none>
              here();
            }
            for (String name : list) {
              if (done) {
                break;
              }
              // BUG: Diagnostic contains: <rechecking
              here();
            }
            while (true) {
              if (done) {
                return;
              }
              // BUG: Diagnostic contains: <rechecking
              here();
              Runnable later =
                  // BUG: Diagnostic contains: <runs UNKNOWN>
                  () -> {
                    // BUG: Diagnostic contains: <has none>
                    here();
                  };
            }
          }

          static void here() {}
        }
        """);
  }
}
