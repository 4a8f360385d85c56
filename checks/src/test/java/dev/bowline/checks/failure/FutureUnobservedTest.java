package dev.bowline.checks.failure;

import static com.google.common.truth.Truth.assertThat;

import com.google.testing.compile.JavaFileObjects;
import dev.bowline.checks.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class FutureUnobservedTest {
  @Test
  void reportsFailuresThatNobodyHears() {
    Fixtures.verify(FutureUnobserved.class, "FutureUnobservedPositive");
  }

  @Test
  void acceptsFailuresThatAreHeardOrReportedByErrorProne() {
    Fixtures.verify(FutureUnobserved.class, "FutureUnobservedNegative");
  }

  @Test
  void acceptsWhatIsStatedForThePackage() {
    String source =
        """
        package app;

        class Cache {
          void warm(java.util.concurrent.ExecutorService pool, Runnable task) {
            java.util.concurrent.Future<?> done = pool.submit(task);
          }
        }
        """;
    assertThat(
            Fixtures.compile(
                    List.of(FutureUnobserved.class),
                    List.of(),
                    JavaFileObjects.forSourceString("app.Cache", source),
                    JavaFileObjects.forSourceString(
                        "app.package-info",
                        "@dev.bowline.annotations.Detached(reason = \"best effort\") package app;"))
                .warnings())
        .isEmpty();
    assertThat(
            Fixtures.compile(
                    List.of(FutureUnobserved.class),
                    List.of(),
                    JavaFileObjects.forSourceString("app.Cache", source))
                .warnings())
        .hasSize(1);
  }

  @Test
  void executesInstead() {
    Fixtures.verifyFix(
        FutureUnobserved.class,
        """
        import java.util.concurrent.ExecutorService;
        import java.util.concurrent.Future;

        abstract class Cache {
          void warm(ExecutorService pool) {
            Future<?> done = pool.submit(() -> { load(); });
          }

          abstract void load();
        }
        """,
        """
        import java.util.concurrent.ExecutorService;
        import java.util.concurrent.Future;

        abstract class Cache {
          void warm(ExecutorService pool) {
            pool.execute(() -> { load(); });
          }

          abstract void load();
        }
        """);
  }

  @Test
  void offersNoFixWhereItWouldNotCompileOrKeepTheFailure() {
    Fixtures.verifyNoFix(
        FutureUnobserved.class,
        """
        import java.util.List;
        import java.util.concurrent.*;

        class Cache {
          void scheduled(ScheduledExecutorService pool, Runnable task) {
            Future<?> done = pool.submit(task);
          }

          void withResult(ExecutorService pool, Runnable task) {
            Future<String> done = pool.submit(task, "");
          }

          void computes(ExecutorService pool, Callable<String> task) {
            Future<String> done = pool.submit(task);
          }

          void writtenAgain(ExecutorService pool, Runnable task) {
            Future<?> done = pool.submit(task);
            done = null;
          }

          void all(ExecutorService pool, List<Callable<String>> tasks) throws Exception {
            pool.invokeAll(tasks);
          }

          void stage(CompletionStage<String> value, Runnable task) {
            value.thenRun(task);
          }
        }
        """);
  }

  @Test
  @Tag("jdk25")
  void reportsVariablesWithoutAName() {
    Fixtures.verifySource(
        FutureUnobserved.class,
        "Unnamed.java",
        """
        import java.util.concurrent.Callable;
        import java.util.concurrent.ExecutorService;

        class Unnamed {
          void ask(ExecutorService pool, Callable<String> query) {
            // BUG: Diagnostic contains: Nothing reads this future
            var _ = pool.submit(query);
          }
        }
        """);
  }
}
