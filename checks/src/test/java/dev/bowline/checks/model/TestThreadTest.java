package dev.bowline.checks.model;

import org.junit.jupiter.api.Test;

/** A marker in a snippet says what {@link Probe} must answer about the next line. */
final class TestThreadTest {
  @Test
  void testThreadIsKnownThroughHelpersThatNothingElseUses() {
    Probe.verify(
        """
        import java.util.List;
        import java.util.concurrent.Executor;
        import org.junit.jupiter.api.Test;

        class Cases {
          @Test
          void runs(Executor executor, List<String> names) {
            first();
            both();
            // BUG: Diagnostic contains: <runs HERE>
            names.forEach(name -> inLambda());
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            executor.execute(() -> both());
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            executor.execute(this::referenced);
            referenced();
          }

          private void first() {
            second();
          }

          private void second() {
            // BUG: Diagnostic contains: <test test-thread
            here();
          }

          private void inLambda() {
            // BUG: Diagnostic contains: <test test-thread
            here();
          }

          private void both() {
            // BUG: Diagnostic contains: <test has none>
            here();
          }

          private void referenced() {
            // BUG: Diagnostic contains: <test has none>
            here();
          }

          private void recursive() {
            recursive();
            // BUG: Diagnostic contains: <test has none>
            here();
          }

          static void here() {}
        }
        """);
  }
}
