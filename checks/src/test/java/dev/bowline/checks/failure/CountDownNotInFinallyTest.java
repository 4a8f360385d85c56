package dev.bowline.checks.failure;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class CountDownNotInFinallyTest {
  @Test
  void reportsCountDownsThatAnExceptionSkips() {
    Fixtures.verify(CountDownNotInFinally.class, "CountDownNotInFinallyPositive");
  }

  @Test
  void acceptsCountDownsThatHappenAndWaitsWithABound() {
    Fixtures.verify(CountDownNotInFinally.class, "CountDownNotInFinallyNegative");
  }

  @Test
  void reportsTestCodeWithoutATimeout() {
    Fixtures.verify(CountDownNotInFinally.class, "CountDownNotInFinallyInTest");
  }

  @Test
  void movesTheCountDownIntoAFinally() {
    Fixtures.verifyFix(
        CountDownNotInFinally.class,
        """
        import java.util.concurrent.Callable;
        import java.util.concurrent.CountDownLatch;
        import java.util.concurrent.ExecutorService;

        class Workers {
          void start(ExecutorService pool, Callable<String> work) throws InterruptedException {
            CountDownLatch done = new CountDownLatch(2);
            pool.submit(
                () -> {
                  long start = System.nanoTime();
                  // the work
                  String result = work.call();
                  System.out.println(result);
                  done.countDown();
                  return start;
                });
            pool.execute(
                () -> {
                  try {
                    System.out.println(work.call());
                    done.countDown();
                  } catch (Exception e) {
                    System.out.println(e);
                  }
                });
            done.await();
          }
        }
        """,
        """
        import java.util.concurrent.Callable;
        import java.util.concurrent.CountDownLatch;
        import java.util.concurrent.ExecutorService;

        class Workers {
          void start(ExecutorService pool, Callable<String> work) throws InterruptedException {
            CountDownLatch done = new CountDownLatch(2);
            pool.submit(
                () -> {
                  long start = System.nanoTime();
                  // the work
                  try {
                    String result = work.call();
                    System.out.println(result);
                  } finally {
                    done.countDown();
                  }
                  return start;
                });
            pool.execute(
                () -> {
                  try {
                    System.out.println(work.call());
                  } catch (Exception e) {
                    System.out.println(e);
                  } finally {
                    done.countDown();
                  }
                });
            done.await();
          }
        }
        """);
  }

  @Test
  void offersNoFixWhereLaterCodeNeedsWhatComesBefore() {
    Fixtures.verifyNoFix(
        CountDownNotInFinally.class,
        """
        import java.util.concurrent.Callable;
        import java.util.concurrent.CountDownLatch;
        import java.util.concurrent.ExecutorService;

        class Workers {
          void start(ExecutorService pool, Callable<String> work) throws InterruptedException {
            CountDownLatch done = new CountDownLatch(2);
            pool.submit(
                () -> {
                  String result = work.call();
                  done.countDown();
                  return result;
                });
            pool.submit(
                () -> {
                  work.call();
                  synchronized (this) {
                    done.countDown();
                  }
                  return null;
                });
            done.await();
          }
        }
        """);
  }

  /** In a finally it would tell the test that the assertion holds, whether or not it does. */
  @Test
  void offersNoFixWhereTheTestWaitsForAnAssertion() {
    Fixtures.verifyNoFix(
        CountDownNotInFinally.class,
        """
        import static org.junit.jupiter.api.Assertions.assertTrue;

        import java.util.concurrent.CountDownLatch;
        import java.util.concurrent.ExecutorService;
        import java.util.function.BooleanSupplier;
        import org.junit.jupiter.api.Test;

        class WorkersTest {
          private ExecutorService pool;
          private BooleanSupplier work;

          @Test
          void works() throws InterruptedException {
            CountDownLatch done = new CountDownLatch(1);
            pool.execute(
                () -> {
                  assertTrue(work.getAsBoolean());
                  done.countDown();
                });
            done.await();
          }
        }
        """);
  }
}
