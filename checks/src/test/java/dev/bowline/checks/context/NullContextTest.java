package dev.bowline.checks.context;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class NullContextTest {
  @Test
  void reportsNullForAContext() {
    Fixtures.verify(NullContext.class, "NullContextPositive");
  }

  @Test
  void acceptsNullWhereItIsMeant() {
    Fixtures.verify(NullContext.class, "NullContextNegative");
  }

  @Test
  void reportsTestsThatAreNotAboutNull() {
    Fixtures.verify(NullContext.class, "NullContextInTest");
  }

  @Test
  void reportsConfiguredContextTypes() {
    Fixtures.verifySource(
        NullContext.class,
        "Client",
        """
        import dev.bowline.fixtures.ConfiguredContext;

        interface Client {
          void call(ConfiguredContext ctx);

          default void callAll() {
            // BUG: Diagnostic contains: 'call' is given null
            call(null);
          }
        }
        """,
        "-XepOpt:Bowline:ContextTypes=dev.bowline.fixtures.ConfiguredContext");
  }

  @Test
  void passesTheContextInHand() {
    Fixtures.verifyFix(
        NullContext.class,
        """
        import dev.bowline.CancellableContext;
        import dev.bowline.Context;

        class Client {
          private final Store store = null;

          interface Store {
            String load(Context ctx, String id);
          }

          String parameter(Context ctx) {
            return store.load(null, "a");
          }

          String innermost(Context ctx, boolean traced) {
            try (CancellableContext child = ctx.withCancel()) {
              return store.load(traced ? child : null, "b") + store.load((null), "c");
            }
          }

          public static void main(String[] args) {
            new Client().store.load(null, "d");
          }
        }
        """,
        """
        import dev.bowline.CancellableContext;
        import dev.bowline.Context;

        class Client {
          private final Store store = null;

          interface Store {
            String load(Context ctx, String id);
          }

          String parameter(Context ctx) {
            return store.load(ctx, "a");
          }

          String innermost(Context ctx, boolean traced) {
            try (CancellableContext child = ctx.withCancel()) {
              return store.load(traced ? child : child, "b") + store.load((child), "c");
            }
          }

          public static void main(String[] args) {
            new Client().store.load(Context.background(), "d");
          }
        }
        """);
  }

  @Test
  void passesRootsOfOtherLibraries() {
    Fixtures.verifyFix(
        NullContext.class,
        """
        import io.grpc.Context;

        class Main {
          interface Store {
            String load(io.grpc.Context ctx, io.opentelemetry.context.Context traced);
          }

          static Store store;

          public static void main(String[] args) {
            store.load(null, null);
          }
        }
        """,
        """
        import io.grpc.Context;

        class Main {
          interface Store {
            String load(io.grpc.Context ctx, io.opentelemetry.context.Context traced);
          }

          static Store store;

          public static void main(String[] args) {
            store.load(Context.ROOT, io.opentelemetry.context.Context.root());
          }
        }
        """);
  }

  @Test
  void leavesWhatNobodyHasAContextFor() {
    Fixtures.verifyNoFix(
        NullContext.class,
        """
        import dev.bowline.CancellableContext;
        import dev.bowline.Context;

        class In {
          interface Store {
            String load(Context ctx, String id);

            void drain(CancellableContext ctx);
          }

          String nothingInHand(Store store) {
            return store.load(null, "a");
          }

          String alwaysNull(Store store) {
            Context ctx = null;
            return store.load(ctx, "a");
          }

          String severalInHand(Store store, Context from, Context to) {
            return store.load(null, "a");
          }

          static Store store;

          public static void main(String[] args) {
            store.drain(null);
          }
        }
        """);
  }
}
