package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a group is made of, and small groups on threads of their own. */
@SuppressWarnings("MustBeClosedChecker")
final class TaskGroupInterleavings {
  /** {@link Headcount} without its waiting, against {@link Sequential}. */
  @Param(name = "thread", gen = ThreadIdGen.class)
  public static final class Concurrent {
    private final Headcount headcount = new Headcount();
    private final int[] inside = new int[8];

    @Operation
    public boolean enter(@Param(name = "thread") int thread) {
      boolean in = headcount.enter();
      inside[thread] += in ? 1 : 0;
      return in;
    }

    @Operation
    public void leave(@Param(name = "thread") int thread) {
      if (inside[thread] > 0) {
        inside[thread]--;
        headcount.leave();
      }
    }

    @Operation
    public boolean shutIfEmpty() {
      return headcount.shutIfEmpty();
    }

    @Operation
    public boolean isShut() {
      return headcount.isShut();
    }
  }

  /** A headcount of one thread. */
  public static final class Sequential {
    private final int[] inside = new int[8];
    private boolean shut;

    public boolean enter(int thread) {
      inside[thread] += shut ? 0 : 1;
      return !shut;
    }

    public void leave(int thread) {
      inside[thread] -= inside[thread] > 0 ? 1 : 0;
    }

    public boolean shutIfEmpty() {
      shut |= Arrays.stream(inside).sum() == 0;
      return shut;
    }

    public boolean isShut() {
      return shut;
    }
  }

  private static TaskGroup.Builder onNewThreads() {
    return TaskGroup.named("g").starter(task -> new Thread(task).start());
  }

  /** What the first group of a process starts is none of these tests' business. */
  @BeforeAll
  static void openFirstGroup() throws Exception {
    try (TaskGroup group = onNewThreads().open(Context.background())) {
      group.launch(ctx -> {});
      group.join();
    }
  }

  @Test
  void theOwnerIsWokenByTheLast() throws Exception {
    Interleavings.explore(
        () -> {
          Headcount headcount = new Headcount();
          assertTrue(headcount.enter());
          assertTrue(headcount.enter());
          AtomicInteger left = new AtomicInteger();
          Interleavings.Step leave =
              () -> {
                left.incrementAndGet();
                headcount.leave();
              };
          Interleavings.together(
              leave,
              leave,
              () -> {
                while (!headcount.shutIfEmpty()) {
                  headcount.park(headcount, Long.MAX_VALUE);
                }
                assertEquals(2, left.get());
              });
          assertFalse(headcount.enter());
          assertEquals(0, headcount.inside());
        });
  }

  @Test
  void aPlaceIsTakenOnceOrTheEndIsHeardOf() throws Exception {
    Interleavings.explore(
        () -> {
          CancellableContext ctx = Context.background().withCancel();
          Places places = new Places(ctx, 1);
          assertTrue(places.tryTake());
          Throwable end = new IllegalStateException();
          Interleavings.Step take =
              () -> {
                Throwable refused = places.take();
                assertTrue(refused == null || refused == end);
              };
          // One place for two: the other waits for the end.
          Interleavings.together(take, take, places::free, () -> ctx.cancel(end));
          assertSame(end, places.take());
        });
  }

  @Test
  void tasksAreNumberedInTheOrderOfTheList() throws Exception {
    Interleavings.explore(
        () -> {
          TaskList list = new TaskList();
          Interleavings.Step add = () -> list.add(taskOf(null));
          Interleavings.together(add, add, add);
          List<Integer> numbers = new ArrayList<>();
          list.all().forEach(task -> numbers.add(task.number()));
          assertEquals(List.of(1, 2, 3), numbers);
        });
  }

  @Test
  void theFirstFailureEndsTheGroup() throws Exception {
    Interleavings.explore(
        () -> {
          Exception first = new Exception("first");
          try (TaskGroup group = onNewThreads().open(Context.background())) {
            group.launch(
                ctx -> {
                  throw first;
                });
            Task<?> other = group.launch(ctx -> ctx.parkUntil(ctx, () -> Long.MAX_VALUE));
            ExecutionException thrown = assertThrows(ExecutionException.class, group::join);
            assertSame(first, thrown.getCause());
            assertEquals(0, thrown.getSuppressed().length);
            assertSame(Task.State.CANCELLED, other.state());
            assertSame(first, group.ctx().cause());
          }
        });
  }

  @Test
  void aTaskForkedDuringTheEndStopsOrNeverStarts() throws Exception {
    Interleavings.explore(
        () -> {
          try (TaskGroup group = onNewThreads().open(Context.background())) {
            List<Task<?>> forked = new ArrayList<>();
            Interleavings.together(
                () -> group.cancel(null),
                () -> forked.add(group.launch(ctx -> ctx.parkUntil(ctx, () -> Long.MAX_VALUE))));
            group.join();
            assertSame(Task.State.CANCELLED, forked.get(0).state());
          }
        });
  }

  @Test
  void whoWaitsForATaskHearsOfItsEnd() throws Exception {
    Interleavings.explore(
        () -> {
          try (TaskGroup group = onNewThreads().open(Context.background())) {
            Task<Integer> task = group.fork(ctx -> 1);
            assertEquals(1, task.await());
            group.join();
          }
        });
  }

  @Test
  void headcount() {
    Interleavings.against(Sequential.class).check(Concurrent.class);
  }

  private static TaskRun<?> taskOf(TaskGroup group) {
    return new TaskRun<>(group, "t", Context.background().withCancel(), ctx -> null);
  }
}
