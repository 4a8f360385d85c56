package dev.bowline.checks.model;

import org.junit.jupiter.api.Test;

/** A marker in a snippet says what {@link Probe} must answer about the next line. */
final class ContextTypesTest {
  @Test
  void contextTypesAreKnownByTheirFullNames() {
    Probe.verify(
        """
        import dev.bowline.annotations.ContextType;
        import java.util.List;

        class Variables<C extends dev.bowline.Context> {
          // BUG: Diagnostic contains: <context>
          dev.bowline.Context bowline;
          // BUG: Diagnostic contains: <context>
          dev.bowline.CancellableContext subtype;
          // BUG: Diagnostic contains: <context>
          io.grpc.Context grpc;
          // BUG: Diagnostic contains: <context>
          io.opentelemetry.context.Context otel;
          // BUG: Diagnostic contains: <context>
          C variable;
          // BUG: Diagnostic contains: <context>
          House house;
          // BUG: Diagnostic contains: <context>
          Room room;
          javax.naming.Context naming;
          dev.bowline.Context[] array;
          List<dev.bowline.Context> list;
          int primitive;
          Context ofTheSameSimpleName;

          interface Context {}

          @ContextType
          interface House {}

          interface Room extends House {}
        }
        """);
  }

  @Test
  void contextTypesCanBeConfigured() {
    Probe.verify(
        """
        class Variables {
          // BUG: Diagnostic contains: <context>
          Scope scope;
          String other;

          interface Scope {}
        }
        """,
        "-XepOpt:Bowline:ContextTypes=a.b.C,Variables.Scope");
  }

  @Test
  void contextMachineryIsWhatContextsAreMadeOf() {
    Probe.verify(
        """
        class House extends dev.bowline.Context {
          class Inner {
            void inner() {
              // BUG: Diagnostic contains: <machinery has none>
              here();
            }
          }

          static class Carrier {
            static class Scope implements io.opentelemetry.context.Scope {
              @Override
              public void close() {
                // BUG: Diagnostic contains: <machinery has none>
                here();
              }
            }
          }

          static void here() {}
        }

        class Neighbour {
          void here() {
            // BUG: Diagnostic contains: <has none>
            here();
          }
        }
        """);
  }
}
