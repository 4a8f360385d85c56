package dev.bowline.checks.context;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class ContextFirstParameterTest {
  @Test
  void reportsContextsThatAreNotFirst() {
    Fixtures.verify(ContextFirstParameter.class, "ContextFirstParameterPositive");
  }

  @Test
  void acceptsSignaturesThatOthersDecide() {
    Fixtures.verify(ContextFirstParameter.class, "ContextFirstParameterNegative");
  }

  @Test
  void acceptsConfiguredTypesBeforeTheContext() {
    Fixtures.verify(
        ContextFirstParameter.class,
        "ContextFirstParameterAllowed",
        "-XepOpt:ContextFirstParameter:AllowedBefore=java.util.logging.Logger");
  }

  @Test
  void movesTheParameterOfPrivateMethodsWithAllCalls() {
    Fixtures.verifyFix(
        ContextFirstParameter.class,
        """
        import dev.bowline.Context;

        class Loader {
          private final String name;

          private Loader(String name, Context ctx) {
            this.name = name + ctx;
          }

          static Loader of(Context ctx) {
            return new Loader(describe(1, "b", ctx), ctx);
          }

          String load(Context ctx) {
            return describe(name.length(), name, ctx) + Loader.describe(2, "c", ctx.withCancel());
          }

          private static String describe(
              int count,
              String id,
              Context ctx,
              Object... more) {
            return id + count + ctx + more.length;
          }

          private String fromTo(Context from, String id, Context to) {
            return fromTo(from, id, to);
          }
        }
        """,
        """
        import dev.bowline.Context;

        class Loader {
          private final String name;

          private Loader(Context ctx, String name) {
            this.name = name + ctx;
          }

          static Loader of(Context ctx) {
            return new Loader(ctx, describe(ctx, 1, "b"));
          }

          String load(Context ctx) {
            return describe(ctx, name.length(), name) + Loader.describe(ctx.withCancel(), 2, "c");
          }

          private static String describe(
              Context ctx,
              int count,
              String id,
              Object... more) {
            return id + count + ctx + more.length;
          }

          private String fromTo(Context from, Context to, String id) {
            return fromTo(from, to, id);
          }
        }
        """);
  }

  @Test
  void offersNoFixThatCouldChangeWhatTheCodeDoes() {
    Fixtures.verifyNoFix(
        ContextFirstParameter.class,
        """
        import dev.bowline.Context;

        class Loader {
          void publicMethod(String id, Context ctx) {}

          private void effects(String id, Context ctx) {}

          private void assigned(String id, Context ctx) {}

          private void comment(String id, /* of the caller */ Context ctx) {}

          private void commentAtCall(String id, Context ctx) {}

          private void overloaded(String id, Context ctx) {}

          private void overloaded(Context ctx, Object id) {}

          private Context nested(String id, Context ctx) {
            return nested(id, nested(id, ctx));
          }

          void calls(Context ctx) {
            effects(next(), derive(ctx));
            Context other;
            assigned((other = ctx).toString(), other);
            commentAtCall(/* id= */ "a", ctx);
            overloaded("a", ctx);
          }

          private String next() {
            return toString();
          }

          private Context derive(Context ctx) {
            return ctx;
          }
        }
        """);
  }
}
