package dev.bowline.checks.context;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ContextDiscardedTest {
  @Test
  void reportsDroppedContexts() {
    Fixtures.verify(ContextDiscarded.class, "ContextDiscardedPositive");
  }

  @Test
  void acceptsUsedContextsHandlesAndWhatErrorProneReports() {
    Fixtures.verify(ContextDiscarded.class, "ContextDiscardedNegative");
  }

  @Test
  void acceptsUnusedVariablesInTests() {
    Fixtures.verify(ContextDiscarded.class, "ContextDiscardedInTest");
  }

  @Test
  void keepsTheNewContextInTheVariable() {
    Fixtures.verifyFix(
        ContextDiscarded.class,
        """
        import io.opentelemetry.context.Context;
        import io.opentelemetry.context.ContextKey;
        import io.opentelemetry.context.ImplicitContextKeyed;

        class Handler {
          private static final ContextKey<String> TENANT = ContextKey.named("tenant");

          void parameter(Context ctx, String tenant, ImplicitContextKeyed span, Runnable work) {
            ctx.with(TENANT, tenant).with(span);
            ctx.wrap(work).run();
          }

          void local(ImplicitContextKeyed baggage, Runnable work) {
            Context context = Context.current();
            if (baggage != null) {
              baggage.storeInContext(context);
            }
            context.wrap(work).run();
          }

          void carrier(reactor.util.context.Context context) {
            context.put("tenant", "a").delete("user");
            context.stream().forEach(entry -> {});
          }
        }
        """,
        """
        import io.opentelemetry.context.Context;
        import io.opentelemetry.context.ContextKey;
        import io.opentelemetry.context.ImplicitContextKeyed;

        class Handler {
          private static final ContextKey<String> TENANT = ContextKey.named("tenant");

          void parameter(Context ctx, String tenant, ImplicitContextKeyed span, Runnable work) {
            ctx = ctx.with(TENANT, tenant).with(span);
            ctx.wrap(work).run();
          }

          void local(ImplicitContextKeyed baggage, Runnable work) {
            Context context = Context.current();
            if (baggage != null) {
              context = baggage.storeInContext(context);
            }
            context.wrap(work).run();
          }

          void carrier(reactor.util.context.Context context) {
            context = context.put("tenant", "a").delete("user");
            context.stream().forEach(entry -> {});
          }
        }
        """);
  }

  @Test
  void offersNoFixWhereTheVariableCannotTakeIt() {
    Fixtures.verifyNoFix(
        ContextDiscarded.class,
        """
        import io.opentelemetry.context.Context;
        import io.opentelemetry.context.ContextKey;
        import java.util.List;

        class Handler {
          private static final ContextKey<String> TENANT = ContextKey.named("tenant");
          private final Context field = Context.root();

          void nobodyReadsIt(Context ctx) {
            ctx.with(TENANT, "a");
          }

          void constant(final Context ctx, Runnable work) {
            ctx.with(TENANT, "a");
            ctx.wrap(work).run();
          }

          Runnable captured(Context ctx, Runnable work) {
            ctx.with(TENANT, "a");
            return () -> ctx.wrap(work).run();
          }

          Runnable insideALambda(Context ctx, Runnable work) {
            return () -> {
              ctx.with(TENANT, "a");
              ctx.wrap(work).run();
            };
          }

          void wouldGrow(Context ctx, List<Runnable> works) {
            for (Runnable work : works) {
              ctx.with(TENANT, "a");
              ctx.wrap(work).run();
            }
          }

          void field(Runnable work) {
            field.with(TENANT, "a");
            field.wrap(work).run();
          }
        }
        """);
  }

  @Tag("jdk25")
  @Test
  void reportsScopedValuesThatAreBoundToNothing() {
    Fixtures.verifySource(
        ContextDiscarded.class,
        "Snippet.java",
        """
        class Snippet {
          static final ScopedValue<String> TENANT = ScopedValue.newInstance();
          static final ScopedValue<String> USER = ScopedValue.newInstance();

          void bind(Runnable work) {
            // BUG: Diagnostic contains: 'where' alone binds nothing
            ScopedValue.where(TENANT, "a");
            // BUG: Diagnostic contains: 'where' alone binds nothing
            ScopedValue.where(TENANT, "a").where(USER, "b");
            // BUG: Diagnostic contains: 'where' alone binds nothing
            var _ = ScopedValue.where(TENANT, "a");
            ScopedValue.where(TENANT, "a").run(work);
          }
        }
        """);
  }
}
