package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Timeouts, absolute deadlines, and the timer behind them. */
@Timeout(60)
final class DeadlineTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMillis(5);

  @Test
  void endsWhenTheTimeIsOver() {
    try (CancellableContext ctx = Context.background().withTimeout(SOON)) {
      long end = System.nanoTime() + SOON.toNanos();
      Worker.eventually(ctx::isDone);
      TimeoutException cause = assertInstanceOf(TimeoutException.class, ctx.cause());
      assertEquals("deadline of PT0.005S passed", cause.getMessage());
      assertTrue(end - System.nanoTime() <= 0 || ctx.remaining().orElseThrow().isZero());
      assertFalse(ctx.cancel(new IllegalStateException("late")));
      assertSame(cause, ctx.cause());
    }
  }

  @Test
  void doesNotEndBeforeItsTime() {
    try (CancellableContext ctx = Context.background().withTimeout(HOUR);
        CancellableContext absolute =
            Context.background().withDeadlineNanos(System.nanoTime() + HOUR.toNanos())) {
      assertFalse(ctx.isDone());
      assertFalse(absolute.isDone());
      assertNull(ctx.cause());
    }
  }

  @Test
  @DisplayName("case 59")
  void zeroAndNegativeTimeoutsHaveEndedAtOnce() {
    for (Duration none : new Duration[] {Duration.ZERO, SOON.negated(), seconds(Long.MIN_VALUE)}) {
      try (CancellableContext parent = Context.background().withCancel();
          CancellableContext ctx = parent.withTimeout(none)) {
        assertTrue(ctx.isDone());
        assertInstanceOf(TimeoutException.class, ctx.cause());
        assertEquals(Duration.ZERO, ctx.remaining().orElseThrow());
        assertFalse(parent.isDone());
      }
    }
  }

  @Test
  @DisplayName("case 59")
  void deadlineInThePastHasEndedAtOnce() {
    try (CancellableContext ctx = Context.background().withDeadlineNanos(System.nanoTime() - 1)) {
      assertInstanceOf(TimeoutException.class, ctx.cause());
    }
  }

  @Test
  void longestTimeoutIsLive() {
    try (CancellableContext ctx = Context.background().withTimeout(seconds(Long.MAX_VALUE));
        CancellableContext child = ctx.withTimeout(HOUR)) {
      assertFalse(ctx.isDone());
      assertTrue(ctx.remaining().orElseThrow().toDays() > 290 * 365);
      assertTrue(child.remaining().orElseThrow().compareTo(HOUR) <= 0);
    }
  }

  @Test
  @DisplayName("case 58")
  void earlierDeadlineOfTheParentCounts() {
    try (CancellableContext parent = Context.background().withTimeout(HOUR);
        CancellableContext child = parent.withTimeout(HOUR.multipliedBy(2));
        CancellableContext plain = parent.withCancel();
        CancellableContext below = plain.withTimeout(HOUR.multipliedBy(3))) {
      assertTrue(child.remaining().orElseThrow().compareTo(HOUR) <= 0);
      assertTrue(plain.remaining().orElseThrow().compareTo(HOUR) <= 0);
      assertTrue(below.remaining().orElseThrow().compareTo(HOUR) <= 0);
    }
  }

  @Test
  @DisplayName("case 58")
  void earlierDeadlineOfTheChildCounts() {
    try (CancellableContext parent = Context.background().withTimeout(HOUR.multipliedBy(2));
        CancellableContext child = parent.withTimeout(HOUR)) {
      assertTrue(child.remaining().orElseThrow().compareTo(HOUR) <= 0);
      assertTrue(parent.remaining().orElseThrow().compareTo(HOUR) > 0);
    }
    try (CancellableContext parent = Context.background().withTimeout(HOUR);
        CancellableContext child = parent.withTimeout(SOON)) {
      Worker.eventually(child::isDone);
      assertFalse(parent.isDone());
    }
  }

  @Test
  @DisplayName("case 47")
  void outerDeadlineIsReportedAsTheOuterOne() {
    try (CancellableContext outer = Context.background().withTimeout(SOON);
        CancellableContext middle = outer.withCancel();
        CancellableContext inner = middle.withTimeout(HOUR)) {
      Worker.eventually(inner::isDone);
      assertEquals("deadline of PT0.005S passed", inner.cause().getMessage());
      assertSame(outer.cause(), inner.cause());
      assertSame(outer.cause(), middle.cause());
    }
  }

  @Test
  void timerRunsTheCallbacksOfTheWholeTree() throws InterruptedException {
    AtomicReference<Thread> ranOn = new AtomicReference<>();
    CountDownLatch ran = new CountDownLatch(2);
    try (CancellableContext outer = Context.background().withTimeout(SOON);
        CancellableContext inner = outer.withTimeout(HOUR)) {
      outer.onCancel(ran::countDown);
      inner.onCancel(
          () -> {
            ranOn.set(Thread.currentThread());
            ran.countDown();
          });
      // Nobody asks isDone, so only the timer can have ended them.
      Worker.await(ran);
      if (ranOn.get()
          != Thread.currentThread()) { // registered after the deadline, on a slow machine
        assertEquals("bowline-timer", ranOn.get().getName());
        assertTrue(ranOn.get().isDaemon());
      }
      assertSame(outer.cause(), inner.cause());
    }
  }

  @Test
  void aLateTimerHidesNoDeadline() throws InterruptedException {
    CountDownLatch timerIsBusy = new CountDownLatch(1);
    CountDownLatch timerMayGoOn = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    try (CancellableContext busy = Context.background().withTimeout(Duration.ofSeconds(1))) {
      busy.onCancel(() -> keepBusy(timerIsBusy, timerMayGoOn));
      Worker.await(timerIsBusy);
      try (CancellableContext ctx = Context.background().withTimeout(SOON);
          CancellableContext child = ctx.withCancel()) {
        child.onCancel(runs::incrementAndGet);
        Worker.eventually(child::isDone);
        assertInstanceOf(TimeoutException.class, child.cause());
        assertSame(child.cause(), ctx.cause());
        assertFalse(ctx.cancel(new IllegalStateException("late")));
        assertEquals(1, runs.get(), "whoever ends it next tells, if the timer has not");
      } finally {
        timerMayGoOn.countDown();
      }
    }
    assertEquals(1, runs.get());
  }

  /** What no callback should do. */
  private static void keepBusy(CountDownLatch started, CountDownLatch goOn) {
    started.countDown();
    try {
      assertTrue(goOn.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
