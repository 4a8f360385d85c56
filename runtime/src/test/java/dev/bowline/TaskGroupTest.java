package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The life of a group and of its tasks while nothing goes wrong, and what is not allowed. */
@Timeout(60)
@SuppressWarnings("try") // closes more than once on purpose
final class TaskGroupTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  @DisplayName("case 1")
  void joinWithoutTasksReturns() throws Exception {
    for (TaskGroup.Policy policy : TaskGroup.Policy.values()) {
      try (TaskGroup group = TaskGroup.named("g").policy(policy).open(Context.background())) {
        group.join();
        assertEquals(List.of(), group.tasks());
      }
    }
  }

  @Test
  void returnsResultsAfterJoin() throws Exception {
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      Task<Integer> one = group.fork(ctx -> 1);
      Task<String> two = group.fork("second", ctx -> "two");
      Task<Void> three = group.launch(ctx -> {});
      Task<Void> four = group.launch("fourth", ctx -> {});
      Task<String> five = group.<String>tryFork("fifth", ctx -> null).orElseThrow();
      group.join();
      assertEquals(1, one.get());
      assertEquals("two", two.get());
      assertNull(three.get());
      assertNull(four.get());
      assertNull(five.get());
      assertEquals(List.of(one, two, three, four, five), group.tasks());
      assertEquals(List.of(), group.alive());
      assertEquals(
          List.of("1", "second", "3", "fourth", "fifth"),
          group.tasks().stream().map(Task::name).toList());
    }
  }

  @Test
  @DisplayName("case 3")
  void contextIsDoneAfterJoinWithAnOrdinaryCause() throws Exception {
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      group.launch(ctx -> {});
      assertFalse(group.ctx().isDone());
      group.join();
      assertEquals(
          "closed",
          assertInstanceOf(CancellationException.class, group.ctx().cause()).getMessage());
    }
  }

  @Test
  @DisplayName("case 9")
  void tasksForkWhileTheOwnerJoins() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      group.launch(ctx -> forkTwice(group, runs, 6));
      group.join();
      assertEquals((1 << 7) - 1, runs.get());
    }
  }

  private static void forkTwice(TaskGroup group, AtomicInteger runs, int depth) {
    runs.incrementAndGet();
    if (depth > 0) {
      group.launch(ctx -> forkTwice(group, runs, depth - 1));
      group.launch(ctx -> forkTwice(group, runs, depth - 1));
    }
  }

  @Test
  @DisplayName("case 10")
  void aContextFromOutsideDoesNotSeeTheGroupCancelled() throws Exception {
    Gate gate = new Gate();
    try (CancellableContext outer = Context.background().withCancel();
        TaskGroup group = TaskGroup.open(outer, "g")) {
      Task<List<Boolean>> task =
          group.fork(
              ctx -> {
                gate.passStubbornly();
                return List.of(outer.isDone(), group.ctx().isDone(), ctx.isDone());
              });
      gate.awaitReached();
      group.cancel(null);
      gate.open();
      group.await();
      assertEquals(List.of(false, true, true), task.get());
    }
  }

  @Test
  @DisplayName("case 11")
  void returningDoesNotCancelTheOthers() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      Task<Boolean> slow =
          group.fork(
              ctx -> {
                gate.pass();
                return ctx.isDone();
              });
      Task<Integer> quick = group.fork(ctx -> 1);
      assertEquals(1, quick.await());
      gate.open();
      group.join();
      assertEquals(false, slow.get());
    }
  }

  @Test
  @DisplayName("case 18")
  void keepsForkOrderWhateverTheOrderOfEnds() throws Exception {
    Random random = new Random(1);
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      List<Task<Integer>> forked = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int number = i;
        Duration delay = Duration.ofNanos(random.nextInt(2_000_000));
        forked.add(
            group.fork(
                ctx -> {
                  ctx.sleep(delay);
                  return number;
                }));
      }
      group.join();
      assertEquals(forked, group.tasks());
      for (int i = 0; i < forked.size(); i++) {
        assertEquals(i, forked.get(i).get());
        assertEquals(Integer.toString(i + 1), forked.get(i).name());
      }
    }
  }

  @Test
  @DisplayName("case 20")
  void aBuilderOpensOneGroup() throws Exception {
    TaskGroup.Builder builder = TaskGroup.named("g");
    try (TaskGroup group = builder.open(Context.background())) {
      assertThrows(IllegalStateException.class, () -> builder.policy(TaskGroup.Policy.COLLECT));
      assertThrows(IllegalStateException.class, () -> builder.threads(TaskGroup.Threads.AUTO));
      assertThrows(IllegalStateException.class, () -> builder.timeout(HOUR));
      assertThrows(IllegalStateException.class, () -> builder.decorate(task -> task));
      assertThrows(IllegalStateException.class, () -> builder.listener(new TaskListener() {}));
      assertThrows(IllegalStateException.class, () -> builder.fatal(failure -> true));
      assertThrows(IllegalStateException.class, () -> openAndClose(builder, Context.background()));
      group.join();
    }
  }

  private static void openAndClose(TaskGroup.Builder builder, Context ctx) {
    try (TaskGroup group = builder.open(ctx)) {
      group.cancel(null);
    }
  }

  @Test
  @DisplayName("case 21, case 24")
  void rejectsForksAfterJoinAndClose() throws Exception {
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      group.join();
      assertRejectsForks(group);
      group.close();
      assertRejectsForks(group);
      assertThrows(IllegalStateException.class, group::join);
      assertThrows(IllegalStateException.class, () -> group.await());
      assertThrows(IllegalStateException.class, () -> group.await(HOUR));
    }
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      group.await();
      assertRejectsForks(group);
    }
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      assertTrue(group.await(HOUR));
      assertRejectsForks(group);
    }
  }

  private static void assertRejectsForks(TaskGroup group) {
    assertThrows(IllegalStateException.class, () -> group.fork(ctx -> 1));
    assertThrows(IllegalStateException.class, () -> group.fork("name", ctx -> 1));
    assertThrows(IllegalStateException.class, () -> group.launch(ctx -> {}));
    assertThrows(IllegalStateException.class, () -> group.tryFork("name", ctx -> 1));
    assertEquals(List.of(), group.tasks());
  }

  @Test
  @DisplayName("case 26")
  void joinsOnceButMayAwaitBefore() throws Exception {
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      Task<Integer> task = group.fork(ctx -> 1);
      group.await();
      assertEquals(1, task.get());
      assertTrue(group.await(HOUR));
      group.join();
      assertThrows(IllegalStateException.class, group::join);
      group.await();
    }
  }

  @Test
  @DisplayName("case 27")
  void onlyTheOwnerWaitsAndCloses() throws Exception {
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      Task<Integer> inside = group.fork(ctx -> rejections(group));
      try (Worker<Integer> stranger = Worker.start(() -> rejections(group))) {
        assertEquals(4, stranger.result());
      }
      group.join();
      assertEquals(4, inside.get());
    }
  }

  private static int rejections(TaskGroup group) {
    assertThrows(IllegalStateException.class, group::join);
    assertThrows(IllegalStateException.class, () -> group.await());
    assertThrows(IllegalStateException.class, () -> group.await(HOUR));
    assertThrows(IllegalStateException.class, group::close);
    return 4;
  }

  @Test
  void strangersForkCancelAndLook() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup group = TaskGroup.open(Context.background(), "g");
        Worker<Task<Void>> stranger =
            Worker.start(
                () -> {
                  Task<Void> forked = group.fork("theirs", gate::blockUntilCancelled);
                  gate.awaitReached();
                  assertEquals(List.of(forked), group.alive());
                  assertTrue(group.cancel(null));
                  return forked;
                })) {
      assertEquals("theirs", stranger.result().name());
      group.join();
      assertEquals(Task.State.CANCELLED, stranger.result().state());
    }
  }

  @Test
  @DisplayName("case 31")
  void closeWithoutForksIsSilent() {
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      group.close();
      assertTrue(group.ctx().isDone());
    }
  }

  @Test
  @DisplayName("case 31")
  void closeWithoutJoinThrowsOnceAfterTheTasksHaveEnded() {
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      Task<Integer> task = group.fork(ctx -> 1);
      IllegalStateException thrown = assertThrows(IllegalStateException.class, group::close);
      assertTrue(thrown.getMessage().contains("call join"), thrown.getMessage());
      assertFalse(task.state() == Task.State.RUNNING);
      group.close();
    }
  }

  @Test
  @DisplayName("case 31")
  void aTimedAwaitIsEnoughToHaveAsked() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      Task<Void> task = group.fork(gate::blockUntilCancelled);
      gate.awaitReached();
      assertFalse(group.await(Duration.ZERO));
      assertFalse(group.await(HOUR.negated()));
      assertFalse(group.await(Duration.ofMillis(2)));
      assertEquals(List.of(task), group.alive());
      Task<Integer> later = group.fork("later", ctx -> 2);
      assertEquals(2, later.await());
      assertEquals(2, later.get());
    }
  }

  @Test
  @DisplayName("case 34")
  void groupsNest() throws Exception {
    try (TaskGroup outer = TaskGroup.open(Context.background(), "outer")) {
      Task<List<String>> task = outer.fork("mid", TaskGroupTest::namesInNestedGroup);
      outer.join();
      assertEquals(List.of("outer/inner", "outer/inner/leaf"), task.get());
      assertEquals("outer", task.group());
    }
  }

  private static List<String> namesInNestedGroup(Context ctx)
      throws ExecutionException, InterruptedException {
    try (TaskGroup inner = TaskGroup.open(ctx.with(Context.Key.of("k"), 1), "inner")) {
      Task<String> leaf = inner.fork("leaf", c -> Thread.currentThread().getName());
      inner.join();
      return List.of(leaf.group(), leaf.get());
    }
  }

  @Test
  @DisplayName("case 34")
  void closingTheOuterGroupFirstCancelsTheInnerOne() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup outer = TaskGroup.open(Context.background(), "outer");
        TaskGroup inner = TaskGroup.open(outer.ctx(), "inner")) {
      Task<Void> task = inner.fork(gate::blockUntilCancelled);
      gate.awaitReached();
      outer.close();
      CancelledException thrown = assertThrows(CancelledException.class, inner::join);
      assertSame(outer.ctx().cause(), thrown.cause());
      assertEquals(Task.State.CANCELLED, task.state());
    }
  }

  @Test
  @DisplayName("case 35, case 36")
  void resultsAndExceptionsCannotBeReadBeforeTheOwnerHasWaited() throws Exception {
    Exception failure = new Exception("on purpose");
    try (TaskGroup group =
        TaskGroup.named("g").policy(TaskGroup.Policy.COLLECT).open(Context.background())) {
      Task<Integer> good = group.fork(ctx -> 1);
      Task<Integer> bad = group.fork(ctx -> fail(failure));
      assertEquals(1, good.await());
      assertSame(failure, assertThrows(ExecutionException.class, bad::await).getCause());
      assertThrows(IllegalStateException.class, good::get);
      assertThrows(IllegalStateException.class, bad::exception);
      try (Worker<Void> stranger = Worker.start(() -> assertUnreadable(good, bad))) {
        assertNull(stranger.result());
      }
      assertThrows(ExecutionException.class, group::join);
      try (Worker<Integer> stranger = Worker.start(good::get);
          Worker<Throwable> other = Worker.start(bad::exception)) {
        assertEquals(1, stranger.result());
        assertSame(failure, other.result());
      }
      assertSame(failure, assertThrows(IllegalStateException.class, bad::get).getCause());
      assertThrows(IllegalStateException.class, good::exception);
    }
  }

  private static Void assertUnreadable(Task<?> good, Task<?> bad) {
    assertThrows(IllegalStateException.class, good::get);
    assertThrows(IllegalStateException.class, bad::exception);
    return null;
  }

  private static Integer fail(Exception failure) throws Exception {
    throw failure;
  }

  @Test
  @DisplayName("case 35, case 36")
  void aRunningTaskHasNeitherResultNorException() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      Task<Void> task = group.fork(gate::blockUntilCancelled);
      assertFalse(group.await(Duration.ZERO));
      assertThrows(IllegalStateException.class, task::get);
      assertThrows(IllegalStateException.class, task::exception);
      assertEquals(Task.State.RUNNING, task.state());
    }
  }

  @Test
  @DisplayName("case 38")
  void printsNameAndState() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      assertEquals("TaskGroup[g, open, 0 alive]", group.toString());
      Task<Void> task = group.launch("t", ctx -> gate.pass());
      assertEquals("TaskGroup[g, open, 1 alive]", group.toString());
      assertEquals("Task[g/t, RUNNING]", task.toString());
      gate.open();
      group.join();
      assertEquals("TaskGroup[g, joined, 0 alive]", group.toString());
      assertEquals("Task[g/t, SUCCEEDED]", task.toString());
      group.close();
      assertEquals("TaskGroup[g, closed, 0 alive]", group.toString());
    }
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      group.cancel(null);
      assertEquals("TaskGroup[g, open, cancelled, 0 alive]", group.toString());
    }
  }

  @Test
  void aTaskHasItsOwnContextWhichEndsWithIt() throws Exception {
    AtomicReference<Context> first = new AtomicReference<>();
    AtomicInteger callbacks = new AtomicInteger();
    Context.Key<String> key = Context.Key.of("key");
    try (TaskGroup group = TaskGroup.open(Context.background().with(key, "value"), "g")) {
      Task<String> task =
          group.fork(
              ctx -> {
                first.set(ctx);
                ctx.onCancel(callbacks::incrementAndGet);
                return ctx.get(key);
              });
      assertEquals("value", task.await());
      Worker.eventually(() -> callbacks.get() == 1);
      assertTrue(first.get().isDone());
      assertNotSame(group.ctx(), first.get());
      assertFalse(group.ctx().isDone());
      group.join();
    }
  }

  @Test
  void ageGrowsUntilTheEnd() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      Task<Void> task = group.launch(ctx -> gate.pass());
      Duration young = task.age();
      Worker.eventually(() -> task.age().compareTo(young) > 0);
      gate.open();
      group.join();
      Duration last = task.age();
      assertTrue(last.compareTo(young) > 0);
      assertEquals(last, task.age());
    }
  }

  @Test
  void awaitOfATaskIsInterruptible() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      Task<Void> task = group.launch(ctx -> gate.pass());
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, task::await);
      assertFalse(Thread.currentThread().isInterrupted());
      try (Worker<Boolean> waiter =
          Worker.start(
              () -> {
                assertThrows(InterruptedException.class, task::await);
                return Thread.currentThread().isInterrupted();
              })) {
        waiter.interrupt();
        assertEquals(false, waiter.result());
      }
      try (Worker<Void> waiter = Worker.start(task::await)) {
        gate.open();
        assertNull(waiter.result());
      }
      group.join();
    }
  }

  @Test
  void rejectsNull() throws Exception {
    Context root = Context.background();
    assertThrows(NullPointerException.class, () -> TaskGroup.named(null));
    assertThrows(NullPointerException.class, () -> openAndClose(TaskGroup.named("g"), null));
    assertThrows(NullPointerException.class, () -> TaskGroup.named("g").policy(null));
    assertThrows(NullPointerException.class, () -> TaskGroup.named("g").threads(null));
    assertThrows(NullPointerException.class, () -> TaskGroup.named("g").timeout(null));
    assertThrows(NullPointerException.class, () -> TaskGroup.named("g").listener(null));
    assertThrows(NullPointerException.class, () -> TaskGroup.named("g").decorate(null));
    assertThrows(NullPointerException.class, () -> TaskGroup.named("g").fatal(null));
    try (TaskGroup group = TaskGroup.open(root, "g")) {
      assertThrows(NullPointerException.class, () -> group.fork(null));
      assertThrows(NullPointerException.class, () -> group.fork(null, ctx -> 1));
      assertThrows(NullPointerException.class, () -> group.fork("t", null));
      assertThrows(NullPointerException.class, () -> group.launch(null));
      assertThrows(NullPointerException.class, () -> group.launch(null, ctx -> {}));
      assertThrows(NullPointerException.class, () -> group.launch("t", null));
      assertThrows(NullPointerException.class, () -> group.tryFork(null, ctx -> 1));
      assertThrows(NullPointerException.class, () -> group.tryFork("t", null));
      group.join();
      assertEquals(List.of(), group.tasks());
    }
  }
}
