package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets permits, in which order, and that none is lost. */
@Timeout(60)
@SuppressWarnings("MustBeClosedChecker") // who holds a permit, and when, is what is tested
final class LimiterTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Context ctx = Context.background();

  @AfterEach
  void leavesTheInterruptFlagClear() {
    assertFalse(Thread.interrupted());
  }

  @Test
  void letsInAsManyAsThereArePermits() throws Exception {
    Limiter limiter = Limiter.of(3);
    try (Limiter.Permit two = limiter.acquire(ctx, 2)) {
      assertNotNull(two);
      assertEquals(1, limiter.available());
      assertNull(limiter.tryAcquire(2));
      try (Limiter.Permit one = limiter.tryAcquire(1)) {
        assertNotNull(one);
        assertEquals(0, limiter.available());
      }
      assertEquals("Limiter[1 of 3 free]", limiter.toString());
    }
    assertEquals(3, limiter.available());
  }

  @Test
  void refusesNumbersThatAreNotPositive() {
    Limiter limiter = Limiter.of(1);
    for (int wrong : new int[] {0, -1}) {
      assertThrows(IllegalArgumentException.class, () -> Limiter.of(wrong));
      assertThrows(IllegalArgumentException.class, () -> close(limiter.acquire(ctx, wrong)));
      assertThrows(IllegalArgumentException.class, () -> close(limiter.tryAcquire(wrong)));
    }
    assertEquals(1, limiter.available());
  }

  @Test
  void waitsUntilAPermitIsClosedEvenByAnotherThread() throws Exception {
    Limiter limiter = Limiter.of(1);
    Limiter.Permit held = limiter.acquire(ctx);
    try (Worker<Void> waiter = Worker.start(() -> pass(limiter, ctx, 1));
        Worker<Void> closer = Worker.start(() -> closeWhenParked(waiter, limiter, held))) {
      closer.result();
      waiter.result();
    }
    assertEquals(1, limiter.available());
  }

  private static Void closeWhenParked(Worker<?> waiter, Limiter limiter, Limiter.Permit held) {
    waiter.awaitParkedIn(limiter);
    held.close();
    return null;
  }

  @Test
  @DisplayName("case 69: no permit is lost or made up under a million operations")
  void keepsCount() throws Exception {
    int permits = 7;
    int workers = 4;
    Limiter limiter = Limiter.of(permits);
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Worker<Void>> running = new ArrayList<>();
    for (int seed = 0; seed < workers; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      running.add(
          Worker.start(
              () -> {
                for (int i = 0; i < 1_000_000 / workers; i++) {
                  useOrGiveUp(limiter, random, taken, most);
                }
                return null;
              }));
    }
    for (Worker<Void> worker : running) {
      worker.result();
      worker.close();
    }
    assertEquals(permits, limiter.available());
    assertEquals(0, taken.get());
    assertTrue(most.get() <= permits, () -> most.get() + " permits were out");
  }

  private void useOrGiveUp(
      Limiter limiter, SplittableRandom random, AtomicInteger taken, AtomicInteger most) {
    int wanted = random.nextInt(1, 6);
    // Some have a deadline that comes while they wait.
    Duration limit = random.nextInt(64) == 0 ? Duration.ofNanos(random.nextInt(50_000)) : HOUR;
    try (CancellableContext limited = ctx.withTimeout(limit);
        Limiter.Permit permit =
            random.nextBoolean() ? limiter.acquire(limited, wanted) : limiter.tryAcquire(wanted)) {
      if (permit != null) {
        most.accumulateAndGet(taken.addAndGet(wanted), Math::max);
        taken.addAndGet(-wanted);
      }
    } catch (CancelledException e) {
      assertInstanceOf(TimeoutException.class, e.cause());
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts this thread", e);
    }
  }

  @Test
  @DisplayName("case 70: who asks for more than there is waits without blocking others")
  void oversizeWaitsForTheEndOfItsContext() throws Exception {
    Limiter limiter = Limiter.of(2);
    IllegalStateException cause = new IllegalStateException();
    try (CancellableContext ended = ctx.withCancel();
        Worker<Throwable> oversize = Worker.start(() -> causeOfFailure(limiter, ended, 3))) {
      oversize.awaitParkedIn(limiter);
      try (Limiter.Permit both = limiter.acquire(ctx, 2)) {
        assertNotNull(both);
      }
      ended.cancel(cause);
      assertSame(cause, oversize.result());
    }
    assertEquals(2, limiter.available());
    assertNull(limiter.tryAcquire(3));
  }

  @Test
  @DisplayName("case 71: a big request is not starved by small ones")
  void bigRequestIsNotStarved() throws Exception {
    Limiter limiter = Limiter.of(2);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    Limiter.Permit first = limiter.acquire(ctx);
    Limiter.Permit second = limiter.acquire(ctx);
    try (Worker<Void> big = Worker.start(() -> passAndTell(limiter, 2, order, "big"))) {
      big.awaitParkedIn(limiter);
      try (Worker<Void> small = Worker.start(() -> passAndTell(limiter, 1, order, "small"))) {
        small.awaitParkedIn(limiter);
        first.close();
        // One is free, but the big request came first, and nobody gets by.
        assertNull(limiter.tryAcquire(1));
        small.awaitParkedIn(limiter);
        second.close();
        big.result();
        small.result();
      }
    }
    assertEquals(List.of("big", "small"), order);
  }

  private Void passAndTell(Limiter limiter, int wanted, List<String> order, String name)
      throws InterruptedException {
    try (Limiter.Permit permit = limiter.acquire(ctx, wanted)) {
      assertNotNull(permit);
      order.add(name);
    }
    return null;
  }

  @Test
  @DisplayName("case 72: when the head of the queue is cancelled the rest passes")
  void cancelledHeadLetsTheRestPass() throws Exception {
    Limiter limiter = Limiter.of(2);
    try (Limiter.Permit held = limiter.acquire(ctx);
        CancellableContext cancelled = ctx.withCancel();
        Worker<Throwable> head = Worker.start(() -> causeOfFailure(limiter, cancelled, 2))) {
      assertNotNull(held);
      head.awaitParkedIn(limiter);
      try (Worker<Void> small = Worker.start(() -> pass(limiter, ctx, 1))) {
        small.awaitParkedIn(limiter);
        cancelled.cancel(null);
        assertNotNull(head.result());
        small.result();
      }
    }
    assertEquals(2, limiter.available());
  }

  @Test
  @DisplayName("case 73: an ended context acquires nothing, even what is free")
  void endedContextAcquiresNothing() {
    Limiter limiter = Limiter.of(1);
    IllegalStateException cause = new IllegalStateException();
    try (CancellableContext ended = ctx.withCancel()) {
      ended.cancel(cause);
      assertSame(cause, causeOfFailure(limiter, ended, 1));
    }
    try (CancellableContext late = ctx.withTimeout(Duration.ZERO)) {
      assertInstanceOf(TimeoutException.class, causeOfFailure(limiter, late, 1));
    }
    assertEquals(1, limiter.available());
  }

  @Test
  @DisplayName("case 74: a permit that is closed twice is given back once")
  @SuppressWarnings("try") // closes more than once on purpose
  void doubleCloseIsOneRelease() throws Exception {
    Limiter limiter = Limiter.of(2);
    try (Limiter.Permit permit = limiter.acquire(ctx)) {
      permit.close();
      assertEquals(2, limiter.available());
    }
    assertEquals(2, limiter.available());
  }

  @Test
  void deadlineEndsTheWait() throws Exception {
    Limiter limiter = Limiter.of(1);
    try (Limiter.Permit held = limiter.acquire(ctx);
        CancellableContext limited = ctx.withTimeout(Duration.ofMillis(5))) {
      assertNotNull(held);
      assertInstanceOf(TimeoutException.class, causeOfFailure(limiter, limited, 1));
    }
    assertEquals(1, limiter.available());
  }

  @Test
  void interruptEndsTheWaitWithAPlainException() throws Exception {
    Limiter limiter = Limiter.of(1);
    try (Limiter.Permit held = limiter.acquire(ctx);
        Worker<Boolean> waiter =
            Worker.start(
                () -> {
                  InterruptedException thrown =
                      assertThrows(InterruptedException.class, () -> close(limiter.acquire(ctx)));
                  assertFalse(thrown instanceof CancelledException);
                  return Thread.currentThread().isInterrupted();
                })) {
      assertNotNull(held);
      waiter.awaitParkedIn(limiter);
      waiter.interrupt();
      assertEquals(false, waiter.result());
    }
    assertEquals(1, limiter.available());
  }

  private static Void pass(Limiter limiter, Context ctx, int wanted) throws InterruptedException {
    close(limiter.acquire(ctx, wanted));
    return null;
  }

  private static Throwable causeOfFailure(Limiter limiter, Context ctx, int wanted) {
    return assertThrows(CancelledException.class, () -> pass(limiter, ctx, wanted)).cause();
  }

  private static void close(Limiter.Permit permit) {
    permit.close();
  }
}
