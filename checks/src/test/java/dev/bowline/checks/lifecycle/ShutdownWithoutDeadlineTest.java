package dev.bowline.checks.lifecycle;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ShutdownWithoutDeadlineTest {
  @Test
  void reportsEndsThatWaitNotAtAllOrForEver() {
    Fixtures.verify(ShutdownWithoutDeadline.class, "ShutdownWithoutDeadlinePositive");
  }

  @Test
  void acceptsWaitsOfAnyKindAndExecutorsOfOthers() {
    Fixtures.verify(ShutdownWithoutDeadline.class, "ShutdownWithoutDeadlineNegative");
  }

  @Test
  void acceptsDaemons() {
    Fixtures.verify(ShutdownWithoutDeadline.class, "ShutdownWithoutDeadlineDaemons");
  }

  @Test
  void acceptsProgramsThatWaitForTheirJob() {
    Fixtures.verify(ShutdownWithoutDeadline.class, "ShutdownWithoutDeadlineProgram");
  }

  @Test
  void isSilentInTestCode() {
    Fixtures.verify(ShutdownWithoutDeadline.class, "ShutdownWithoutDeadlineInTest");
  }

  @Test
  void reportsMethodsThatAContainerCallsAtTheEnd() {
    for (String api : new String[] {"javax", "jakarta"}) {
      Fixtures.verifySource(
          ShutdownWithoutDeadline.class,
          "Bean.java",
          """
          package %s.annotation;

          import java.util.concurrent.ExecutorService;
          import java.util.concurrent.Executors;

          @interface PreDestroy {}

          class Bean {
            private final ExecutorService pool = Executors.newFixedThreadPool(4);

            void handle(Runnable request) {
              pool.execute(request);
            }

            @PreDestroy
            private void cleanUp() {
              // BUG: Diagnostic contains: 'cleanUp' returns while tasks of 'pool' still run
              pool.shutdown();
            }
          }
          """
              .formatted(api));
    }
  }

  @Test
  @Tag("jdk25")
  void reportsCloseOfAnExecutor() {
    Fixtures.verifySource(
        ShutdownWithoutDeadline.class,
        "Pools.java",
        """
        import java.util.concurrent.ExecutorService;
        import java.util.concurrent.Executors;
        import java.util.concurrent.TimeUnit;

        class Pools implements AutoCloseable {
          private final ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();

          public void close() {
            // BUG: Diagnostic contains: 'close' waits here without a bound
            pool.close();
          }

          void stop() throws InterruptedException {
            // BUG: Diagnostic contains: The end of this block closes the executor
            try (var closers = Executors.newVirtualThreadPerTaskExecutor()) {
              closers.submit(() -> System.out.println("closed"));
            }
            try (var closers = Executors.newVirtualThreadPerTaskExecutor()) {
              closers.submit(() -> System.out.println("closed"));
              if (!closers.awaitTermination(1, TimeUnit.SECONDS)) {
                closers.shutdownNow();
              }
            }
          }

          void run() {
            try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
              tasks.submit(() -> System.out.println("done"));
            }
          }

          void shutdown() {
            pool.shutdown();
          }
        }
        """);
  }

  @Test
  @Tag("jdk25")
  void replacesClose() {
    Fixtures.verifyFix(
        ShutdownWithoutDeadline.class,
        """
        import java.util.concurrent.ExecutorService;
        import java.util.concurrent.Executors;

        class Pools implements AutoCloseable {
          private final ExecutorService pool = Executors.newCachedThreadPool();

          @Override
          public void close() {
            pool.close();
          }
        }
        """,
        """
        import java.util.concurrent.ExecutorService;
        import java.util.concurrent.Executors;
        import java.util.concurrent.TimeUnit;

        class Pools implements AutoCloseable {
          private final ExecutorService pool = Executors.newCachedThreadPool();

          @Override
          public void close() {
            pool.shutdown();
            try {
              if (!pool.awaitTermination(30, TimeUnit.SECONDS)) {
                pool.shutdownNow();
              }
            } catch (InterruptedException e) {
              pool.shutdownNow();
              Thread.currentThread().interrupt();
            }
          }
        }
        """);
  }

  @Test
  void waitsInTwoPhases() {
    Fixtures.verifyFix(
        ShutdownWithoutDeadline.class,
        """
        import java.util.concurrent.ExecutorService;
        import java.util.concurrent.Executors;

        class Pools {
          private ExecutorService pool = Executors.newCachedThreadPool();

          void start(Runnable task) {
            pool.execute(task);
          }

          void stop(String e) {
            if (pool != null) {
              this.pool.shutdown();
              pool = null;
            }
          }
        }
        """,
        """
        import java.util.concurrent.ExecutorService;
        import java.util.concurrent.Executors;
        import java.util.concurrent.TimeUnit;

        class Pools {
          private ExecutorService pool = Executors.newCachedThreadPool();

          void start(Runnable task) {
            pool.execute(task);
          }

          void stop(String e) {
            if (pool != null) {
              this.pool.shutdown();
              try {
                if (!this.pool.awaitTermination(30, TimeUnit.SECONDS)) {
                  this.pool.shutdownNow();
                }
              } catch (InterruptedException interrupted) {
                this.pool.shutdownNow();
                Thread.currentThread().interrupt();
              }
              pool = null;
            }
          }
        }
        """);
  }

  @Test
  void boundsWaits() {
    Fixtures.verifyFix(
        ShutdownWithoutDeadline.class,
        """
        import java.util.concurrent.ExecutorService;
        import java.util.concurrent.TimeUnit;

        class Pools {
          private ExecutorService pool;
          private Thread thread;

          void stop() throws InterruptedException {
            pool.shutdown();
            pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
          }

          void close() throws InterruptedException {
            thread.join();
          }

          static class Worker extends Thread {
            void terminate() throws InterruptedException {
              join();
            }
          }
        }
        """,
        """
        import java.util.concurrent.ExecutorService;
        import java.util.concurrent.TimeUnit;

        class Pools {
          private ExecutorService pool;
          private Thread thread;

          void stop() throws InterruptedException {
            pool.shutdown();
            if (!pool.awaitTermination(30, TimeUnit.SECONDS)) {
              pool.shutdownNow();
            }
          }

          void close() throws InterruptedException {
            thread.join(TimeUnit.SECONDS.toMillis(30));
          }

          static class Worker extends Thread {
            void terminate() throws InterruptedException {
              join(TimeUnit.SECONDS.toMillis(30));
            }
          }
        }
        """);
  }

  @Test
  void offersNoFixThatWouldNotCompileOrDoSomethingElse() {
    Fixtures.verifyNoFix(
        ShutdownWithoutDeadline.class,
        """
        import com.google.common.util.concurrent.Uninterruptibles;
        import java.util.concurrent.ExecutorService;
        import java.util.concurrent.Executors;
        import java.util.concurrent.TimeUnit;

        class Pools {
          private final ExecutorService pool = Executors.newCachedThreadPool();
          private final ExecutorService other = Executors.newCachedThreadPool();

          void hooks() {
            other.execute(() -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(() -> other.shutdown()));
            Runtime.getRuntime().addShutdownHook(new Thread(other::shutdown));
          }

          ExecutorService pool() {
            return pool;
          }

          void stop() throws InterruptedException {
            if (pool != null) pool().awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            while (!pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS)) {}
            Uninterruptibles.joinUninterruptibly(new Thread());
          }
        }
        """);
  }
}
