package dev.bowline.checks.lifecycle;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class ExecutorNotShutDownTest {
  @Test
  void reportsThePathsThatLeak() {
    Fixtures.verify(ExecutorNotShutDown.class, "ExecutorNotShutDownPathsPositive");
  }

  @Test
  void acceptsThePathsThatEndIt() {
    Fixtures.verify(ExecutorNotShutDown.class, "ExecutorNotShutDownPathsNegative");
  }

  @Test
  void reportsWhatAClassNeverEnds() {
    Fixtures.verify(ExecutorNotShutDown.class, "ExecutorNotShutDownPositive");
  }

  @Test
  void acceptsWhatOthersEndOrWhatIsMeantToStay() {
    Fixtures.verify(ExecutorNotShutDown.class, "ExecutorNotShutDownNegative");
  }

  @Test
  void isSilentInTests() {
    Fixtures.verify(ExecutorNotShutDown.class, "ExecutorNotShutDownInTest");
  }

  @Test
  void offersTryAndFinally() {
    Fixtures.verifyFix(
        ExecutorNotShutDown.class,
        """
        import java.util.concurrent.*;
        class In {
          String load(Callable<String> row) throws Exception {
            ExecutorService pool = Executors.newCachedThreadPool();
            Future<String> result = pool.submit(row);
            pool.execute(() -> {});
            return result.get();
          }
        }
        """,
        """
        import java.util.concurrent.*;
        class In {
          String load(Callable<String> row) throws Exception {
            ExecutorService pool = Executors.newCachedThreadPool();
            try {
              Future<String> result = pool.submit(row);
              pool.execute(() -> {});
              return result.get();
            } finally {
              pool.shutdown();
            }
          }
        }
        """);
  }

  @Test
  void offersItInALambda() {
    Fixtures.verifyFix(
        ExecutorNotShutDown.class,
        """
        import java.util.concurrent.*;
        class In {
          Runnable load(Runnable row) {
            return () -> {
              var pool = new ForkJoinPool(4);
              pool.execute(row);
            };
          }
        }
        """,
        """
        import java.util.concurrent.*;
        class In {
          Runnable load(Runnable row) {
            return () -> {
              var pool = new ForkJoinPool(4);
              try {
                pool.execute(row);
              } finally {
                pool.shutdown();
              }
            };
          }
        }
        """);
  }

  @Test
  void offersNothingWhenItIsShutDownSomewhere() {
    Fixtures.verifyNoFix(
        ExecutorNotShutDown.class,
        """
        import java.util.concurrent.*;
        class In {
          void load(Callable<String> row) throws Exception {
            ExecutorService pool = Executors.newCachedThreadPool();
            pool.submit(row).get();
            pool.shutdown();
          }
        }
        """);
  }

  @Test
  void offersNothingWhenItIsAwaited() {
    Fixtures.verifyNoFix(
        ExecutorNotShutDown.class,
        """
        import java.util.concurrent.*;
        class In {
          boolean load(Runnable row) throws Exception {
            ExecutorService pool = Executors.newCachedThreadPool();
            pool.execute(row);
            return pool.awaitTermination(1, TimeUnit.SECONDS);
          }
        }
        """);
  }

  @Test
  void offersNothingWhenStagesOrTasksUseIt() {
    Fixtures.verifyNoFix(
        ExecutorNotShutDown.class,
        """
        import java.util.concurrent.*;
        class In {
          CompletableFuture<String> stages(CompletableFuture<String> row) {
            ExecutorService pool = Executors.newCachedThreadPool();
            return row.thenApplyAsync(String::strip, pool);
          }

          Runnable task(Runnable row) {
            ExecutorService pool = Executors.newCachedThreadPool();
            return () -> pool.execute(row);
          }

          void alias(Runnable row) {
            ExecutorService pool = Executors.newCachedThreadPool();
            Executor other = pool;
            other.execute(row);
          }
        }
        """);
  }

  @Test
  void offersNothingForSchedules() {
    Fixtures.verifyNoFix(
        ExecutorNotShutDown.class,
        """
        import java.util.concurrent.*;
        class In {
          void load(Runnable row) {
            ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
            clock.schedule(row, 1, TimeUnit.DAYS);
          }
        }
        """);
  }

  @Test
  void offersNothingForAVariableThatChanges() {
    Fixtures.verifyNoFix(
        ExecutorNotShutDown.class,
        """
        import java.util.concurrent.*;
        class In {
          void load(Runnable row) {
            ExecutorService pool = Executors.newFixedThreadPool(1);
            pool.execute(row);
            pool = Executors.newFixedThreadPool(2);
            pool.execute(row);
          }
        }
        """);
  }

  @Test
  void offersNothingOutsideOfABlock() {
    Fixtures.verifyNoFix(
        ExecutorNotShutDown.class,
        """
        import java.util.concurrent.*;
        class In {
          private final ExecutorService field = Executors.newCachedThreadPool();

          void load(Runnable row) {
            Executors.newCachedThreadPool().execute(row);
            field.execute(row);
            ExecutorService last = Executors.newCachedThreadPool();
          }
        }
        """);
  }

  @Test
  void isSilentInADetachedPackage() {
    Fixtures.verify(
        ExecutorNotShutDown.class, "detached/package-info", "detached/DetachedForPackage");
  }
}
