package dev.bowline.checks.failure;

import static com.google.common.truth.Truth.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.bowline.checks.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class TimedWaitIgnoredTest {
  @Test
  void reportsDroppedOutcomes() {
    Fixtures.verify(TimedWaitIgnored.class, "TimedWaitIgnoredPositive");
  }

  @Test
  void acceptsOutcomesThatAreUsedOrLookedAtLater() {
    Fixtures.verify(TimedWaitIgnored.class, "TimedWaitIgnoredNegative");
  }

  @Test
  void reportsTestCode() {
    Fixtures.verify(TimedWaitIgnored.class, "TimedWaitIgnoredInTest");
  }

  @Test
  void isAnErrorInTestCodeUnlessTheUserSaysOtherwise() {
    assertThat(inTest().errors()).hasSize(3);
    assertThat(inTest("-Xep:TimedWaitIgnored:WARN").errors()).isEmpty();
    assertThat(inTest("-XepAllErrorsAsWarnings").errors()).isEmpty();
    assertThat(inTest("-XepAllErrorsAsWarnings").warnings()).hasSize(4);
  }

  private static Compilation inTest(String... options) {
    return Fixtures.compile(
        List.of(TimedWaitIgnored.class),
        List.of(options),
        JavaFileObjects.forResource("dev/bowline/fixtures/TimedWaitIgnoredInTest.java"));
  }

  @Test
  void reportsConfiguredMethods() {
    Fixtures.verifySource(
        TimedWaitIgnored.class,
        "Gate.java",
        """
        interface Gate {
          boolean pass(long millis);

          static void use(Gate gate) {
            // BUG: Diagnostic contains: 'pass'
            gate.pass(10);
          }
        }
        """,
        "-XepOpt:TimedWaitIgnored:Methods=Gate#pass");
  }

  @Test
  @Tag("jdk25")
  void reportsJoinWithADuration() {
    Fixtures.verifySource(
        TimedWaitIgnored.class,
        "Joins.java",
        """
        class Joins {
          void join(Thread thread) throws InterruptedException {
            // BUG: Diagnostic contains: 'join'
            thread.join(java.time.Duration.ofSeconds(1));
          }

          boolean joinAndAsk(Thread thread) throws InterruptedException {
            thread.join(java.time.Duration.ofSeconds(1));
            return thread.isAlive();
          }
        }
        """);
  }

  /** Error Prone's own CheckReturnValue reports that one, and is on by default. */
  @Test
  void leavesWhatErrorProneReportsToErrorProne() {
    Fixtures.verifySource(
        TimedWaitIgnored.class,
        "Limits.java",
        """
        import com.google.common.util.concurrent.RateLimiter;
        import com.google.common.util.concurrent.Uninterruptibles;
        import java.util.concurrent.CountDownLatch;
        import java.util.concurrent.TimeUnit;

        class Limits {
          void limit(RateLimiter limiter, CountDownLatch latch) {
            limiter.tryAcquire();
            Uninterruptibles.awaitUninterruptibly(latch, 1, TimeUnit.SECONDS);
          }
        }
        """);
  }

  @Test
  void assertsInTests() {
    Fixtures.verifyFix(
        TimedWaitIgnored.class,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;

        import java.util.concurrent.CountDownLatch;
        import java.util.concurrent.locks.Condition;
        import org.junit.jupiter.api.Test;

        class LatchTest {
          private CountDownLatch latch;
          private Condition ready;

          @Test
          void waits() throws InterruptedException {
            latch.await(1, SECONDS);
            ready.awaitNanos(1);
          }
        }
        """,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;
        import static org.junit.jupiter.api.Assertions.assertTrue;

        import java.util.concurrent.CountDownLatch;
        import java.util.concurrent.locks.Condition;
        import org.junit.jupiter.api.Test;

        class LatchTest {
          private CountDownLatch latch;
          private Condition ready;

          @Test
          void waits() throws InterruptedException {
            assertTrue(latch.await(1, SECONDS));
            assertTrue(ready.awaitNanos(1) > 0);
          }
        }
        """);
  }

  @Test
  void assertsWithTheFrameworkAtHand() {
    Fixtures.verifyFix(
        TimedWaitIgnored.class,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;

        import java.util.concurrent.CountDownLatch;
        import junit.framework.TestCase;
        import org.junit.Test;

        class LatchTest extends TestCase {
          private CountDownLatch latch;

          public void testWaits() throws InterruptedException {
            latch.await(1, SECONDS);
          }

          static class JUnit4 {
            private CountDownLatch latch;

            @Test
            public void waits() throws InterruptedException {
              latch.await(1, SECONDS);
            }
          }
        }
        """,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;

        import java.util.concurrent.CountDownLatch;
        import junit.framework.TestCase;
        import org.junit.Test;

        class LatchTest extends TestCase {
          private CountDownLatch latch;

          public void testWaits() throws InterruptedException {
            assertTrue(latch.await(1, SECONDS));
          }

          static class JUnit4 {
            private CountDownLatch latch;

            @Test
            public void waits() throws InterruptedException {
              assertTrue(latch.await(1, SECONDS));
            }
          }
        }
        """);
  }

  @Test
  void assertsWithAssertJWhereTheFileDoes() {
    Fixtures.verifyFix(
        TimedWaitIgnored.class,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;
        import static org.assertj.core.api.Assertions.assertThat;

        import java.util.concurrent.CountDownLatch;
        import org.junit.jupiter.api.Test;

        class LatchTest {
          @Test
          void waits(CountDownLatch latch) throws InterruptedException {
            latch.await(1, SECONDS);
            assertThat(latch.toString()).isNotEmpty();
          }
        }
        """,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;
        import static org.assertj.core.api.Assertions.assertThat;

        import java.util.concurrent.CountDownLatch;
        import org.junit.jupiter.api.Test;

        class LatchTest {
          @Test
          void waits(CountDownLatch latch) throws InterruptedException {
            assertThat(latch.await(1, SECONDS)).isTrue();
            assertThat(latch.toString()).isNotEmpty();
          }
        }
        """);
  }

  @Test
  void assertsWithTruthWhereTheFileDoes() {
    Fixtures.verifyFix(
        TimedWaitIgnored.class,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;
        import static com.google.common.truth.Truth.assertThat;

        import java.util.concurrent.CountDownLatch;
        import org.junit.jupiter.api.Test;

        class LatchTest {
          @Test
          void waits(CountDownLatch latch) throws InterruptedException {
            latch.await(1, SECONDS);
            assertThat(latch.toString()).isNotEmpty();
          }
        }
        """,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;
        import static com.google.common.truth.Truth.assertThat;

        import java.util.concurrent.CountDownLatch;
        import org.junit.jupiter.api.Test;

        class LatchTest {
          @Test
          void waits(CountDownLatch latch) throws InterruptedException {
            assertThat(latch.await(1, SECONDS)).isTrue();
            assertThat(latch.toString()).isNotEmpty();
          }
        }
        """);
  }

  @Test
  void stopsOrThrowsElsewhere() {
    Fixtures.verifyFix(
        TimedWaitIgnored.class,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;

        import java.util.concurrent.CountDownLatch;
        import java.util.concurrent.ExecutorService;
        import java.util.concurrent.locks.Condition;

        class Service {
          void stop(ExecutorService pool, CountDownLatch latch, Condition c)
              throws InterruptedException {
            pool.shutdown();
            pool.awaitTermination(1, SECONDS);
            latch.await(1, SECONDS);
            c.awaitNanos(10);
          }
        }
        """,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;

        import java.util.concurrent.CountDownLatch;
        import java.util.concurrent.ExecutorService;
        import java.util.concurrent.locks.Condition;

        class Service {
          void stop(ExecutorService pool, CountDownLatch latch, Condition c)
              throws InterruptedException {
            pool.shutdown();
            if (!pool.awaitTermination(1, SECONDS)) {
              pool.shutdownNow();
            }
            if (!latch.await(1, SECONDS)) {
              throw new IllegalStateException("await: time is up");
            }
            if (c.awaitNanos(10) <= 0) {
              throw new IllegalStateException("awaitNanos: time is up");
            }
          }
        }
        """);
  }

  @Test
  void offersNoFixWhereItWouldHideAnExceptionOrNotCompile() {
    Fixtures.verifyNoFix(
        TimedWaitIgnored.class,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;

        import java.util.concurrent.CountDownLatch;
        import java.util.concurrent.locks.StampedLock;

        class Service {
          void inFinally(CountDownLatch latch) throws InterruptedException {
            try {
              latch.countDown();
            } finally {
              latch.await(1, SECONDS);
            }
          }

          void withoutBraces(CountDownLatch latch, boolean wait) throws InterruptedException {
            if (wait) latch.await(1, SECONDS);
            else latch.countDown();
          }

          void stamp(StampedLock lock) {
            lock.tryWriteLock();
          }

          Runnable reference(java.util.concurrent.locks.Lock lock) {
            return lock::tryLock;
          }
        }
        """);
  }

  /** It would hide the import. */
  @Test
  void offersNoFixWhereAMethodOfThatNameIsInTheWay() {
    Fixtures.verifyNoFix(
        TimedWaitIgnored.class,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;

        import java.util.concurrent.CountDownLatch;
        import org.junit.jupiter.api.Test;

        class LatchTest {
          @Test
          void waits(CountDownLatch latch) throws InterruptedException {
            latch.await(1, SECONDS);
          }

          void assertTrue(String name, boolean value) {}
        }
        """);
  }
}
