package dev.bowline.checks.context;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class OuterContextInTaskTest {
  @Test
  void reportsOuterContexts() {
    Fixtures.verify(OuterContextInTask.class, "OuterContextInTaskPositive");
  }

  @Test
  void acceptsOwnUnrelatedAndDeliberateOnes() {
    Fixtures.verify(OuterContextInTask.class, "OuterContextInTaskNegative");
  }

  @Test
  void usesTheOwnContext() {
    Fixtures.verifyFix(
        OuterContextInTask.class,
        """
        import dev.bowline.Action;
        import dev.bowline.CancellableContext;
        import dev.bowline.Context;
        import dev.bowline.TaskGroup;
        import java.util.List;

        class Fetcher {
          void forked(Context ctx, List<String> urls) {
            try (TaskGroup group = TaskGroup.open(ctx, "fetch")) {
              group.fork(own -> fetch(ctx, "a"));
              group.launch(own -> urls.forEach(url -> fetch(ctx, url)));
              group.launch(
                  new Action() {
                    @Override
                    public void run(Context own) {
                      fetch(ctx, "a");
                    }
                  });
              group.fork(
                  own -> {
                    try (CancellableContext limited = ctx.withCancel()) {
                      return fetch(limited, "a");
                    }
                  });
              group.join();
            }
          }

          void grpc(io.grpc.Context parent, io.grpc.Context.Key<String> tenant) {
            io.grpc.Context child = parent.withValue(tenant, "a");
            child.run(() -> serve(parent));
            parent.withValue(tenant, "a").run(() -> serve(parent));
          }

          private static boolean fetch(Context ctx, String url) {
            return ctx.isDone() && url.isEmpty();
          }

          private static boolean serve(io.grpc.Context ctx) {
            return ctx.isCancelled();
          }
        }
        """,
        """
        import dev.bowline.Action;
        import dev.bowline.CancellableContext;
        import dev.bowline.Context;
        import dev.bowline.TaskGroup;
        import java.util.List;

        class Fetcher {
          void forked(Context ctx, List<String> urls) {
            try (TaskGroup group = TaskGroup.open(ctx, "fetch")) {
              group.fork(own -> fetch(own, "a"));
              group.launch(own -> urls.forEach(url -> fetch(own, url)));
              group.launch(
                  new Action() {
                    @Override
                    public void run(Context own) {
                      fetch(own, "a");
                    }
                  });
              group.fork(
                  own -> {
                    try (CancellableContext limited = own.withCancel()) {
                      return fetch(limited, "a");
                    }
                  });
              group.join();
            }
          }

          void grpc(io.grpc.Context parent, io.grpc.Context.Key<String> tenant) {
            io.grpc.Context child = parent.withValue(tenant, "a");
            child.run(() -> serve(child));
            parent.withValue(tenant, "a").run(() -> serve(io.grpc.Context.current()));
          }

          private static boolean fetch(Context ctx, String url) {
            return ctx.isDone() && url.isEmpty();
          }

          private static boolean serve(io.grpc.Context ctx) {
            return ctx.isCancelled();
          }
        }
        """);
  }

  @Test
  void offersNoFixWhereTheOwnContextCannotStand() {
    Fixtures.verifyNoFix(
        OuterContextInTask.class,
        """
        import dev.bowline.CancellableContext;
        import dev.bowline.Context;
        import dev.bowline.TaskGroup;
        import java.util.List;

        class Fetcher {
          void derivedOutside(Context ctx, TaskGroup group) {
            try (CancellableContext limited = ctx.withCancel()) {
              group.fork(own -> fetch(limited));
            }
          }

          void ownIsReassigned(Context ctx, TaskGroup group, List<String> urls) {
            group.launch(
                own -> {
                  own = own.withCancel();
                  urls.forEach(url -> fetch(ctx));
                });
          }

          void nameMeansAnother(Context ctx, TaskGroup group) {
            group.launch(
                own ->
                    new Object() {
                      private final String own = "";

                      boolean run() {
                        return fetch(ctx) && own.isEmpty();
                      }
                    }.run());
          }

          void currentElsewhere(io.grpc.Context parent, io.grpc.Context.Key<String> tenant) {
            parent
                .withValue(tenant, "a")
                .run(() -> new Thread(() -> serve(parent)).start());
          }

          private static boolean fetch(Context ctx) {
            return ctx.isDone();
          }

          private static boolean serve(io.grpc.Context ctx) {
            return ctx.isCancelled();
          }
        }
        """);
  }

  @Test
  void knowsConfiguredContexts() {
    Fixtures.verifySource(
        OuterContextInTask.class,
        "Pool.java",
        """
        import dev.bowline.fixtures.ConfiguredContext;

        class Pool {
          void run(ConfiguredContext ctx, Job job) {
            // BUG: Diagnostic contains: Use 'own'
            run(ctx, own -> use(ctx));
          }

          private static void use(ConfiguredContext ctx) {}

          interface Job {
            void run(ConfiguredContext ctx);
          }
        }
        """,
        "-XepOpt:Bowline:ContextTypes=dev.bowline.fixtures.ConfiguredContext");
  }
}
