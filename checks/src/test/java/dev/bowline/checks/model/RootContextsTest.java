package dev.bowline.checks.model;

import org.junit.jupiter.api.Test;

/** A marker in a snippet says what {@link Probe} must answer about the next line. */
final class RootContextsTest {
  @Test
  void rootContextsAreTheKnownAndTheConfiguredMembers() {
    Probe.verify(
        """
        class Roots {
          static Object empty() {
            // BUG: Diagnostic contains: <root>
            dev.bowline.Context.background();
            // BUG: Diagnostic contains: <root>
            io.opentelemetry.context.Context.root();
            dev.bowline.Context.todo();
            io.opentelemetry.context.Context.current();
            // BUG: Diagnostic contains: <root>
            return Roots.empty();
          }

          static Object background() {
            return background();
          }
        }
        """,
        "-XepOpt:Bowline:RootContexts=Roots.empty");
  }
}
