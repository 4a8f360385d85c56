package dev.bowline.checks.failure;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class FutureWaitAbandonedTest {
  @Test
  void reportsTasksThatGoOn() {
    Fixtures.verify(FutureWaitAbandoned.class, "FutureWaitAbandonedPositive");
  }

  @Test
  void acceptsTasksThatAreStoppedOrThatOthersHave() {
    Fixtures.verify(FutureWaitAbandoned.class, "FutureWaitAbandonedNegative");
  }

  @Test
  void leavesTestsAlone() {
    Fixtures.verify(FutureWaitAbandoned.class, "FutureWaitAbandonedInTest");
  }

  @Test
  void cancels() {
    Fixtures.verifyFix(
        FutureWaitAbandoned.class,
        """
        import java.util.concurrent.*;

        class Query {
          String ask(ExecutorService pool, Callable<String> query) {
            Future<String> answer = pool.submit(query);
            try {
              return answer.get(1, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException e) {
              throw new IllegalStateException(e);
            } catch (TimeoutException e) {
              return "none";
            }
          }

          void run(ExecutorService pool, Runnable task) throws Exception {
            Future<?> done = pool.submit(task);
            try {
              done.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {}
          }
        }
        """,
        """
        import java.util.concurrent.*;

        class Query {
          String ask(ExecutorService pool, Callable<String> query) {
            Future<String> answer = pool.submit(query);
            try {
              return answer.get(1, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException e) {
              answer.cancel(true);
              throw new IllegalStateException(e);
            } catch (TimeoutException e) {
              answer.cancel(true);
              return "none";
            }
          }

          void run(ExecutorService pool, Runnable task) throws Exception {
            Future<?> done = pool.submit(task);
            try {
              done.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
              done.cancel(true);
            }
          }
        }
        """);
  }

  @Test
  void offersNoFixWhereTheVariableIsOutOfScopeOrMayBeUnset() {
    Fixtures.verifyNoFix(
        FutureWaitAbandoned.class,
        """
        import java.util.concurrent.*;

        class Query {
          void inner(ExecutorService pool, Runnable task) throws Exception {
            try {
              Future<?> done = pool.submit(task);
              done.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
              System.err.println(e);
            }
          }

          void late(ExecutorService pool, Runnable task) throws Exception {
            Future<?> done = null;
            try {
              done = pool.submit(task);
              done.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
              System.err.println(e);
            }
          }

          void none(ExecutorService pool, Runnable task) throws Exception {
            pool.submit(task).get(1, TimeUnit.SECONDS);
          }
        }
        """);
  }

  @Test
  void reportsGuavasWaitToo() {
    Fixtures.verifySource(
        FutureWaitAbandoned.class,
        "Query.java",
        """
        import com.google.common.util.concurrent.Uninterruptibles;
        import java.util.concurrent.*;

        class Query {
          void run(ExecutorService pool, Runnable task) throws ExecutionException {
            Future<?> done = pool.submit(task);
            try {
              Uninterruptibles.getUninterruptibly(done, 1, TimeUnit.SECONDS);
              // BUG: Diagnostic contains: done.cancel(true)
            } catch (TimeoutException e) {
              System.err.println(e);
            }
          }
        }
        """);
  }
}
