package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a context ends, who hears of it, in which order, and what remains. */
@Timeout(60)
final class CancellationTest {
  private final List<String> events = new ArrayList<>();

  @Test
  @SuppressWarnings("try") // closes more than once on purpose
  @DisplayName("case 55")
  void cancelReturnsTrueOnceAndKeepsTheFirstCause() {
    IllegalStateException first = new IllegalStateException("first");
    try (CancellableContext ctx = Context.background().withCancel()) {
      assertTrue(ctx.cancel(first));
      assertFalse(ctx.cancel(new IllegalStateException("second")));
      assertFalse(ctx.cancel(first));
      ctx.close();
      assertTrue(ctx.isDone());
      assertSame(first, ctx.cause());
    }
  }

  @Test
  @SuppressWarnings("try") // closes more than once on purpose
  void closeEndsWithAnOrdinaryCause() {
    try (CancellableContext ctx = Context.background().withCancel()) {
      ctx.close();
      Throwable cause = assertInstanceOf(CancellationException.class, ctx.cause());
      assertEquals("closed", cause.getMessage());
      ctx.close();
      assertSame(cause, ctx.cause());
    }
  }

  @Test
  void cancelWithoutCauseEndsAsCloseDoes() {
    try (CancellableContext ctx = Context.background().withCancel()) {
      assertTrue(ctx.cancel(null));
      assertEquals(
          "closed", assertInstanceOf(CancellationException.class, ctx.cause()).getMessage());
    }
  }

  @Test
  @DisplayName("case 55")
  void firstCauseWinsARace() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(3);
    for (int round = 0; round < 300; round++) {
      try (CancellableContext ctx = Context.background().withCancel();
          CancellableContext child = ctx.withCancel();
          Worker<Throwable> a = Worker.start(() -> cancelTogether(ctx, barrier));
          Worker<Throwable> b = Worker.start(() -> cancelTogether(ctx, barrier));
          Worker<Throwable> c = Worker.start(() -> cancelTogether(ctx, barrier))) {
        List<Throwable> winners = new ArrayList<>();
        for (Worker<Throwable> worker : List.of(a, b, c)) {
          if (worker.result() != null) {
            winners.add(worker.result());
          }
        }
        assertEquals(List.of(ctx.cause()), winners);
        assertSame(ctx.cause(), child.cause());
      }
    }
  }

  /** Returns the cause if it won, else null. */
  private static Throwable cancelTogether(CancellableContext ctx, CyclicBarrier barrier)
      throws Exception {
    Throwable mine = new IllegalStateException();
    Worker.await(barrier);
    boolean won = ctx.cancel(mine);
    Throwable seen = ctx.cause();
    assertSame(seen, ctx.cause());
    if (!won) {
      assertNotSame(mine, seen);
      return null;
    }
    assertSame(mine, seen);
    return mine;
  }

  @Test
  void endsDescendantsWithTheSameCauseButNoAncestor() {
    IllegalStateException cause = new IllegalStateException();
    try (CancellableContext parent = Context.background().withCancel();
        CancellableContext child = parent.withCancel();
        CancellableContext grandchild = child.withTimeout(Duration.ofHours(1))) {
      child.cancel(cause);
      assertSame(cause, grandchild.cause());
      assertFalse(parent.isDone());
    }
  }

  @Test
  void keepsTheOwnCauseWhenTheParentEndsLater() {
    IllegalStateException own = new IllegalStateException();
    try (CancellableContext parent = Context.background().withCancel();
        CancellableContext child = parent.withCancel()) {
      child.cancel(own);
      parent.cancel(new IllegalStateException("late"));
      assertSame(own, child.cause());
    }
  }

  @Test
  @DisplayName("case 53")
  void childOfAnEndedContextHasEnded() {
    IllegalStateException cause = new IllegalStateException();
    try (CancellableContext parent = Context.background().withCancel()) {
      parent.cancel(cause);
      try (CancellableContext child = parent.withCancel();
          CancellableContext timed = parent.withTimeout(Duration.ZERO)) {
        assertSame(cause, child.cause());
        assertSame(cause, timed.cause());
        assertFalse(child.cancel(null));
      }
    }
  }

  @Test
  @DisplayName("case 56")
  void tellsParentsBeforeChildrenAndSiblingsInOrder() {
    try (CancellableContext parent = Context.background().withCancel();
        CancellableContext first = parent.withCancel();
        CancellableContext second = parent.withCancel();
        CancellableContext grandchild = first.withCancel()) {
      grandchild.onCancel(() -> events.add("grandchild"));
      second.onCancel(() -> events.add("second"));
      first.onCancel(() -> events.add("first"));
      parent.onCancel(() -> events.add("parent"));
      parent.with(Context.Key.of("k"), 1).onCancel(() -> events.add("parent, later"));
      parent.cancel(null);
      assertEquals(List.of("parent", "parent, later", "first", "second", "grandchild"), events);
    }
  }

  @Test
  void everythingHasEndedBeforeTheFirstCallback() {
    try (CancellableContext parent = Context.background().withCancel();
        CancellableContext child = parent.withCancel();
        CancellableContext grandchild = child.withCancel()) {
      parent.onCancel(() -> events.add(child.isDone() + " " + grandchild.isDone()));
      parent.cancel(null);
      assertEquals(List.of("true true"), events);
    }
  }

  @Test
  @SuppressWarnings("try") // closes more than once on purpose
  @DisplayName("case 56")
  void callbacksRunOnceOnTheCancellingThread() {
    List<Thread> ranOn = new ArrayList<>();
    try (CancellableContext ctx = Context.background().withCancel()) {
      ctx.onCancel(() -> ranOn.add(Thread.currentThread()));
      ctx.cancel(null);
      ctx.cancel(null);
      ctx.close();
      assertEquals(List.of(Thread.currentThread()), ranOn);
    }
  }

  @Test
  @DisplayName("case 63")
  void lateCallbackRunsAtOnce() {
    try (CancellableContext ctx = Context.background().withCancel()) {
      ctx.cancel(null);
      Context.Registration late = ctx.onCancel(() -> events.add("late"));
      assertEquals(List.of("late"), events);
      assertFalse(late.unregister());
    }
  }

  @Test
  @SuppressWarnings("try") // closes more than once on purpose
  @DisplayName("case 56, case 63")
  void unregisteredCallbackNeverRuns() {
    try (CancellableContext ctx = Context.background().withCancel()) {
      Context.Registration unregistered = ctx.onCancel(() -> events.add("unregistered"));
      Context.Registration closed = ctx.onCancel(() -> events.add("closed"));
      ctx.onCancel(() -> events.add("kept"));
      assertTrue(unregistered.unregister());
      assertFalse(unregistered.unregister());
      closed.close();
      closed.close();
      ctx.cancel(null);
      assertEquals(List.of("kept"), events);
    }
  }

  @Test
  @DisplayName("case 63")
  void aCallbackCanStillBeTakenBackByAnEarlierOne() {
    try (CancellableContext ctx = Context.background().withCancel()) {
      List<Context.Registration> later = new ArrayList<>();
      ctx.onCancel(() -> events.add("prevented: " + later.get(0).unregister()));
      later.add(ctx.onCancel(() -> events.add("later")));
      ctx.cancel(null);
      assertEquals(List.of("prevented: true"), events);
    }
  }

  @Test
  @DisplayName("case 63")
  void aCallbackThatRacesItsRemovalEitherRunsOrIsPrevented() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(2);
    int rounds = 5_000;
    CancellableContext[] contexts = new CancellableContext[rounds];
    try (CancellableContext parent = Context.background().withCancel();
        Worker<Void> canceller =
            Worker.start(
                () -> {
                  for (int round = 0; round < rounds; round++) {
                    Worker.await(barrier);
                    contexts[round].cancel(null);
                    Worker.await(barrier);
                  }
                  return null;
                })) {
      for (int round = 0; round < rounds; round++) {
        AtomicInteger runs = new AtomicInteger();
        try (CancellableContext ctx = parent.withCancel()) {
          contexts[round] = ctx;
          Context.Registration registration = ctx.onCancel(runs::incrementAndGet);
          Worker.await(barrier);
          boolean prevented = registration.unregister();
          Worker.await(barrier);
          assertEquals(prevented ? 0 : 1, runs.get());
        }
        contexts[round] = null;
      }
      assertEquals(null, canceller.result());
    }
  }

  @Test
  void aChildThatRacesTheEndOfItsParentEnds() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(2);
    int rounds = 5_000;
    CancellableContext[] parents = new CancellableContext[rounds];
    try (Worker<Void> canceller =
        Worker.start(
            () -> {
              for (int round = 0; round < rounds; round++) {
                Worker.await(barrier);
                parents[round].cancel(new IllegalStateException());
                Worker.await(barrier);
              }
              return null;
            })) {
      for (int round = 0; round < rounds; round++) {
        AtomicInteger runs = new AtomicInteger();
        try (CancellableContext parent = Context.background().withCancel()) {
          parents[round] = parent;
          Worker.await(barrier);
          try (CancellableContext child = parent.withTimeout(Duration.ofHours(1))) {
            child.onCancel(runs::incrementAndGet);
            Worker.await(barrier);
            assertSame(parent.cause(), child.cause());
            assertEquals(1, runs.get());
          }
        }
        parents[round] = null;
      }
      assertEquals(null, canceller.result());
    }
  }

  @Test
  @DisplayName("case 57")
  void callbackThatThrowsIsLoggedAndTheOthersRun() {
    IllegalStateException failure = new IllegalStateException("broken callback");
    try (Log log = new Log();
        CancellableContext ctx = Context.background().withCancel();
        CancellableContext child = ctx.withCancel()) {
      ctx.onCancel(
          () -> {
            throw failure;
          });
      ctx.onCancel(
          () -> {
            throw new AssertionError("an error");
          });
      ctx.onCancel(() -> events.add("ctx"));
      child.onCancel(() -> events.add("child"));
      assertTrue(ctx.cancel(null));
      assertEquals(List.of("ctx", "child"), events);
      assertEquals(2, log.records().size());
      assertSame(failure, log.records().get(0).getThrown());
    }
  }

  @Test
  @DisplayName("case 57")
  void lateCallbackThatThrowsIsLoggedToo() {
    try (Log log = new Log();
        CancellableContext ctx = Context.background().withCancel()) {
      ctx.cancel(null);
      ctx.onCancel(
          () -> {
            throw new IllegalStateException("broken callback");
          });
      assertEquals(1, log.records().size());
    }
  }

  @Test
  void aCallbackMayCancelAndRegister() {
    try (CancellableContext ctx = Context.background().withCancel()) {
      ctx.onCancel(
          () -> {
            events.add("cancelled again: " + ctx.cancel(null));
            ctx.onCancel(() -> events.add("registered inside"));
          });
      ctx.onCancel(() -> events.add("last"));
      ctx.cancel(null);
      assertEquals(List.of("cancelled again: false", "registered inside", "last"), events);
    }
  }

  @Test
  @DisplayName("case 51")
  void endsVeryDeepNesting() {
    try (CancellableContext root = Context.background().withCancel()) {
      Context innermost = descend(root, 10_000);
      assertFalse(innermost.isDone());
      root.cancel(null);
      assertSame(root.cause(), innermost.cause());
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // closed through the context that all descend from
  private static Context descend(Context ctx, int depth) {
    Context innermost = ctx;
    for (int i = 0; i < depth; i++) {
      innermost = innermost.withCancel();
    }
    return innermost;
  }

  @Test
  void closeLeavesTheParentAsItWas() {
    try (CancellableContext parent = Context.background().withCancel()) {
      parent.onCancel(() -> events.add("parent"));
      try (CancellableContext child = parent.withCancel()) {
        child.cancel(new IllegalStateException());
      }
      assertFalse(parent.isDone());
      assertEquals(List.of(), events);
    }
  }

  @Test
  @DisplayName("case 52, case 60")
  void aHundredThousandClosedChildrenLeaveNoResidue() {
    List<WeakReference<Object>> closed = new ArrayList<>();
    try (CancellableContext parent = Context.background().withCancel()) {
      for (int i = 0; i < 100_000; i++) {
        try (CancellableContext child = parent.withCancel();
            CancellableContext timed = parent.withTimeout(Duration.ofHours(1))) {
          AtomicInteger captured = new AtomicInteger();
          Context.Registration registration = parent.onCancel(captured::incrementAndGet);
          child.onCancel(captured::incrementAndGet);
          registration.unregister();
          if (i % 1_000 == 0) {
            closed.add(new WeakReference<>(child));
            closed.add(new WeakReference<>(timed));
            closed.add(new WeakReference<>(captured));
          }
        }
      }
      Worker.eventually(() -> DeadlineTimer.TIMER.getQueue().isEmpty());
      Worker.eventually(() -> allCollected(closed));
      assertFalse(parent.isDone());
    }
  }

  @Test
  @DisplayName("case 52")
  void childrenThatEndedWithTheirParentAreNotKept() {
    List<WeakReference<Object>> ended = new ArrayList<>();
    try (CancellableContext parent = Context.background().withTimeout(Duration.ofHours(1))) {
      ended.add(new WeakReference<>(descend(parent, 3)));
      parent.cancel(null);
      Worker.eventually(() -> allCollected(ended));
      assertTrue(parent.isDone());
    }
  }

  private static boolean allCollected(List<WeakReference<Object>> references) {
    System.gc();
    return references.stream().allMatch(reference -> reference.get() == null);
  }
}
