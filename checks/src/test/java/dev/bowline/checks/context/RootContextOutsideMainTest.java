package dev.bowline.checks.context;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class RootContextOutsideMainTest {
  @Test
  void reportsRootContexts() {
    Fixtures.verify(RootContextOutsideMain.class, "RootContextOutsideMainPositive");
  }

  @Test
  void acceptsEntryPointsDefaultsCleanupAndStatedReasons() {
    Fixtures.verify(RootContextOutsideMain.class, "RootContextOutsideMainNegative");
  }

  @Test
  void acceptsTestCode() {
    Fixtures.verify(RootContextOutsideMain.class, "RootContextOutsideMainInTest");
  }

  @Test
  void reportsConfiguredRoots() {
    Fixtures.verify(
        RootContextOutsideMain.class,
        "RootContextOutsideMainConfigured",
        "ConfiguredContext",
        "-XepOpt:Bowline:RootContexts=dev.bowline.fixtures.ConfiguredContext.empty");
  }

  @Test
  void acceptsReasonStatedForThePackage() {
    Fixtures.verify(RootContextOutsideMain.class, "held/package-info", "held/StatedForPackage");
  }

  @Test
  void usesTheContextInHand() {
    Fixtures.verifyFix(
        RootContextOutsideMain.class,
        """
        import dev.bowline.CancellableContext;
        import dev.bowline.Context;
        import java.util.function.Predicate;

        class Handler {
          boolean handle(Context ctx) {
            return fetch(Context.background());
          }

          boolean derived(Context ctx) {
            try (CancellableContext child = ctx.withCancel()) {
              return fetch(Context.background());
            }
          }

          Predicate<Context> lambda(Context outer) {
            return inner -> fetch(Context.background());
          }

          boolean grpc(io.grpc.Context context) {
            return io.grpc.Context.ROOT.isCancelled();
          }

          private static boolean fetch(Context ctx) {
            return ctx.isDone();
          }
        }
        """,
        """
        import dev.bowline.CancellableContext;
        import dev.bowline.Context;
        import java.util.function.Predicate;

        class Handler {
          boolean handle(Context ctx) {
            return fetch(ctx);
          }

          boolean derived(Context ctx) {
            try (CancellableContext child = ctx.withCancel()) {
              return fetch(child);
            }
          }

          Predicate<Context> lambda(Context outer) {
            return inner -> fetch(inner);
          }

          boolean grpc(io.grpc.Context context) {
            return context.isCancelled();
          }

          private static boolean fetch(Context ctx) {
            return ctx.isDone();
          }
        }
        """);
  }
}
