package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** At most so many tasks at once. */
@Timeout(60)
final class TaskGroupLimitTest {
  @Test
  @DisplayName("case 5")
  void neverRunsMoreThanTheLimit() throws Exception {
    int limit = 10;
    Occupancy occupancy = new Occupancy();
    try (TaskGroup group = TaskGroup.named("g").limit(limit).open(Context.background())) {
      for (int i = 0; i < 1_025; i++) {
        group.launch(ctx -> occupancy.visit());
      }
      group.join();
    }
    assertEquals(1_025, occupancy.visits.get());
    assertTrue(occupancy.most.get() <= limit, occupancy.most + " at once");
  }

  @Test
  @DisplayName("case 6")
  void tryForkRefusesAtTheLimitAndWorksAgainLater() throws Exception {
    Gate gate = new Gate(2);
    try (TaskGroup group = TaskGroup.named("g").limit(2).open(Context.background())) {
      List<Task<?>> forked = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        forked.add(group.launch(ctx -> gate.pass()));
      }
      gate.awaitReached();
      Optional<Task<Integer>> refused = group.tryFork("third", ctx -> 3);
      assertTrue(refused.isEmpty());
      assertEquals(forked, group.tasks());
      gate.open();
      for (Task<?> task : forked) {
        assertSame(null, task.await());
      }
      Worker.eventually(() -> group.tryFork("fourth", ctx -> 4).isPresent());
      group.join();
      assertEquals(3, group.tasks().size());
    }
  }

  @Test
  @DisplayName("case 7, case 8")
  void rejectsLimitsThatAreNone() throws Exception {
    for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> TaskGroup.named("g").limit(limit));
    }
    TaskGroup.Builder builder = TaskGroup.named("g").limit(1);
    try (TaskGroup group = builder.open(Context.background())) {
      group.launch(ctx -> {});
      assertThrows(IllegalStateException.class, () -> builder.limit(2));
      group.join();
    }
  }

  @Test
  void theHighestLimitIsAsGoodAsNone() throws Exception {
    TaskGroup.Builder builder = TaskGroup.named("g").limit(Integer.MAX_VALUE);
    try (TaskGroup group = builder.open(Context.background())) {
      Task<Integer> task = group.fork(ctx -> 1);
      group.join();
      assertEquals(1, task.get());
    }
  }

  @Test
  @DisplayName("case 16")
  void limitsHoldUnderEveryPolicy() throws Exception {
    for (TaskGroup.Policy policy : TaskGroup.Policy.values()) {
      for (int limit : new int[] {1, 10, 100}) {
        Occupancy occupancy = new Occupancy();
        try (TaskGroup group =
            TaskGroup.named("g").policy(policy).limit(limit).open(Context.background())) {
          for (int i = 0; i < 150; i++) {
            group.launch(ctx -> occupancy.visit());
          }
          group.join();
        }
        assertTrue(occupancy.most.get() <= limit, policy + ": " + occupancy.most + " at once");
        if (policy != TaskGroup.Policy.FIRST_SUCCESS) {
          assertEquals(150, occupancy.visits.get(), policy.toString());
        }
      }
    }
  }

  @Test
  @DisplayName("case 17")
  void failingTasksGiveTheirPlacesBack() throws Exception {
    try (TaskGroup group =
        TaskGroup.named("g").policy(TaskGroup.Policy.COLLECT).limit(2).open(Context.background())) {
      for (int i = 0; i < 100; i++) {
        group.launch(
            ctx -> {
              throw new IOException("on purpose");
            });
      }
      ExecutionException thrown = assertThrows(ExecutionException.class, group::join);
      assertEquals(99, thrown.getSuppressed().length);
    }
  }

  @Test
  @DisplayName("case 23")
  void runsManyMoreThanThereAreProcessors() throws Exception {
    int tasks = 8 * Runtime.getRuntime().availableProcessors() + 100;
    Gate gate = new Gate(tasks);
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      for (int i = 0; i < tasks; i++) {
        group.launch(ctx -> gate.pass());
      }
      gate.awaitReached();
      assertEquals(tasks, group.alive().size());
      gate.open();
      group.join();
    }
  }

  @Test
  void aForkThatWaitsForAPlaceWakesWhenTheGroupIsCancelled() throws Exception {
    Gate gate = new Gate();
    IllegalStateException cause = new IllegalStateException("stop");
    try (TaskGroup group = TaskGroup.named("g").limit(1).open(Context.background())) {
      group.launch(ctx -> gate.passStubbornly());
      gate.awaitReached();
      try (Worker<Task<Integer>> forker = Worker.start(() -> group.fork("late", ctx -> 1))) {
        forker.awaitParkedIn(AbstractOwnableSynchronizer.class);
        group.cancel(cause);
        Task<Integer> task = forker.result();
        assertEquals(Task.State.CANCELLED, task.state());
        assertEquals("late", task.name());
        gate.open();
        assertSame(cause, assertThrows(ExecutionException.class, group::join).getCause());
        assertSame(cause, assertInstanceOf(CancelledException.class, task.exception()).cause());
      }
    }
  }

  @Test
  void aForkThatWaitsForAPlaceWakesAtTheDeadline() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup group =
        TaskGroup.named("g").limit(1).timeout(Duration.ofMillis(20)).open(Context.background())) {
      group.launch(ctx -> gate.passStubbornly());
      Task<Integer> task = group.fork(ctx -> 1);
      assertEquals(Task.State.CANCELLED, task.state());
      gate.open();
      assertInstanceOf(
          TimeoutException.class, assertThrows(ExecutionException.class, group::join).getCause());
    }
  }

  @Test
  void anInterruptedForkGivesUpAndKeepsTheFlag() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup group = TaskGroup.named("g").limit(1).open(Context.background())) {
      Task<Void> first = group.launch(ctx -> gate.pass());
      gate.awaitReached();
      Thread.currentThread().interrupt();
      Task<Integer> second = group.fork(ctx -> 2);
      assertEquals(Task.State.CANCELLED, second.state());
      assertFalse(group.ctx().isDone());
      assertThrows(InterruptedException.class, group::join);
      assertEquals(Task.State.CANCELLED, awaited(first).state());
    }
  }

  private static Task<?> awaited(Task<?> task) {
    Worker.eventually(() -> task.state() != Task.State.RUNNING);
    return task;
  }

  @Test
  @DisplayName("case 39")
  void givesThePlaceBackWhenThereIsNoThread() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Executor moody =
        task -> {
          switch (calls.incrementAndGet()) {
            case 1 -> throw new RejectedExecutionException("full");
            case 2 -> throw new OutOfMemoryError("unable to create native thread");
            default -> TaskThreads.of(TaskGroup.Threads.PLATFORM).execute(task);
          }
        };
    try (TaskGroup group =
        TaskGroup.named("g").limit(1).starter(moody).open(Context.background())) {
      assertThrows(RejectedExecutionException.class, () -> group.fork("first", ctx -> 1));
      assertInstanceOf(
          OutOfMemoryError.class,
          assertThrows(RejectedExecutionException.class, () -> group.fork("second", ctx -> 2))
              .getCause());
      Task<Integer> third = group.fork("third", ctx -> 3);
      group.join();
      assertEquals(3, third.get());
    }
  }

  private static final class Occupancy {
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger visits = new AtomicInteger();

    void visit() {
      visits.incrementAndGet();
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      Thread.onSpinWait();
      now.decrementAndGet();
    }
  }
}
