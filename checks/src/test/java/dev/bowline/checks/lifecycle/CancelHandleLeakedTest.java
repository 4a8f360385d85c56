package dev.bowline.checks.lifecycle;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class CancelHandleLeakedTest {
  @Test
  void reportsThePathsThatLeak() {
    Fixtures.verify(CancelHandleLeaked.class, "CancelHandleLeakedPathsPositive");
  }

  @Test
  void acceptsThePathsThatEndTheHandle() {
    Fixtures.verify(CancelHandleLeaked.class, "CancelHandleLeakedPathsNegative");
  }

  @Test
  void reportsWhatAClassNeverEnds() {
    Fixtures.verify(CancelHandleLeaked.class, "CancelHandleLeakedPositive");
  }

  @Test
  void acceptsWhatOthersEnd() {
    Fixtures.verify(CancelHandleLeaked.class, "CancelHandleLeakedNegative");
  }

  @Test
  void countsOnlyPassingTests() {
    Fixtures.verify(CancelHandleLeaked.class, "CancelHandleLeakedInTest");
  }

  @Test
  void knowsMoreBySetting() {
    Fixtures.verify(
        CancelHandleLeaked.class,
        "CancelHandleLeakedConfigured",
        "-XepOpt:Bowline:CancelHandles=dev.bowline.fixtures.CancelHandleLeakedConfigured.Subscription,dev.bowline.fixtures.CancelHandleLeakedConfigured.Bus#subscribe,dev.bowline.fixtures.CancelHandleLeakedConfigured.Bus#open");
  }

  @Test
  void offersTryWithResources() {
    Fixtures.verifyFix(
        CancelHandleLeaked.class,
        """
        import io.grpc.Context;
        import io.grpc.Context.CancellableContext;
        class In {
          int load(Context ctx, int n) {
            CancellableContext handle = ctx.withCancellation();
            handle.run(() -> {});
            if (n > 1) {
              return n;
            }
            handle.cancel(null);
            return 0;
          }
        }
        """,
        """
        import io.grpc.Context;
        import io.grpc.Context.CancellableContext;
        class In {
          int load(Context ctx, int n) {
            try (CancellableContext handle = ctx.withCancellation()) {
              handle.run(() -> {});
              if (n > 1) {
                return n;
              }
              handle.cancel(null);
              return 0;
            }
          }
        }
        """);
  }

  @Test
  void offersItInAnyBlock() {
    Fixtures.verifyFix(
        CancelHandleLeaked.class,
        """
        import io.grpc.Context;
        import io.grpc.Context.CancellableContext;
        class In {
          void load(Context ctx, int n) {
            while (n > 1) {
              var handle = ctx.withCancellation();
              handle.run(() -> {});
            }
          }
        }
        """,
        """
        import io.grpc.Context;
        import io.grpc.Context.CancellableContext;
        class In {
          void load(Context ctx, int n) {
            while (n > 1) {
              try (var handle = ctx.withCancellation()) {
                handle.run(() -> {});
              }
            }
          }
        }
        """);
  }

  @Test
  void offersNothingForAVariableThatChanges() {
    Fixtures.verifyNoFix(
        CancelHandleLeaked.class,
        """
        import io.grpc.Context;
        import io.grpc.Context.CancellableContext;
        class In {
          void load(Context ctx, int n) {
            CancellableContext handle = ctx.withCancellation();
            for (int i = 0; i < n; i++) {
              handle.close();
              handle = ctx.withCancellation();
            }
          }
        }
        """);
  }

  @Test
  void offersNothingForWhatIsNotCloseable() {
    Fixtures.verifyNoFix(
        CancelHandleLeaked.class,
        """
        import java.util.Timer;
        class In {
          void load() {
            Timer timer = new Timer();
            timer.purge();
          }
        }
        """);
  }

  @Test
  void offersNothingWhenNoVariableHasIt() {
    Fixtures.verifyNoFix(
        CancelHandleLeaked.class,
        """
        import io.grpc.Context;
        import io.grpc.Context.CancellableContext;
        class In {
          void load(Context ctx) {
            ctx.withCancellation().run(() -> {});
            CancellableContext last = ctx.withCancellation();
          }
        }
        """);
  }

  @Test
  void offersNothingWhenAPathHandsItOn() {
    Fixtures.verifyNoFix(
        CancelHandleLeaked.class,
        """
        import io.grpc.Context;
        import io.grpc.Context.CancellableContext;
        class In {
          CancellableContext load(Context ctx, boolean keep) {
            CancellableContext handle = ctx.withCancellation();
            if (keep) {
              return handle;
            }
            return null;
          }
        }
        """);
  }

  @Test
  void offersNothingWhenATaskHasIt() {
    Fixtures.verifyNoFix(
        CancelHandleLeaked.class,
        """
        import io.grpc.Context;
        import io.grpc.Context.CancellableContext;
        class In {
          void load(Context ctx, java.util.concurrent.Executor executor) {
            CancellableContext handle = ctx.withCancellation();
            executor.execute(() -> handle.run(() -> {}));
          }
        }
        """);
  }
}
