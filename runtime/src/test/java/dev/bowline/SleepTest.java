package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The one method here that blocks. */
@Timeout(60)
final class SleepTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @AfterEach
  void leavesTheInterruptFlagClear() {
    assertFalse(Thread.interrupted());
  }

  @Test
  void sleepsAtLeastAsLongAsAsked() throws InterruptedException {
    try (CancellableContext ctx = Context.background().withTimeout(HOUR)) {
      for (Context each : new Context[] {Context.background(), ctx, ctx.detached()}) {
        long start = System.nanoTime();
        each.sleep(Duration.ofMillis(3));
        assertTrue(System.nanoTime() - start >= 3_000_000);
      }
    }
  }

  @Test
  void doesNotWaitForZeroOrNegativeTimes() throws InterruptedException {
    Context.background().sleep(Duration.ZERO);
    Context.background().sleep(HOUR.negated());
    Context.background().sleep(Duration.ofSeconds(Long.MIN_VALUE));
  }

  @Test
  void throwsAtOnceIfAlreadyEnded() {
    IllegalStateException cause = new IllegalStateException();
    try (CancellableContext ctx = Context.background().withCancel()) {
      ctx.cancel(cause);
      for (Duration duration : new Duration[] {HOUR, Duration.ZERO}) {
        CancelledException thrown =
            assertThrows(CancelledException.class, () -> ctx.sleep(duration));
        assertSame(cause, thrown.cause());
      }
    }
  }

  @Test
  void cancelWakesTheSleeper() throws Exception {
    IllegalStateException cause = new IllegalStateException();
    try (CancellableContext ctx = Context.background().withCancel();
        Worker<Boolean> sleeper = Worker.start(() -> flagAfterCancelledSleep(ctx, cause))) {
      sleeper.awaitParkedIn(ctx);
      ctx.cancel(cause);
      assertEquals(false, sleeper.result());
    }
  }

  @Test
  void cancelOfAnAncestorWakesTheSleeper() throws Exception {
    IllegalStateException cause = new IllegalStateException();
    try (CancellableContext parent = Context.background().withCancel();
        CancellableContext child = parent.withTimeout(HOUR)) {
      Context ctx = child.with(Context.Key.of("k"), 1);
      try (Worker<Boolean> sleeper = Worker.start(() -> flagAfterCancelledSleep(ctx, cause))) {
        sleeper.awaitParkedIn(ctx);
        parent.cancel(cause);
        assertEquals(false, sleeper.result());
      }
    }
  }

  private static boolean flagAfterCancelledSleep(Context ctx, Throwable cause) {
    CancelledException thrown = assertThrows(CancelledException.class, () -> ctx.sleep(HOUR));
    assertSame(cause, thrown.cause());
    return Thread.currentThread().isInterrupted();
  }

  @Test
  void deadlineEndsTheSleep() {
    try (CancellableContext ctx = Context.background().withTimeout(Duration.ofMillis(5))) {
      CancelledException thrown = assertThrows(CancelledException.class, () -> ctx.sleep(HOUR));
      assertInstanceOf(TimeoutException.class, thrown.cause());
    }
  }

  @Test
  void interruptEndsTheSleepWithAPlainException() throws Exception {
    try (CancellableContext ctx = Context.background().withCancel();
        Worker<Boolean> sleeper =
            Worker.start(
                () -> {
                  InterruptedException thrown =
                      assertThrows(InterruptedException.class, () -> ctx.sleep(HOUR));
                  assertFalse(thrown instanceof CancelledException);
                  return Thread.currentThread().isInterrupted();
                })) {
      sleeper.awaitParkedIn(ctx);
      sleeper.interrupt();
      assertEquals(false, sleeper.result());
      assertFalse(ctx.isDone());
    }
  }

  @Test
  void interruptBeforeTheSleepEndsItWithAPlainException() {
    for (Duration duration : new Duration[] {HOUR, Duration.ZERO}) {
      Thread.currentThread().interrupt();
      InterruptedException thrown =
          assertThrows(InterruptedException.class, () -> Context.background().sleep(duration));
      assertFalse(thrown instanceof CancelledException);
      assertFalse(Thread.currentThread().isInterrupted());
    }
  }

  @Test
  void endAndInterruptTogetherCountAsTheEnd() {
    try (CancellableContext ctx = Context.background().withCancel()) {
      ctx.cancel(null);
      Thread.currentThread().interrupt();
      assertThrows(CancelledException.class, () -> ctx.sleep(HOUR));
      assertFalse(Thread.currentThread().isInterrupted());
    }
  }

  @Test
  void callbacksRunBeforeSleepersWake() throws Exception {
    CountDownLatch woken = new CountDownLatch(1);
    List<Boolean> wokeBefore = new ArrayList<>();
    try (CancellableContext ctx = Context.background().withCancel();
        CancellableContext child = ctx.withCancel();
        Worker<Void> sleeper = Worker.start(() -> countWhenCancelled(ctx, woken))) {
      sleeper.awaitParkedIn(ctx);
      ctx.onCancel(() -> wokeBefore.add(happensSoon(woken)));
      child.onCancel(() -> wokeBefore.add(happensSoon(woken)));
      ctx.cancel(null);
      assertEquals(List.of(false, false), wokeBefore);
      Worker.await(woken);
    }
  }

  private static boolean happensSoon(CountDownLatch latch) {
    try {
      return latch.await(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Test
  void cancelWakesEverySleeperUnderIt() throws Exception {
    CountDownLatch woken = new CountDownLatch(3);
    try (CancellableContext ctx = Context.background().withCancel();
        CancellableContext child = ctx.withCancel();
        Worker<Void> a = Worker.start(() -> countWhenCancelled(ctx, woken));
        Worker<Void> b = Worker.start(() -> countWhenCancelled(ctx, woken));
        Worker<Void> c = Worker.start(() -> countWhenCancelled(child, woken))) {
      a.awaitParkedIn(ctx);
      b.awaitParkedIn(ctx);
      c.awaitParkedIn(child);
      ctx.cancel(null);
      Worker.await(woken);
    }
  }

  private static Void countWhenCancelled(Context ctx, CountDownLatch woken) {
    assertThrows(CancelledException.class, () -> ctx.sleep(HOUR));
    woken.countDown();
    return null;
  }
}
