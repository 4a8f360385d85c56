package dev.bowline.checks.testcode;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class UntimedWaitInTestTest {
  @Test
  void reportsWaitsWithoutBoundOnTheTestsThread() {
    Fixtures.verify(UntimedWaitInTest.class, "UntimedWaitInTestPositive");
  }

  @Test
  void acceptsBoundsTasksAndWhatIsOver() {
    Fixtures.verify(UntimedWaitInTest.class, "UntimedWaitInTestNegative");
  }

  @Test
  void knowsOtherFrameworks() {
    Fixtures.verify(UntimedWaitInTest.class, "UntimedWaitOtherFrameworks");
  }

  @Test
  void acceptsReasonStatedForThePackage() {
    Fixtures.verify(UntimedWaitInTest.class, "held/package-info", "held/StatedForPackage");
  }

  @Test
  void boundsTheWait() {
    Fixtures.verifyFix(
        UntimedWaitInTest.class,
        """
        import static org.junit.jupiter.api.Assertions.assertEquals;
        import static org.junit.jupiter.api.Assertions.assertThrows;

        import java.util.concurrent.BlockingQueue;
        import java.util.concurrent.CompletableFuture;
        import java.util.concurrent.CountDownLatch;
        import java.util.concurrent.ExecutionException;
        import java.util.concurrent.ExecutorService;
        import java.util.concurrent.Future;
        import java.util.concurrent.Semaphore;
        import org.junit.jupiter.api.Test;

        class WaitingTest {
          private final Semaphore ready = new Semaphore(0);

          @Test
          void waits(CountDownLatch latch, Thread thread, BlockingQueue<String> queue, Process p)
              throws InterruptedException {
            latch.await();
            p.waitFor();
            thread.join();
            queue.take();
            ready.acquire();
            ready.acquire(2);
          }

          @Test
          void gets(ExecutorService pool) throws Exception {
            Future<Integer> future = pool.submit(() -> 1);
            assertEquals(1, future.get());
            CompletableFuture.supplyAsync(() -> 1, pool).join();
          }

          @Test
          void fails(ExecutorService pool) {
            Future<Integer> future = pool.submit(() -> 1);
            assertThrows(ExecutionException.class, () -> future.get());
          }
        }
        """,
        """
        import static org.junit.jupiter.api.Assertions.assertEquals;
        import static org.junit.jupiter.api.Assertions.assertFalse;
        import static org.junit.jupiter.api.Assertions.assertNotNull;
        import static org.junit.jupiter.api.Assertions.assertThrows;
        import static org.junit.jupiter.api.Assertions.assertTrue;

        import java.util.concurrent.BlockingQueue;
        import java.util.concurrent.CompletableFuture;
        import java.util.concurrent.CountDownLatch;
        import java.util.concurrent.ExecutionException;
        import java.util.concurrent.ExecutorService;
        import java.util.concurrent.Future;
        import java.util.concurrent.Semaphore;
        import java.util.concurrent.TimeUnit;
        import org.junit.jupiter.api.Test;

        class WaitingTest {
          private final Semaphore ready = new Semaphore(0);

          @Test
          void waits(CountDownLatch latch, Thread thread, BlockingQueue<String> queue, Process p)
              throws InterruptedException {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
            assertTrue(p.waitFor(30, TimeUnit.SECONDS));
            thread.join(30_000);
            assertFalse(thread.isAlive());
            assertNotNull(queue.poll(30, TimeUnit.SECONDS));
            assertTrue(ready.tryAcquire(30, TimeUnit.SECONDS));
            assertTrue(ready.tryAcquire(2, 30, TimeUnit.SECONDS));
          }

          @Test
          void gets(ExecutorService pool) throws Exception {
            Future<Integer> future = pool.submit(() -> 1);
            assertEquals(1, future.get(30, TimeUnit.SECONDS));
            CompletableFuture.supplyAsync(() -> 1, pool).orTimeout(30, TimeUnit.SECONDS).join();
          }

          @Test
          void fails(ExecutorService pool) {
            Future<Integer> future = pool.submit(() -> 1);
            assertThrows(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS));
          }
        }
        """);
  }

  @Test
  void writesTheTimeAsTheFileDoes() {
    Fixtures.verifyFix(
        UntimedWaitInTest.class,
        """
        import static com.google.common.truth.Truth.assertThat;
        import static java.util.concurrent.TimeUnit.SECONDS;

        import java.util.concurrent.CountDownLatch;
        import org.junit.jupiter.api.Test;

        class WaitingTest {
          @Test
          void waits(CountDownLatch latch, CountDownLatch other, Thread thread) throws Exception {
            assertThat(other.await(5, SECONDS)).isTrue();
            latch.await();
            thread.join();
          }
        }
        """,
        """
        import static com.google.common.truth.Truth.assertThat;
        import static java.util.concurrent.TimeUnit.SECONDS;

        import java.util.concurrent.CountDownLatch;
        import org.junit.jupiter.api.Test;

        class WaitingTest {
          @Test
          void waits(CountDownLatch latch, CountDownLatch other, Thread thread) throws Exception {
            assertThat(other.await(5, SECONDS)).isTrue();
            assertThat(latch.await(30, SECONDS)).isTrue();
            thread.join(30_000);
            assertThat(thread.isAlive()).isFalse();
          }
        }
        """);
  }

  @Test
  void offersNoFixWhereItWouldNotCompileOrWouldBeSwallowed() {
    Fixtures.verifyNoFix(
        UntimedWaitInTest.class,
        """
        import java.util.List;
        import java.util.concurrent.BlockingQueue;
        import java.util.concurrent.CountDownLatch;
        import java.util.concurrent.CyclicBarrier;
        import java.util.concurrent.ExecutionException;
        import java.util.concurrent.ExecutorService;
        import java.util.concurrent.Phaser;
        import org.junit.jupiter.api.Assertions;
        import org.junit.jupiter.api.Test;

        class WaitingTest {
          @Test
          void declaresLess(ExecutorService pool) throws InterruptedException, ExecutionException {
            pool.submit(() -> 1).get();
          }

          @Test
          void catchesAll(ExecutorService pool, CyclicBarrier barrier) throws Exception {
            try {
              pool.submit(() -> 1).get();
              barrier.await();
            } catch (Exception expected) {
              Assertions.assertNotNull(expected);
            }
          }

          @Test
          void withoutBraces(List<Thread> threads, CountDownLatch latch, boolean wait)
              throws InterruptedException {
            for (Thread thread : threads) thread.join();
            if (wait) latch.await();
          }

          @Test
          void usesElement(BlockingQueue<String> queue, Phaser phaser) throws InterruptedException {
            String next = queue.take();
            phaser.awaitAdvance(next.length());
          }

          @Test
          void references(ExecutorService pool) {
            Assertions.assertThrows(ExecutionException.class, pool.submit(() -> 1)::get);
          }
        }
        """);
  }
}
