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
  void takesCommentsAlongAndLeavesTheLayout() {
    Fixtures.verifyFix(
        ContextFirstParameter.class,
        """
        import dev.bowline.Context;

        class Loader {
          private void load(/* unique */ String id, int count /* of rows */, /* caller's */ Context ctx) {}

          private void lines(
              @Deprecated String id,
              /* limit: */ final int count,
              final Context ctx /* caller's */) {}

          void calls(Context ctx) {
            load(/* id= */ "a, b", 2 /* two */, /* ctx= */ ctx);
            lines(
                "a", 1,
                ctx /* mine */);
          }
        }
        """,
        """
        import dev.bowline.Context;

        class Loader {
          private void load(/* caller's */ Context ctx, /* unique */ String id, int count /* of rows */) {}

          private void lines(
              final Context ctx /* caller's */,
              @Deprecated String id,
              /* limit: */ final int count) {}

          void calls(Context ctx) {
            load(/* ctx= */ ctx, /* id= */ "a, b", 2 /* two */);
            lines(
                ctx /* mine */, "a", 1);
          }
        }
        """);
  }

  @Test
  void movesTheArgumentsOfCallsInArguments() {
    Fixtures.verifyFix(
        ContextFirstParameter.class,
        """
        import dev.bowline.Context;
        import java.util.function.Supplier;

        class Tree {
          private String walk(Object node, Context ctx) {
            return walk(walk(node, ctx), ctx) + walk((Supplier<String>) () -> walk(1, ctx), ctx);
          }

          private Context derive(String id, Context ctx) {
            return derive("a", derive("b", derive("c", ctx)));
          }
        }
        """,
        """
        import dev.bowline.Context;
        import java.util.function.Supplier;

        class Tree {
          private String walk(Context ctx, Object node) {
            return walk(ctx, walk(ctx, node)) + walk(ctx, (Supplier<String>) () -> walk(ctx, 1));
          }

          private Context derive(Context ctx, String id) {
            return derive(derive(derive(ctx, "c"), "b"), "a");
          }
        }
        """);
  }

  @Test
  void movesTheParameterWhereOverloadsTakeAnotherNumber() {
    Fixtures.verifyFix(
        ContextFirstParameter.class,
        """
        import dev.bowline.Context;

        class Loader {
          Loader(Context ctx) {
            this("default", ctx);
          }

          private Loader(String id, Context ctx) {}

          static class Cached extends Loader {
            Cached(Context ctx) {
              super("cached", ctx);
            }
          }
        }
        """,
        """
        import dev.bowline.Context;

        class Loader {
          Loader(Context ctx) {
            this(ctx, "default");
          }

          private Loader(Context ctx, String id) {}

          static class Cached extends Loader {
            Cached(Context ctx) {
              super(ctx, "cached");
            }
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

          private void lineComment(
              String id, // of the row
              Context ctx) {}

          private void whose(String id, /* of the row */
              Context ctx) {}

          private void commentAtCall(String id, Context ctx) {}

          private void overloaded(String id, Context ctx) {}

          private void overloaded(Context ctx, Object id) {}

          private void varargs(Context ctx, Object... more) {}

          private void varargs(String id, Context ctx) {}

          private Loader(String id, Context ctx) {}

          static Loader anonymous(Context ctx) {
            return new Loader("a", ctx) {};
          }

          void calls(Context ctx) {
            effects(next(), derive(ctx));
            Context other;
            assigned((other = ctx).toString(), other);
            commentAtCall(
                "a", // id
                ctx);
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
