package dev.bowline.checks.context;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class ContextNotForwardedTest {
  @Test
  void reportsCallsWithoutTheContextInHand() {
    Fixtures.verify(ContextNotForwarded.class, "ContextNotForwardedPositive");
  }

  @Test
  void acceptsOtherOverloadsOtherTimesAndStatedReasons() {
    Fixtures.verify(ContextNotForwarded.class, "ContextNotForwardedNegative");
  }

  @Test
  void acceptsReasonStatedForThePackage() {
    Fixtures.verify(ContextNotForwarded.class, "held/package-info", "held/NotForwarded");
  }

  @Test
  void asksWhatMayBeCalledFromOtherPackages() {
    Fixtures.verify(ContextNotForwarded.class, "ContextNotForwardedElsewhere", "access/Restricted");
  }

  @Test
  void acceptsTestsOfBothOverloadsAndCleanup() {
    Fixtures.verify(ContextNotForwarded.class, "ContextNotForwardedInTest");
  }

  @Test
  void passesTheContextOn() {
    Fixtures.verifyFix(
        ContextNotForwarded.class,
        """
        import dev.bowline.CancellableContext;
        import dev.bowline.Context;
        import java.util.function.Function;

        class Handler {
          String handle(Context ctx, Rows rows) {
            rows.count();
            rows.save("a");
            rows.move("a", "b");
            rows.loadAll("a", "b");
            rows.loadAll();
            return rows.load("a").trim();
          }

          void innermost(Context ctx, Rows rows) {
            try (CancellableContext child = ctx.withCancel()) {
              rows.load("a");
            }
            Function<Context, String> own = inner -> rows.load("b");
          }

          void nested(Context ctx, Rows rows) {
            rows.load(rows.load("a"));
            rows.count(/* all of them */ ); // counts
            rows.load(
                // the first one
                "a");
            rows.save("a" /* last */);
          }

          Batch create(Context ctx) {
            return new Batch();
          }

          static class Batch {
            Batch() {}

            Batch(Context ctx) {}
          }

          static class Large extends Batch {
            Large(Context ctx) {
              super();
            }
          }

          interface Rows {
            int count();

            int count(Context ctx);

            String load(String key);

            String load(Context ctx, String key);

            void save(String key);

            void save(String key, Context ctx);

            void move(String from, String to);

            void move(String from, Context ctx, String to);

            void loadAll(String... keys);

            void loadAll(Context ctx, String... keys);
          }
        }
        """,
        """
        import dev.bowline.CancellableContext;
        import dev.bowline.Context;
        import java.util.function.Function;

        class Handler {
          String handle(Context ctx, Rows rows) {
            rows.count(ctx);
            rows.save("a", ctx);
            rows.move("a", ctx, "b");
            rows.loadAll(ctx, "a", "b");
            rows.loadAll(ctx);
            return rows.load(ctx, "a").trim();
          }

          void innermost(Context ctx, Rows rows) {
            try (CancellableContext child = ctx.withCancel()) {
              rows.load(child, "a");
            }
            Function<Context, String> own = inner -> rows.load(inner, "b");
          }

          void nested(Context ctx, Rows rows) {
            rows.load(ctx, rows.load(ctx, "a"));
            rows.count(/* all of them */ ctx); // counts
            rows.load(
                // the first one
                ctx, "a");
            rows.save("a", ctx /* last */);
          }

          Batch create(Context ctx) {
            return new Batch(ctx);
          }

          static class Batch {
            Batch() {}

            Batch(Context ctx) {}
          }

          static class Large extends Batch {
            Large(Context ctx) {
              super(ctx);
            }
          }

          interface Rows {
            int count();

            int count(Context ctx);

            String load(String key);

            String load(Context ctx, String key);

            void save(String key);

            void save(String key, Context ctx);

            void move(String from, String to);

            void move(String from, Context ctx, String to);

            void loadAll(String... keys);

            void loadAll(Context ctx, String... keys);
          }
        }
        """);
  }

  @Test
  void passesTheContextOnWhereItsExceptionsAreHandled() {
    Fixtures.verifyFix(
        ContextNotForwarded.class,
        """
        import dev.bowline.CancelledException;
        import dev.bowline.Context;
        import java.util.concurrent.Callable;
        import java.util.function.Function;

        class Handler {
          void declared(Context ctx, Queue queue) throws InterruptedException {
            queue.take();
          }

          void caught(Context ctx, Queue queue) {
            try {
              queue.take();
              Thread.sleep(1);
            } catch (CancelledException e) {
              return;
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }

          Function<Context, Callable<String>> allowedByLambda(Queue queue) {
            return ctx -> {
              class Own {
                String take(Context own) throws Exception {
                  return queue.take();
                }
              }
              return () -> new Own().take(ctx);
            };
          }

          interface Queue {
            String take();

            String take(Context ctx) throws CancelledException;
          }
        }
        """,
        """
        import dev.bowline.CancelledException;
        import dev.bowline.Context;
        import java.util.concurrent.Callable;
        import java.util.function.Function;

        class Handler {
          void declared(Context ctx, Queue queue) throws InterruptedException {
            queue.take(ctx);
          }

          void caught(Context ctx, Queue queue) {
            try {
              queue.take(ctx);
              Thread.sleep(1);
            } catch (CancelledException e) {
              return;
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }

          Function<Context, Callable<String>> allowedByLambda(Queue queue) {
            return ctx -> {
              class Own {
                String take(Context own) throws Exception {
                  return queue.take(own);
                }
              }
              return () -> new Own().take(ctx);
            };
          }

          interface Queue {
            String take();

            String take(Context ctx) throws CancelledException;
          }
        }
        """);
  }

  /** Each would stop compiling, or mean something else. */
  @Test
  void leavesAloneWhatWouldNotCompile() {
    Fixtures.verifyNoFix(
        ContextNotForwarded.class,
        """
        import dev.bowline.CancelledException;
        import dev.bowline.Context;
        import java.io.IOException;
        import java.util.function.Function;

        class Handler {
          void notHandled(Context ctx, Queue queue) {
            queue.take();
          }

          void rethrown(Context ctx, Queue queue) {
            try {
              queue.take();
            } catch (Exception e) {
              throw e;
            }
          }

          Function<Context, String> notAllowedInLambda(Queue queue) {
            return ctx -> queue.take();
          }

          final Function<Context, String> inInitialiser = ctx -> new Queue().take();

          void catchWouldBeUnreachable(Context ctx, Queue queue) {
            try {
              queue.offer();
            } catch (IOException e) {
              return;
            }
          }

          static class Queue {
            String take() {
              return "";
            }

            String take(Context ctx) throws CancelledException {
              return "";
            }

            void offer() throws IOException {}

            void offer(Context ctx) {}
          }
        }
        """);
  }
}
