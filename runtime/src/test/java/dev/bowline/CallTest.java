package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work on the calling thread that the end of a context interrupts, and waiting for futures. */
@Timeout(60)
final class CallTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final IllegalStateException cause = new IllegalStateException("stop");

  @AfterEach
  void leavesTheInterruptFlagClear() {
    assertFalse(Thread.interrupted());
  }

  @Test
  void runsOnTheCallingThreadAndReturnsTheResult() throws Exception {
    try (CancellableContext ctx = Context.background().withCancel()) {
      for (Context each : List.of(ctx, Context.background())) {
        assertSame(Thread.currentThread(), each.call(c -> Thread.currentThread()));
        assertNull(each.<String>call(c -> null));
        IOException failure = new IOException("on purpose");
        IOException thrown =
            assertThrows(
                IOException.class,
                () ->
                    each.call(
                        c -> {
                          throw failure;
                        }));
        assertSame(failure, thrown);
      }
    }
  }

  @Test
  void givesTheWorkAContextThatEndsWithIt() throws Exception {
    AtomicReference<Context> seen = new AtomicReference<>();
    Context.Key<Integer> key = Context.Key.of("key");
    try (CancellableContext ctx = Context.background().withCancel()) {
      int value =
          ctx.with(key, 7)
              .call(
                  c -> {
                    seen.set(c);
                    return c.isDone() ? -1 : c.get(key);
                  });
      assertEquals(7, value);
      assertNotSame(ctx, seen.get());
      assertTrue(seen.get().isDone());
      assertFalse(ctx.isDone());
    }
  }

  @Test
  @DisplayName("case 65")
  void interruptsTheWorkWhenTheContextEnds() throws Exception {
    Gate gate = new Gate();
    try (CancellableContext ctx = Context.background().withCancel();
        Worker<CancelledException> caller =
            Worker.start(
                () -> assertThrows(CancelledException.class, () -> ctx.call(c -> pass(gate))))) {
      gate.awaitReached();
      ctx.cancel(cause);
      CancelledException thrown = caller.result();
      assertSame(cause, thrown.cause());
      assertInstanceOf(InterruptedException.class, thrown.getSuppressed()[0]);
    }
  }

  @Test
  @DisplayName("case 65")
  void interruptsTheWorkAtTheDeadline() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (CancellableContext ctx = Context.background().withTimeout(Duration.ofMillis(10))) {
      CancelledException thrown =
          assertThrows(CancelledException.class, () -> ctx.call(c -> awaitForever(never)));
      assertInstanceOf(TimeoutException.class, thrown.cause());
      assertSame(ctx.cause(), thrown.cause());
    }
  }

  private static Void pass(Gate gate) throws InterruptedException {
    gate.pass();
    return null;
  }

  private static Void awaitForever(CountDownLatch never) throws InterruptedException {
    Worker.await(never);
    return null;
  }

  @Test
  @DisplayName("case 65")
  void takesAnUnnoticedInterruptOutOfTheFlag() throws Exception {
    try (CancellableContext ctx = Context.background().withCancel()) {
      boolean noticed =
          ctx.call(
              c -> {
                ctx.cancel(cause);
                return Thread.currentThread().isInterrupted();
              });
      assertTrue(noticed);
      assertFalse(Thread.currentThread().isInterrupted());
    }
  }

  @Test
  @DisplayName("case 65")
  void leavesAnInterruptFromElsewhereInTheFlag() throws Exception {
    try (CancellableContext ctx = Context.background().withCancel()) {
      ctx.call(
          c -> {
            Thread.currentThread().interrupt();
            return null;
          });
      assertTrue(Thread.interrupted());
      Thread.currentThread().interrupt();
      assertEquals(true, ctx.call(c -> Thread.currentThread().isInterrupted()));
      assertTrue(Thread.interrupted());
      InterruptedException own = new InterruptedException("own");
      InterruptedException thrown =
          assertThrows(InterruptedException.class, () -> ctx.call(c -> stop(own)));
      assertSame(own, thrown);
    }
  }

  private static Void stop(InterruptedException with) throws InterruptedException {
    throw with;
  }

  @Test
  @DisplayName("case 65")
  void doesNotInterruptAfterTheWork() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      CountDownLatch inside = new CountDownLatch(1);
      try (CancellableContext ctx = Context.background().withCancel();
          Worker<Boolean> canceller =
              round % 20 != 0
                  ? null
                  : Worker.start(
                      () -> {
                        Worker.await(inside);
                        return ctx.cancel(null);
                      })) {
        ctx.call(
            c -> {
              inside.countDown();
              return null;
            });
        assertFalse(Thread.interrupted());
        if (canceller != null) {
          assertEquals(true, canceller.result());
          assertFalse(Thread.interrupted());
        }
      }
    }
  }

  @Test
  void doesNotStartUnderAnEndedContext() {
    try (CancellableContext ctx = Context.background().withCancel()) {
      ctx.cancel(cause);
      CancelledException thrown =
          assertThrows(
              CancelledException.class,
              () ->
                  ctx.call(
                      c -> {
                        throw new AssertionError("ran");
                      }));
      assertSame(cause, thrown.cause());
    }
  }

  @Test
  void anInnerCallDoesNotSwallowTheInterruptOfAnOuterOne() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (CancellableContext ctx = Context.background().withCancel()) {
      CancelledException thrown =
          assertThrows(
              CancelledException.class,
              () ->
                  ctx.call(
                      outer -> {
                        boolean noticed =
                            outer.call(
                                inner -> {
                                  ctx.cancel(cause);
                                  return true;
                                });
                        assertTrue(noticed);
                        return awaitForever(never);
                      }));
      assertSame(cause, thrown.cause());
    }
  }

  @Test
  void whoWasToldByAnExceptionIsNotInterruptedAsWell() throws Exception {
    try (CancellableContext ctx = Context.background().withCancel()) {
      boolean undisturbed =
          ctx.call(
              c -> {
                ctx.cancel(cause);
                assertTrue(Thread.currentThread().isInterrupted());
                assertThrows(CancelledException.class, c::check);
                c.detached().sleep(Duration.ofNanos(1));
                return !Thread.currentThread().isInterrupted();
              });
      assertTrue(undisturbed);
      boolean kept =
          Context.background()
              .call(
                  c -> {
                    Thread.currentThread().interrupt();
                    assertThrows(CancelledException.class, ctx::check);
                    return Thread.interrupted();
                  });
      assertTrue(kept, "an interrupt from elsewhere is none of our business");
    }
  }

  @Test
  void awaitReturnsTheResultOfAFuture() throws Exception {
    try (CancellableContext ctx = Context.background().withCancel()) {
      CompletableFuture<Integer> future = new CompletableFuture<>();
      try (Worker<Integer> waiter = Worker.start(() -> ctx.await(future));
          Worker<Integer> other = Worker.start(() -> Context.background().await(future))) {
        future.complete(5);
        assertEquals(5, waiter.result());
        assertEquals(5, other.result());
      }
      IOException failure = new IOException("on purpose");
      ExecutionException thrown =
          assertThrows(
              ExecutionException.class, () -> ctx.await(CompletableFuture.failedFuture(failure)));
      assertSame(failure, thrown.getCause());
    }
  }

  @Test
  void awaitCancelsTheFutureWhenTheContextEnds() throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    try (CancellableContext ctx = Context.background().withCancel();
        Worker<Throwable> waiter =
            Worker.start(() -> assertThrows(CancelledException.class, () -> ctx.await(future)))) {
      waiter.awaitParkedIn(Object.class);
      ctx.cancel(cause);
      assertSame(cause, ((CancelledException) waiter.result()).cause());
      assertTrue(future.isCancelled());
      assertThrows(CancelledException.class, () -> ctx.await(CompletableFuture.completedFuture(1)));
    }
  }

  @Test
  void awaitCancelsTheFutureWhenTheThreadIsInterrupted() throws Exception {
    for (Context ctx : List.of(Context.background(), Context.background().detached())) {
      FutureTask<Integer> future = new FutureTask<>(() -> 1);
      Thread.currentThread().interrupt();
      InterruptedException thrown =
          assertThrows(InterruptedException.class, () -> ctx.await(future));
      assertFalse(thrown instanceof CancelledException);
      assertFalse(Thread.currentThread().isInterrupted());
      assertTrue(future.isCancelled());
    }
  }

  @Test
  void awaitTellsWhoCancelledTheFuture() {
    try (CancellableContext ctx = Context.background().withTimeout(HOUR)) {
      CompletableFuture<Integer> future = new CompletableFuture<>();
      future.cancel(false);
      assertThrows(CancellationException.class, () -> ctx.await(future));
      CompletableFuture<Integer> tied = new CompletableFuture<>();
      ctx.onCancel(() -> tied.cancel(false));
      try (Worker<Throwable> waiter =
          Worker.start(() -> assertThrows(CancelledException.class, () -> ctx.await(tied)))) {
        waiter.awaitParkedIn(Object.class);
        ctx.cancel(cause);
        assertSame(cause, ((CancelledException) waiter.result()).cause());
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
