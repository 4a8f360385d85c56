package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What failures mean under each policy, and what join makes of them. */
@Timeout(60)
final class TaskGroupFailureTest {
  private final IOException failure = new IOException("on purpose");

  private static TaskGroup.Builder group(TaskGroup.Policy policy) {
    return TaskGroup.named("g").policy(policy);
  }

  private static Integer fail(Exception with) throws Exception {
    throw with;
  }

  private static Integer stop(Exception with) throws Exception {
    throw with;
  }

  @Test
  @DisplayName("case 2")
  void oneFailureIsTheCauseWhateverItsPosition() throws Exception {
    for (int bad = 0; bad < 5; bad++) {
      try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
        for (int i = 0; i < 5; i++) {
          int number = i;
          int failing = bad;
          group.launch(
              ctx -> {
                if (number == failing) {
                  throw failure;
                }
              });
        }
        ExecutionException thrown = assertThrows(ExecutionException.class, group::join);
        assertSame(failure, thrown.getCause());
        assertEquals(0, thrown.getSuppressed().length);
      }
    }
  }

  @Test
  @DisplayName("case 4")
  void theContextEndsWithTheFailureItself() throws Exception {
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      Task<Integer> task = group.fork(ctx -> fail(failure));
      assertThrows(ExecutionException.class, group::join);
      assertSame(failure, group.ctx().cause());
      assertSame(failure, task.exception());
      assertEquals(Task.State.FAILED, task.state());
    }
  }

  @Test
  @DisplayName("case 12")
  void allFailuresArePresentOnceInTheOrderOfTheirEnds() throws Exception {
    try (TaskGroup group = group(TaskGroup.Policy.COLLECT).open(Context.background())) {
      List<Exception> failures = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        Exception each = new IOException(Integer.toString(i));
        failures.add(each);
        Task<Integer> task = group.fork(ctx -> fail(each));
        assertThrows(ExecutionException.class, task::await); // so that the order is known
      }
      Task<Integer> again = group.fork(ctx -> fail(failures.get(3)));
      assertThrows(ExecutionException.class, again::await);
      ExecutionException thrown = assertThrows(ExecutionException.class, group::join);
      assertSame(failures.get(0), thrown.getCause());
      assertEquals(failures.subList(1, 10), List.of(thrown.getSuppressed()));
      assertEquals(0, failures.get(0).getSuppressed().length, "theirs are left alone");
    }
  }

  @Test
  @DisplayName("case 12")
  void noFailureIsLostWhenAllFailAtOnce() throws Exception {
    Gate gate = new Gate(50);
    Set<Exception> failures = new HashSet<>();
    try (TaskGroup group = group(TaskGroup.Policy.FAIL_FAST).open(Context.background())) {
      for (int i = 0; i < 50; i++) {
        Exception each = new IOException(Integer.toString(i));
        failures.add(each);
        group.launch(
            ctx -> {
              gate.passStubbornly();
              throw each;
            });
      }
      gate.awaitReached();
      gate.open();
      ExecutionException thrown = assertThrows(ExecutionException.class, group::join);
      assertSame(group.ctx().cause(), thrown.getCause());
      assertTrue(failures.remove(thrown.getCause()));
      assertEquals(failures, Set.of(thrown.getSuppressed()));
    }
  }

  @Test
  @DisplayName("case 13")
  void collectingLetsTheOthersRunToTheEnd() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup group = group(TaskGroup.Policy.COLLECT).open(Context.background())) {
      Task<Boolean> slow =
          group.fork(
              ctx -> {
                gate.pass();
                return ctx.isDone();
              });
      Task<Integer> bad = group.fork(ctx -> fail(failure));
      assertThrows(ExecutionException.class, bad::await);
      assertFalse(group.ctx().isDone());
      gate.open();
      assertSame(failure, assertThrows(ExecutionException.class, group::join).getCause());
      assertEquals(false, slow.get());
    }
  }

  @Test
  @DisplayName("case 14")
  void theFirstFailureCancelsTheOthers() throws Exception {
    Gate gate = new Gate(3);
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      Task<Void> sleeping = group.fork(gate::blockUntilCancelled);
      Task<Throwable> looking =
          group.fork(
              ctx -> {
                gate.passStubbornly();
                return ctx.cause();
              });
      group.launch(
          ctx -> {
            gate.passStubbornly();
            throw failure;
          });
      group.ctx().onCancel(gate::open);
      gate.awaitReached();
      // The one that fails is let through alone, by cancelling nothing: the gate opens for all.
      gate.open();
      ExecutionException thrown = assertThrows(ExecutionException.class, group::join);
      assertSame(failure, thrown.getCause());
      assertEquals(0, thrown.getSuppressed().length, "being cancelled is no failure");
      assertEquals(Task.State.CANCELLED, sleeping.state());
      assertSame(failure, assertInstanceOf(CancelledException.class, sleeping.exception()).cause());
      assertTrue(looking.get() == null || looking.get().equals(failure));
    }
  }

  @Test
  @DisplayName("case 14")
  void failuresAfterTheFirstAreKeptAndInterruptsAreNot() throws Exception {
    Gate gate = new Gate(3);
    IllegalStateException late = new IllegalStateException("while stopping");
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      group.launch(gate::blockUntilCancelled);
      group.launch(
          ctx -> {
            try {
              gate.blockUntilCancelled(ctx);
            } finally {
              breakDown(late);
            }
          });
      group.launch(
          ctx -> {
            gate.awaitReached();
            throw failure;
          });
      group.launch(ctx -> gate.blockUntilCancelled(ctx));
      ExecutionException thrown = assertThrows(ExecutionException.class, group::join);
      assertSame(failure, thrown.getCause());
      assertEquals(List.of(late), List.of(thrown.getSuppressed()));
    }
  }

  private static void breakDown(RuntimeException with) {
    throw with;
  }

  @Test
  void anInterruptedExceptionWithoutCancellationIsAFailure() throws Exception {
    InterruptedException own = new InterruptedException("own");
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      Task<Integer> task = group.fork(ctx -> stop(own));
      assertSame(own, assertThrows(ExecutionException.class, group::join).getCause());
      assertEquals(Task.State.FAILED, task.state());
    }
  }

  @Test
  void anInnerTimeoutIsAFailure() throws Exception {
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      group.launch(
          ctx -> {
            try (CancellableContext inner = ctx.withTimeout(Duration.ofMillis(1))) {
              inner.sleep(Duration.ofHours(1));
            }
          });
      CancelledException cause =
          assertInstanceOf(
              CancelledException.class,
              assertThrows(ExecutionException.class, group::join).getCause());
      assertInstanceOf(TimeoutException.class, cause.cause());
    }
  }

  @Test
  @DisplayName("case 19")
  void collectingKeepsResultsBesideFailures() throws Exception {
    try (TaskGroup group = group(TaskGroup.Policy.COLLECT).open(Context.background())) {
      Task<Integer> one = group.fork(ctx -> 1);
      Task<Integer> bad = group.fork(ctx -> fail(failure));
      Task<Integer> three = group.fork(ctx -> 3);
      group.await();
      assertEquals(1, one.get());
      assertSame(failure, bad.exception());
      assertEquals(3, three.get());
      assertThrows(ExecutionException.class, group::join);
      assertEquals(3, three.get());
    }
  }

  @Test
  @DisplayName("case 42")
  void aFailureDoesNotSuppressItselfEvenWhenWrapped() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup group = group(TaskGroup.Policy.COLLECT).open(Context.background())) {
      Task<Integer> origin = group.fork(ctx -> fail(failure));
      assertThrows(ExecutionException.class, origin::await);
      Task<Integer> same = group.fork(ctx -> fail(failure));
      Task<Integer> wrapped = group.fork(ctx -> fail(new IOException("wrapped", failure)));
      Task<Integer> passedOn = group.fork(ctx -> origin.await());
      gate.open();
      group.await();
      assertSame(failure, same.exception());
      assertNotSame(failure, wrapped.exception());
      assertSame(failure, passedOn.exception().getCause());
      ExecutionException thrown = assertThrows(ExecutionException.class, group::join);
      assertSame(failure, thrown.getCause());
      assertEquals(0, thrown.getSuppressed().length);
    }
  }

  @Test
  @DisplayName("case 42")
  void aCircleOfCausesDoesNotHangJoin() throws Exception {
    Exception a = new Exception("a");
    Exception b = new Exception("b", a);
    a.initCause(b);
    try (TaskGroup group = group(TaskGroup.Policy.COLLECT).open(Context.background())) {
      Task<Integer> first = group.fork(ctx -> fail(failure));
      assertThrows(ExecutionException.class, first::await);
      Task<Integer> circular = group.fork(ctx -> fail(a));
      assertSame(a, assertThrows(ExecutionException.class, circular::await).getCause());
      assertEquals(
          List.of(a), List.of(assertThrows(ExecutionException.class, group::join).getSuppressed()));
    }
  }

  @Test
  @DisplayName("case 44")
  void theFirstSuccessCancelsSlowerOnes() throws Exception {
    for (boolean slowFirst : new boolean[] {true, false}) {
      Gate gate = new Gate();
      try (TaskGroup group = group(TaskGroup.Policy.FIRST_SUCCESS).open(Context.background())) {
        Task<Void> slow = slowFirst ? group.fork(gate::blockUntilCancelled) : null;
        Task<Integer> fast = group.fork(ctx -> 1);
        if (slow == null) {
          slow = group.fork(gate::blockUntilCancelled);
        }
        group.join();
        assertEquals(1, fast.get());
        assertEquals(Task.State.CANCELLED, slow.state());
        CancellationException won =
            assertInstanceOf(CancellationException.class, group.ctx().cause());
        assertEquals("another task won", won.getMessage());
      }
    }
  }

  @Test
  @DisplayName("case 44")
  void failuresBeforeTheFirstSuccessDoNotMatter() throws Exception {
    try (TaskGroup group = group(TaskGroup.Policy.FIRST_SUCCESS).open(Context.background())) {
      Task<Integer> bad = group.fork(ctx -> fail(failure));
      assertThrows(ExecutionException.class, bad::await);
      assertFalse(group.ctx().isDone());
      Task<Integer> good = group.fork(ctx -> 1);
      group.join();
      assertEquals(1, good.get());
      assertSame(failure, bad.exception());
    }
  }

  @Test
  @DisplayName("case 44")
  void withoutSuccessAllFailuresAreReported() throws Exception {
    IOException second = new IOException("second");
    try (TaskGroup group = group(TaskGroup.Policy.FIRST_SUCCESS).open(Context.background())) {
      assertThrows(ExecutionException.class, group.fork(ctx -> fail(failure))::await);
      assertThrows(ExecutionException.class, group.fork(ctx -> fail(second))::await);
      ExecutionException thrown = assertThrows(ExecutionException.class, group::join);
      assertSame(failure, thrown.getCause());
      assertEquals(List.of(second), List.of(thrown.getSuppressed()));
    }
  }

  @Test
  @DisplayName("case 44")
  void aRaceWhoseOnlyTaskIsCancelledHasNoWinner() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup group = group(TaskGroup.Policy.FIRST_SUCCESS).open(Context.background())) {
      Task<Void> task = group.fork(gate::blockUntilCancelled);
      gate.awaitReached();
      task.cancel();
      assertInstanceOf(
          CancelledException.class, assertThrows(ExecutionException.class, group::join).getCause());
    }
  }

  @Test
  @DisplayName("case 45, case 46")
  void supervisedFailuresConcernNobodyElse() throws Exception {
    Gate gate = new Gate();
    try (Log log = new Log();
        TaskGroup group = group(TaskGroup.Policy.SUPERVISE).open(Context.background())) {
      Task<Boolean> other =
          group.fork(
              ctx -> {
                gate.pass();
                return ctx.isDone() || Thread.currentThread().isInterrupted();
              });
      Task<Integer> bad = group.fork(ctx -> fail(failure));
      assertSame(failure, assertThrows(ExecutionException.class, bad::await).getCause());
      gate.open();
      group.join();
      assertEquals(false, other.get());
      assertEquals(1, log.records().size());
    }
  }

  @Test
  @DisplayName("case 46")
  void supervisedTasksAreStillCancelledFromOutside() throws Exception {
    Gate gate = new Gate(2);
    IllegalStateException cause = new IllegalStateException("stop");
    try (CancellableContext outer = Context.background().withCancel();
        TaskGroup group = group(TaskGroup.Policy.SUPERVISE).open(outer)) {
      Task<Void> a = group.fork(gate::blockUntilCancelled);
      Task<Void> b = group.fork(gate::blockUntilCancelled);
      gate.awaitReached();
      outer.cancel(cause);
      assertSame(cause, assertThrows(CancelledException.class, group::join).cause());
      assertEquals(Task.State.CANCELLED, a.state());
      assertEquals(Task.State.CANCELLED, b.state());
    }
  }

  @Test
  void aSupervisingGroupForgetsTasksThatHaveEnded() throws Exception {
    try (TaskGroup group = group(TaskGroup.Policy.SUPERVISE).limit(4).open(Context.background())) {
      Gate gate = new Gate();
      Task<Void> old = group.launch(ctx -> gate.pass());
      for (int i = 0; i < 2_000; i++) {
        group.launch(ctx -> {});
      }
      assertTrue(group.tasks().size() < 100, "kept: " + group.tasks().size());
      assertEquals(old, group.alive().get(0));
      gate.open();
      group.join();
    }
  }

  @Test
  @DisplayName("case 49")
  void aFailureWinsOverALaterEndOfTheContext() throws Exception {
    try (CancellableContext outer = Context.background().withCancel();
        TaskGroup group = TaskGroup.open(outer, "g")) {
      Task<Integer> bad = group.fork(ctx -> fail(failure));
      assertThrows(ExecutionException.class, bad::await);
      outer.cancel(new TimeoutException("late"));
      assertSame(failure, assertThrows(ExecutionException.class, group::join).getCause());
    }
  }

  @Test
  void errorsAreFailuresToo() throws Exception {
    StackOverflowError error = new StackOverflowError("on purpose");
    try (Log log = new Log();
        TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      group.launch(
          ctx -> {
            throw error;
          });
      assertSame(error, assertThrows(ExecutionException.class, group::join).getCause());
      assertEquals(1, log.records().size());
    }
  }
}
