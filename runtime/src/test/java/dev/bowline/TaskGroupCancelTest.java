package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How groups and tasks are stopped: by their context, time, others, interrupts, and close. */
@Timeout(60)
final class TaskGroupCancelTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMillis(10);

  private final IllegalStateException cause = new IllegalStateException("stop");

  @AfterEach
  void leavesTheInterruptFlagClear() {
    assertFalse(Thread.interrupted());
  }

  @Test
  @DisplayName("case 15")
  void theEndOfTheOuterContextStopsTheTasks() throws Exception {
    Gate gate = new Gate(2);
    try (CancellableContext outer = Context.background().withCancel();
        TaskGroup group = TaskGroup.open(outer, "g")) {
      Task<Void> a = group.fork(gate::blockUntilCancelled);
      Task<Void> b = group.fork(gate::blockUntilCancelled);
      gate.awaitReached();
      outer.cancel(cause);
      CancelledException thrown = assertThrows(CancelledException.class, group::join);
      assertSame(cause, thrown.cause());
      assertEquals(0, thrown.getSuppressed().length);
      assertSame(cause, assertInstanceOf(CancelledException.class, a.exception()).cause());
      assertSame(cause, assertInstanceOf(CancelledException.class, b.exception()).cause());
    }
  }

  @Test
  @DisplayName("case 15")
  void theDeadlineOfTheOuterContextStopsTheTasks() throws Exception {
    Gate gate = new Gate();
    try (CancellableContext outer = Context.background().withTimeout(SOON);
        TaskGroup group = TaskGroup.open(outer, "g")) {
      group.launch(gate::blockUntilCancelled);
      CancelledException thrown = assertThrows(CancelledException.class, group::join);
      assertInstanceOf(TimeoutException.class, thrown.cause());
      assertSame(outer.cause(), thrown.cause());
    }
  }

  @Test
  @DisplayName("case 15")
  void anEarlyReturnIsNotDisturbedByTheDeadline() throws Exception {
    try (CancellableContext outer = Context.background().withTimeout(HOUR);
        TaskGroup group = TaskGroup.open(outer, "g")) {
      Task<Integer> task = group.fork(ctx -> 1);
      group.join();
      assertEquals(1, task.get());
      assertFalse(outer.isDone());
    }
  }

  @Test
  void failuresAreSuppressedWhenTheOuterContextEnded() throws Exception {
    IOException failure = new IOException("on purpose");
    try (CancellableContext outer = Context.background().withCancel();
        TaskGroup group = TaskGroup.named("g").policy(TaskGroup.Policy.COLLECT).open(outer)) {
      Task<Integer> bad =
          group.fork(
              ctx -> {
                throw failure;
              });
      assertThrows(ExecutionException.class, bad::await);
      outer.cancel(cause);
      CancelledException thrown = assertThrows(CancelledException.class, group::join);
      assertSame(cause, thrown.cause());
      assertEquals(List.of(failure), List.of(thrown.getSuppressed()));
    }
  }

  @Test
  void noWayToWaitReturnsNormallyOnceTheOuterContextHasEnded() throws Exception {
    try (CancellableContext outer = Context.background().withCancel();
        TaskGroup joined = TaskGroup.open(outer, "joined");
        TaskGroup awaited = TaskGroup.open(outer, "awaited");
        TaskGroup awaitedFor = TaskGroup.open(outer, "awaitedFor");
        TaskGroup both = TaskGroup.open(outer, "both")) {
      for (TaskGroup group : List.of(joined, awaited, awaitedFor, both)) {
        assertEquals(1, group.fork(ctx -> 1).await());
      }
      both.await();
      outer.cancel(cause);
      assertSame(cause, assertThrows(CancelledException.class, joined::join).cause());
      assertSame(cause, assertThrows(CancelledException.class, () -> awaited.await()).cause());
      assertSame(
          cause, assertThrows(CancelledException.class, () -> awaitedFor.await(HOUR)).cause());
      assertSame(cause, assertThrows(CancelledException.class, both::join).cause());
    }
  }

  @Test
  @DisplayName("case 25")
  void aForkAfterCancelStartsNoThread() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    try (TaskGroup group =
        TaskGroup.named("g").starter(task -> starts.incrementAndGet()).open(Context.background())) {
      assertTrue(group.cancel(cause));
      assertFalse(group.cancel(new IllegalStateException("late")));
      Task<Integer> task = group.fork(ctx -> 1);
      assertEquals(Task.State.CANCELLED, task.state());
      assertTrue(group.tryFork("t", ctx -> 1).isPresent());
      assertEquals(List.of(), group.alive());
      assertEquals(2, group.tasks().size());
      assertEquals(0, starts.get());
      assertSame(cause, assertThrows(ExecutionException.class, group::join).getCause());
      assertSame(cause, assertInstanceOf(CancelledException.class, task.exception()).cause());
      CancelledException awaited =
          assertInstanceOf(
              CancelledException.class,
              assertThrows(ExecutionException.class, task::await).getCause());
      assertSame(cause, awaited.cause());
    }
  }

  @Test
  void aStopWithoutCauseIsNoFailure() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      Task<Void> task = group.fork(gate::blockUntilCancelled);
      gate.awaitReached();
      group.cancel(null);
      group.join();
      assertEquals(Task.State.CANCELLED, task.state());
    }
  }

  @Test
  void aStopThatComesAfterEverythingSucceededIsNotReported() throws Exception {
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      Task<Integer> task = group.fork(ctx -> 1);
      assertEquals(1, task.await());
      group.cancel(cause);
      group.join();
      assertEquals(1, task.get(), "what was finished stays");
    }
  }

  @Test
  @DisplayName("case 28")
  void everyWayToWaitThrowsAndClearsAFlagThatIsSet() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup joined = TaskGroup.open(Context.background(), "joined");
        TaskGroup awaited = TaskGroup.open(Context.background(), "awaited");
        TaskGroup awaitedFor = TaskGroup.open(Context.background(), "awaitedFor")) {
      Task<Void> task = joined.fork(gate::blockUntilCancelled);
      Thread.currentThread().interrupt();
      InterruptedException thrown = assertThrows(InterruptedException.class, joined::join);
      assertFalse(Thread.currentThread().isInterrupted());
      assertFalse(thrown instanceof CancelledException);
      assertSame(thrown, joined.ctx().cause());
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> awaited.await());
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> awaitedFor.await(HOUR));
      assertFalse(Thread.currentThread().isInterrupted());
      assertEquals(Task.State.CANCELLED, joined.fork(ctx -> 1).state());
      joined.await();
      assertEquals(Task.State.CANCELLED, task.state());
    }
  }

  @Test
  @DisplayName("case 24, case 26, case 29")
  void anInterruptedJoinCancelsAndMayBeRepeated() throws Exception {
    Gate gate = new Gate();
    try (Worker<Integer> owner =
        Worker.start(
            () -> {
              try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
                group.launch(gate::blockUntilCancelled);
                InterruptedException thrown = assertThrows(InterruptedException.class, group::join);
                assertFalse(Thread.currentThread().isInterrupted());
                assertEquals(Task.State.CANCELLED, group.fork(ctx -> 1).state());
                assertSame(thrown, assertThrows(ExecutionException.class, group::join).getCause());
                assertThrows(IllegalStateException.class, group::join);
                return group.alive().size();
              }
            })) {
      gate.awaitReached();
      owner.awaitParkedIn(TaskGroup.class);
      owner.interrupt();
      assertEquals(0, owner.result());
    }
  }

  @Test
  @DisplayName("case 30")
  void aTimeoutLongerThanTheTasksDoesNothing() throws Exception {
    try (TaskGroup group = TaskGroup.named("g").timeout(HOUR).open(Context.background())) {
      Task<Boolean> task = group.fork(Context::isDone);
      assertTrue(group.ctx().remaining().isPresent());
      group.join();
      assertEquals(false, task.get());
    }
  }

  @Test
  @DisplayName("case 30, case 24")
  void aTimeoutStopsTheTasksAndIsReported() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup group = TaskGroup.named("g").timeout(SOON).open(Context.background())) {
      Task<Integer> quick = group.fork(ctx -> 1);
      Task<Void> slow = group.fork(gate::blockUntilCancelled);
      TimeoutException timeout =
          assertInstanceOf(
              TimeoutException.class,
              assertThrows(ExecutionException.class, group::join).getCause());
      assertEquals("deadline of PT0.01S passed", timeout.getMessage());
      assertEquals(Task.State.CANCELLED, slow.state());
      assertTrue(quick.state() == Task.State.CANCELLED || quick.get() == 1);
    }
    try (TaskGroup group = TaskGroup.named("g").timeout(SOON).open(Context.background())) {
      group.launch(gate::blockUntilCancelled);
      group.await();
      assertThrows(IllegalStateException.class, () -> group.launch(ctx -> {}));
    }
    try (TaskGroup group = TaskGroup.named("g").timeout(SOON).open(Context.background())) {
      Worker.eventually(() -> group.ctx().isDone());
      assertEquals(Task.State.CANCELLED, group.fork(ctx -> 1).state());
      assertThrows(ExecutionException.class, group::join);
    }
  }

  @Test
  @DisplayName("case 30")
  void aTimeoutAfterEverythingSucceededIsNotReported() throws Exception {
    try (TaskGroup group = TaskGroup.named("g").timeout(SOON).open(Context.background())) {
      Task<Integer> task = group.fork(ctx -> 1);
      Worker.eventually(() -> group.ctx().isDone());
      group.await();
      if (task.state() == Task.State.SUCCEEDED) { // unless the machine is very slow
        group.join();
        assertEquals(1, task.get());
      }
    }
  }

  @Test
  @DisplayName("case 30, case 48")
  void withoutTimeNoBodyRuns() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    for (Duration none : new Duration[] {Duration.ZERO, HOUR.negated()}) {
      try (TaskGroup group = TaskGroup.named("g").timeout(none).open(Context.background())) {
        Task<Integer> task = group.fork(ctx -> runs.incrementAndGet());
        assertInstanceOf(
            TimeoutException.class, assertThrows(ExecutionException.class, group::join).getCause());
        assertEquals(Task.State.CANCELLED, task.state());
      }
      try (CancellableContext ended = Context.background().withTimeout(none)) {
        assertThrows(CancelledException.class, () -> ended.call(ctx -> runs.incrementAndGet()));
      }
    }
    assertEquals(0, runs.get());
  }

  @Test
  @DisplayName("case 53")
  void underAnEndedContextNoBodyRuns() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    try (CancellableContext outer = Context.background().withCancel()) {
      outer.cancel(cause);
      try (TaskGroup group = TaskGroup.open(outer, "g")) {
        group.launch(ctx -> runs.incrementAndGet());
        assertSame(cause, assertThrows(CancelledException.class, group::join).cause());
      }
    }
    assertEquals(0, runs.get());
  }

  @Test
  void aTaskCancelledBeforeItsThreadBeginsIsNotRun() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    Runnable[] late = new Runnable[1];
    try (TaskGroup group =
        TaskGroup.named("g").starter(task -> late[0] = task).open(Context.background())) {
      Task<Integer> task = group.fork(ctx -> runs.incrementAndGet());
      group.cancel(cause);
      assertEquals(Task.State.RUNNING, task.state());
      assertEquals(0, task.stack().length);
      try (Worker<Void> thread =
          Worker.start(
              () -> {
                late[0].run();
                return null;
              })) {
        assertSame(null, thread.result());
      }
      assertThrows(ExecutionException.class, group::join);
      assertEquals(Task.State.CANCELLED, task.state());
      assertEquals(0, runs.get());
    }
  }

  @Test
  @DisplayName("case 32")
  void closeWithTheFlagSetWaitsAndKeepsIt() throws Exception {
    Gate gate = new Gate();
    CountDownLatch ended = new CountDownLatch(1);
    try (Worker<List<Object>> owner =
        Worker.start(
            () -> {
              try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
                group.launch(
                    ctx -> {
                      gate.passStubbornly();
                      ended.countDown();
                    });
                gate.awaitReached();
                Thread.currentThread().interrupt();
                assertThrows(IllegalStateException.class, group::close);
              }
              return List.of(ended.getCount(), Thread.interrupted());
            })) {
      gate.awaitReached();
      owner.awaitParkedIn(TaskGroup.class);
      gate.open();
      assertEquals(List.of(0L, true), owner.result());
    }
  }

  @Test
  @DisplayName("case 33")
  void anInterruptDuringCloseIsKeptForLater() throws Exception {
    Gate gate = new Gate();
    try (Worker<List<Object>> owner =
        Worker.start(
            () -> {
              Task<Void> task;
              try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
                task = group.launch(ctx -> gate.passStubbornly());
                gate.awaitReached();
                assertThrows(IllegalStateException.class, group::close);
              }
              return List.of(task.state(), Thread.interrupted());
            })) {
      gate.awaitReached();
      owner.awaitParkedIn(TaskGroup.class);
      owner.interrupt();
      gate.open();
      assertEquals(List.of(Task.State.SUCCEEDED, true), owner.result());
    }
  }

  @Test
  @DisplayName("case 40")
  void aTaskThatEndsAsItIsCancelledHasOneOutcome() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
        Task<Integer> task = group.fork(ctx -> 1);
        group.cancel(cause);
        group.await();
        if (task.state() == Task.State.SUCCEEDED) {
          assertEquals(1, task.get());
          assertThrows(IllegalStateException.class, task::exception);
          group.join();
        } else {
          assertEquals(Task.State.CANCELLED, task.state());
          assertNotNull(task.exception());
          assertThrows(IllegalStateException.class, task::get);
          assertThrows(ExecutionException.class, group::join);
        }
      }
    }
  }

  @Test
  @DisplayName("case 41")
  void aFailingOwnerCancelsItsTasks() throws Exception {
    Gate gate = new Gate();
    Task<?>[] task = new Task<?>[1];
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () -> {
              try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
                task[0] = group.fork(gate::blockUntilCancelled);
                gate.awaitReached();
                throw cause;
              }
            });
    assertSame(cause, thrown);
    assertEquals(Task.State.CANCELLED, task[0].state());
    assertEquals(1, thrown.getSuppressed().length, "close says that nobody joined");
  }

  @Test
  @DisplayName("case 43")
  void cancellingOneTaskLeavesTheOthersAlone() throws Exception {
    for (int round = 0; round < 100; round++) {
      Gate gate = new Gate(2);
      Gate other = new Gate();
      CountDownLatch cleanedUp = new CountDownLatch(1);
      try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
        Task<Void> victim =
            group.fork(
                ctx -> {
                  try {
                    return gate.blockUntilCancelled(ctx);
                  } finally {
                    cleanedUp.countDown();
                  }
                });
        Task<Boolean> bystander =
            group.fork(
                ctx -> {
                  gate.passStubbornly();
                  other.pass();
                  return ctx.isDone();
                });
        gate.awaitReached();
        victim.cancel();
        victim.cancel();
        CancelledException stopped =
            assertInstanceOf(
                CancelledException.class,
                assertThrows(ExecutionException.class, victim::await).getCause());
        assertInstanceOf(CancellationException.class, stopped.cause());
        assertEquals("task g/1 was cancelled", stopped.cause().getMessage());
        assertEquals(0, cleanedUp.getCount(), "await waits for the body to end");
        assertFalse(group.ctx().isDone());
        gate.open();
        other.open();
        group.join();
        victim.cancel();
        assertEquals(Task.State.CANCELLED, victim.state());
        assertEquals(false, bystander.get());
      }
    }
  }

  @Test
  @DisplayName("case 47")
  void theOuterOfNestedTimeoutsIsReported() throws Exception {
    try (CancellableContext outer = Context.background().withTimeout(SOON)) {
      Gate gate = new Gate();
      try (TaskGroup group = TaskGroup.named("g").timeout(HOUR).open(outer)) {
        group.launch(gate::blockUntilCancelled);
        CancelledException thrown = assertThrows(CancelledException.class, group::join);
        assertSame(outer.cause(), thrown.cause());
        assertEquals("deadline of PT0.01S passed", thrown.cause().getMessage());
      }
    }
  }

  @Test
  @DisplayName("case 50")
  void cleaningUpMayTakeItsTimeUnderADetachedContext() throws Exception {
    for (int round = 0; round < 300; round++) { // the interrupt comes after the sleeper has woken
      Gate gate = new Gate();
      AtomicInteger cleaned = new AtomicInteger();
      try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
        Task<Void> task = group.launch(ctx -> blockAndCleanUp(ctx, gate, cleaned));
        gate.awaitReached();
        group.cancel(null);
        group.join();
        assertEquals(Task.State.CANCELLED, task.state());
        assertEquals(1, cleaned.get());
      }
    }
  }

  private static void blockAndCleanUp(Context ctx, Gate gate, AtomicInteger cleaned)
      throws InterruptedException {
    try {
      gate.blockUntilCancelled(ctx);
    } finally {
      try (CancellableContext shield = ctx.detached().withTimeout(HOUR)) {
        shield.sleep(Duration.ofNanos(100_000));
        cleaned.incrementAndGet();
      }
    }
  }

  @Test
  @DisplayName("case 68")
  void closeNamesTheTasksThatDoNotStop() throws Exception {
    Gate gate = new Gate();
    try (Log log = new Log();
        Worker<Void> owner =
            Worker.start(
                () -> {
                  try (TaskGroup group =
                      TaskGroup.named("g")
                          .stragglerInterval(Duration.ofMillis(1))
                          .open(Context.background())) {
                    group.launch("stubborn", ctx -> gate.passStubbornly());
                    gate.awaitReached();
                    group.cancel(null);
                    assertFalse(group.await(Duration.ofMillis(1)));
                    assertEquals(
                        List.of("stubborn"), group.alive().stream().map(Task::name).toList());
                  }
                  return null;
                })) {
      Worker.eventually(() -> log.records().size() >= 2);
      LogRecord line = log.records().get(0);
      assertTrue(
          line.getMessage()
              .startsWith("tasks keep their group from closing group=g alive=1 task\n"),
          line.getMessage());
      assertTrue(line.getMessage().contains("\n  stubborn age=PT"), line.getMessage());
      assertTrue(line.getMessage().contains("Gate.passStubbornly("), line.getMessage());
      gate.open();
      assertSame(null, owner.result());
    }
  }
}
