package dev.bowline.checks.model;

import org.junit.jupiter.api.Test;

/** A marker in a snippet says what {@link Probe} must answer about the next line. */
final class ContextInScopeTest {
  @Test
  void contextInScopeIsTheInnermostThatCouldBePassedOn() {
    Probe.verify(
        """
        import dev.bowline.*;
        import java.util.function.*;

        class InScope {
          void none(String name) {
            // BUG: Diagnostic contains: <has none>
            here();
          }

          // BUG: Diagnostic contains: <context>
          void parameter(Context ctx) {
            // BUG: Diagnostic contains: <has ctx>
            here();
            // BUG: Diagnostic contains: <context>
            Context local = ctx;
            // BUG: Diagnostic contains: <has local>
            here();
            {
              // BUG: Diagnostic contains: <context>
              Context inBlock = ctx;
            }
            // BUG: Diagnostic contains: <has local>
            here();
            // BUG: Diagnostic contains: <context>
            try (CancellableContext resource = ctx.withCancel()) {
              // BUG: Diagnostic contains: <has resource>
              here();
            } finally {
              // BUG: Diagnostic contains: <has local>
              here();
            }
          }

          void loops(Iterable<Context> contexts) {
            // BUG: Diagnostic contains: <context>
            for (Context each : contexts) {
              // BUG: Diagnostic contains: <has each>
              here();
            }
            // BUG: Diagnostic contains: <context>
            Context late;
            // BUG: Diagnostic contains: <has none>
            here();
          }

          // BUG: Diagnostic contains: <context>
          void lambdas(Context changed) {
            changed = changed.withCancel();
            // BUG: Diagnostic contains: <runs UNKNOWN>
            Runnable notCapturable = () -> here();
            // BUG: Diagnostic contains: <context>
            Consumer<Context> own = ctx -> here();
          }

          /** What is nearest is what is meant, whether it can be used or not. */
          // BUG: Diagnostic contains: <context>
          void hidden(Context outer) {
            // BUG: Diagnostic contains: <context>
            Context changed = outer.withCancel();
            changed = changed.withCancel();
            // BUG: Diagnostic contains: <runs UNKNOWN>
            Runnable notCapturable = () -> here();
            {
              // BUG: Diagnostic contains: <context>
              Context late;
              // BUG: Diagnostic contains: <has none>
              here();
            }
          }

          static class Nested {
            void method() {
              // BUG: Diagnostic contains: <has none>
              here();
            }
          }

          static void here() {}
        }
        """);
  }
}
