package dev.bowline.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NoThreadLeaks
@Timeout(60)
final class CheckpointTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final Checkpoint checkpoint = Checkpoint.named("written");
  private final AtomicBoolean passed = new AtomicBoolean();
  private final FutureTask<Boolean> codeUnderTest = new FutureTask<>(this::passCheckpoint);
  private final Thread thread = new Thread(codeUnderTest, "code under test");

  /** Returns whether the interrupt flag is set after the point. */
  private boolean passCheckpoint() {
    checkpoint.reach();
    passed.set(true);
    return Thread.currentThread().isInterrupted();
  }

  @AfterEach
  void endsTheThread() throws InterruptedException {
    checkpoint.release();
    thread.join(LIMIT.toMillis());
    assertFalse(thread.isAlive());
    assertFalse(Thread.interrupted());
  }

  @Test
  void awaitReturnsWhenTheOtherThreadReachesThePoint() throws InterruptedException {
    thread.start();
    checkpoint.await(LIMIT);
  }

  @Test
  void awaitReturnsAtOnceWhenThePointWasReached() throws InterruptedException {
    checkpoint.reach();
    checkpoint.await(LIMIT);
    checkpoint.await(Duration.ZERO);
    checkpoint.await(Duration.ofSeconds(Long.MIN_VALUE));
  }

  @Test
  void reachingTwiceIsReachingOnce() throws InterruptedException {
    checkpoint.reach();
    checkpoint.reach();
    checkpoint.await(Duration.ZERO);
  }

  @Test
  void failureNamesTheCheckpointAndTheTimeout() {
    AssertionError failure = assertThrows(AssertionError.class, () -> checkpoint.await(SHORT));
    assertContains("checkpoint 'written' was not reached within PT0.02S", failure);
  }

  @Test
  void failureDoesNotWaitForZeroOrNegativeTimes() {
    assertThrows(AssertionError.class, () -> checkpoint.await(Duration.ZERO));
    assertThrows(AssertionError.class, () -> checkpoint.await(LIMIT.negated()));
  }

  @Test
  void failureShowsTheStacksOfAllThreads() throws Exception {
    Checkpoint elsewhere = Checkpoint.named("elsewhere");
    elsewhere.hold();
    FutureTask<Void> stuck = new FutureTask<>(() -> stuckElsewhere(elsewhere), null);
    Thread stuckThread = startVirtualIfPossible(stuck);
    try {
      elsewhere.await(LIMIT);
      AssertionError failure = assertThrows(AssertionError.class, () -> checkpoint.await(SHORT));
      assertContains("failureShowsTheStacksOfAllThreads", failure);
      assertContains("stuckElsewhere", failure);
    } finally {
      elsewhere.release();
      stuckThread.join(LIMIT.toMillis());
      assertFalse(stuckThread.isAlive());
    }
  }

  private static void stuckElsewhere(Checkpoint elsewhere) {
    elsewhere.reach();
  }

  /** The kind of thread that is hardest to find: virtual from JDK 21 on. */
  private static Thread startVirtualIfPossible(Runnable body) throws ReflectiveOperationException {
    if (Runtime.version().feature() >= 21) {
      return (Thread)
          Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
    }
    Thread platform = new Thread(body);
    platform.start();
    return platform;
  }

  @Test
  void holdStopsTheCodeAtThePointUntilRelease() throws Exception {
    checkpoint.hold();
    thread.start();
    checkpoint.await(LIMIT);
    assertThrows(
        TimeoutException.class, () -> codeUnderTest.get(SHORT.toMillis(), TimeUnit.MILLISECONDS));
    assertFalse(passed.get());
    checkpoint.release();
    assertEquals(false, codeUnderTest.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
    assertTrue(passed.get());
  }

  @Test
  void releaseBeforeThePointHoldsNobody() throws Exception {
    checkpoint.hold();
    checkpoint.release();
    checkpoint.release();
    thread.start();
    assertEquals(false, codeUnderTest.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
  }

  @Test
  void holdStopsTheNextOneAfterThePointWasReached() throws Exception {
    checkpoint.reach();
    checkpoint.hold();
    thread.start();
    assertThrows(
        TimeoutException.class, () -> codeUnderTest.get(SHORT.toMillis(), TimeUnit.MILLISECONDS));
    checkpoint.release();
    assertEquals(false, codeUnderTest.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
  }

  @Test
  void interruptEndsTheHoldAndStaysSet() throws Exception {
    checkpoint.hold();
    thread.start();
    checkpoint.await(LIMIT);
    thread.interrupt();
    assertEquals(true, codeUnderTest.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
  }

  @Test
  void interruptBeforeThePointStillReachesIt() throws InterruptedException {
    checkpoint.hold();
    Thread.currentThread().interrupt();
    checkpoint.reach();
    assertTrue(Thread.interrupted());
    checkpoint.await(Duration.ZERO);
  }

  @Test
  void forgottenReleaseEndsWithAnException() {
    Checkpoint forgotten = new Checkpoint("forgotten", SHORT);
    forgotten.hold();
    IllegalStateException failure = assertThrows(IllegalStateException.class, forgotten::reach);
    assertEquals("checkpoint 'forgotten' was held for PT0.02S", failure.getMessage());
  }

  @Test
  void interruptEndsTheWaitOfTheTest() throws Exception {
    CyclicBarrier started = new CyclicBarrier(2);
    FutureTask<Boolean> waiter = new FutureTask<>(() -> flagAfterInterruptedWait(started));
    Thread waiting = new Thread(waiter);
    waiting.start();
    started.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    waiting.interrupt();
    assertEquals(false, waiter.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
  }

  private boolean flagAfterInterruptedWait(CyclicBarrier started)
      throws InterruptedException, BrokenBarrierException, TimeoutException {
    started.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThrows(InterruptedException.class, () -> checkpoint.await(LIMIT));
    return Thread.currentThread().isInterrupted();
  }

  private static void assertContains(String expected, AssertionError failure) {
    assertTrue(failure.getMessage().contains(expected), failure.getMessage());
  }
}
