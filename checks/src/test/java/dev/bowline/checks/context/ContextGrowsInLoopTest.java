package dev.bowline.checks.context;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class ContextGrowsInLoopTest {
  @Test
  void reportsContextsThatTurnsHandToTheNext() {
    Fixtures.verify(ContextGrowsInLoop.class, "ContextGrowsInLoopPositive");
  }

  @Test
  void acceptsContextsOfOneTurnAndContextsPutTogether() {
    Fixtures.verify(ContextGrowsInLoop.class, "ContextGrowsInLoopNegative");
  }

  @Test
  void keepsTheContextOfATurnInTheTurn() {
    Fixtures.verifyFix(
        ContextGrowsInLoop.class,
        """
        import io.opentelemetry.context.Context;
        import io.opentelemetry.context.ContextKey;
        import java.util.List;

        class Batch {
          private static final ContextKey<String> TENANT = ContextKey.named("tenant");
          private static final ContextKey<String> USER = ContextKey.named("user");

          void run(Context ctx, List<String> tenants) {
            for (String tenant : tenants) {
              ctx = ctx.with(TENANT, tenant);
              if (!tenant.isEmpty()) {
                ctx = ctx.with(USER, tenant);
              }
              work(ctx);
            }
          }

          void condition(List<String> tenants) {
            Context context = Context.current();
            int i = 0;
            while (context.get(TENANT) == null && i < tenants.size()) {
              i++;
              context = context.with(USER, tenants.get(i));
              work(context);
            }
          }

          private static void work(Context ctx) {
            ctx.get(TENANT);
          }
        }
        """,
        """
        import io.opentelemetry.context.Context;
        import io.opentelemetry.context.ContextKey;
        import java.util.List;

        class Batch {
          private static final ContextKey<String> TENANT = ContextKey.named("tenant");
          private static final ContextKey<String> USER = ContextKey.named("user");

          void run(Context ctx, List<String> tenants) {
            for (String tenant : tenants) {
              Context innerCtx = ctx.with(TENANT, tenant);
              if (!tenant.isEmpty()) {
                innerCtx = innerCtx.with(USER, tenant);
              }
              work(innerCtx);
            }
          }

          void condition(List<String> tenants) {
            Context context = Context.current();
            int i = 0;
            while (context.get(TENANT) == null && i < tenants.size()) {
              i++;
              Context innerContext = context.with(USER, tenants.get(i));
              work(innerContext);
            }
          }

          private static void work(Context ctx) {
            ctx.get(TENANT);
          }
        }
        """);
  }

  @Test
  void offersNoFixWhereTheRestOfTheTurnCouldNotSeeIt() {
    Fixtures.verifyNoFix(
        ContextGrowsInLoop.class,
        """
        import io.opentelemetry.context.Context;
        import io.opentelemetry.context.ContextKey;
        import java.util.List;

        class Batch {
          private static final ContextKey<String> TENANT = ContextKey.named("tenant");
          private Context field = Context.root();

          void conditional(Context ctx, List<String> tenants) {
            for (String tenant : tenants) {
              if (!tenant.isEmpty()) {
                ctx = ctx.with(TENANT, tenant);
              }
              work(ctx);
            }
          }

          void nameIsTaken(Context ctx, List<String> tenants, String innerCtx) {
            for (String tenant : tenants) {
              ctx = ctx.with(TENANT, tenant + innerCtx);
              work(ctx);
            }
          }

          void noType(List<String> tenants) {
            var context = Context.current();
            for (String tenant : tenants) {
              context = context.with(TENANT, tenant);
              work(context);
            }
          }

          void field(List<String> tenants) {
            for (String tenant : tenants) {
              field = field.with(TENANT, tenant);
              work(field);
            }
          }

          private static void work(Context ctx) {
            ctx.get(TENANT);
          }
        }
        """);
  }
}
