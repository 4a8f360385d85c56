package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What listeners and the log are told, and what becomes of fatal failures. */
@Timeout(60)
final class TaskListenerTest {
  private final Recorder recorder = new Recorder();
  private final IOException failure = new IOException("on purpose");

  private static void fail(Throwable with) throws Exception {
    if (with instanceof Error error) {
      throw error;
    }
    throw (Exception) with;
  }

  @Test
  void tellsOfStartAndEndOnTheThreadOfTheTask() throws Exception {
    try (TaskGroup group = TaskGroup.named("g").listener(recorder).open(Context.background())) {
      Task<String> task = group.fork("t", ctx -> Thread.currentThread().getName());
      group.join();
      assertEquals("g/t", task.get());
      assertEquals(List.of("started g/t on g/t", "ended SUCCEEDED on g/t"), recorder.events);
      assertEquals(task.age(), recorder.duration);
    }
  }

  @Test
  void tellsNothingOfTasksThatWereNotRun() throws Exception {
    try (TaskGroup group = TaskGroup.named("g").listener(recorder).open(Context.background())) {
      group.cancel(null);
      group.launch(ctx -> {});
      group.join();
      assertEquals(List.of(), recorder.events);
    }
  }

  @Test
  void thePlaceIsFreeBeforeTheEndIsTold() throws Exception {
    List<Boolean> places = new CopyOnWriteArrayList<>();
    TaskGroup[] self = new TaskGroup[1];
    TaskListener forker =
        new TaskListener() {
          @Override
          public void ended(Task<?> task, Duration duration) {
            if (task.name().equals("first")) {
              places.add(self[0].tryFork("second", ctx -> 2).isPresent());
            }
          }
        };
    try (TaskGroup group =
        TaskGroup.named("g").limit(1).listener(forker).open(Context.background())) {
      self[0] = group;
      group.launch("first", ctx -> {});
      group.join();
      assertEquals(List.of(true), places);
    }
  }

  @Test
  void reportedFailuresAreNotUncaught() throws Exception {
    try (Log log = new Log();
        TaskGroup group = TaskGroup.named("g").listener(recorder).open(Context.background())) {
      group.launch("t", ctx -> fail(failure));
      assertThrows(ExecutionException.class, group::join);
      assertEquals(List.of("started g/t on g/t", "ended FAILED on g/t"), recorder.events);
      assertEquals(List.of(), log.records());
    }
  }

  @Test
  void supervisedFailuresAreLoggedAndToldBeforeTheEnd() throws Exception {
    IllegalStateException bug = new IllegalStateException("a bug");
    try (Log log = new Log();
        TaskGroup group =
            TaskGroup.named("g")
                .policy(TaskGroup.Policy.SUPERVISE)
                .listener(recorder)
                .open(Context.background())) {
      long before = Reports.uncaughtFailures();
      group.launch("expected", ctx -> fail(failure));
      Worker.eventually(() -> log.records().size() == 1);
      group.launch("bug", ctx -> fail(bug));
      group.join();
      assertEquals(before + 2, Reports.uncaughtFailures());
      assertTrue(
          recorder.events.containsAll(
              List.of("uncaught " + failure + " on g/expected", "uncaught " + bug + " on g/bug")),
          recorder.events.toString());
      assertTrue(
          recorder.events.indexOf("uncaught " + failure + " on g/expected")
              < recorder.events.indexOf("ended FAILED on g/expected"));
      LogRecord first = log.records().get(0);
      assertEquals(Level.WARNING, first.getLevel());
      assertSame(failure, first.getThrown());
      assertTrue(
          first.getMessage().startsWith("task failed group=g task=expected age=PT"),
          first.getMessage());
      assertTrue(first.getMessage().endsWith(" exception=java.io.IOException"), first.getMessage());
      assertEquals(Level.SEVERE, log.records().get(1).getLevel());
      assertSame(bug, log.records().get(1).getThrown());
    }
  }

  @Test
  void errorsAreToldAtOnceUnderEveryPolicy() throws Exception {
    AssertionError error = new AssertionError("on purpose");
    Gate gate = new Gate();
    try (Log log = new Log();
        TaskGroup group =
            TaskGroup.named("g")
                .policy(TaskGroup.Policy.COLLECT)
                .listener(recorder)
                .open(Context.background())) {
      group.launch("slow", ctx -> gate.pass());
      group.launch("t", ctx -> fail(error));
      Worker.eventually(() -> recorder.events.contains("uncaught " + error + " on g/t"));
      Worker.eventually(() -> log.records().size() == 1);
      gate.open();
      assertSame(error, assertThrows(ExecutionException.class, group::join).getCause());
      assertEquals(1, log.records().size());
    }
  }

  @Test
  void failuresOfAGroupThatNobodyWaitedForAreLoggedByClose() throws Exception {
    AssertionError error = new AssertionError("reported before");
    try (Log log = new Log();
        TaskGroup group =
            TaskGroup.named("g")
                .policy(TaskGroup.Policy.COLLECT)
                .listener(recorder)
                .open(Context.background())) {
      Task<Void> bad = group.launch("t", ctx -> fail(failure));
      Task<Void> worse = group.launch("u", ctx -> fail(error));
      assertThrows(ExecutionException.class, bad::await);
      assertThrows(ExecutionException.class, worse::await);
      assertThrows(IllegalStateException.class, group::close);
      assertEquals(2, log.records().size());
      assertSame(failure, log.records().get(1).getThrown());
      String here = Thread.currentThread().getName();
      assertTrue(recorder.events.contains("uncaught " + failure + " on " + here));
    }
  }

  @Test
  @DisplayName("case 37")
  void aListenerThatThrowsChangesNothing() throws Exception {
    TaskListener broken =
        new TaskListener() {
          @Override
          public void started(Task<?> task) {
            throw new IllegalStateException("started");
          }

          @Override
          public void ended(Task<?> task, Duration duration) {
            throw new StackOverflowError("ended");
          }

          @Override
          public void uncaught(Task<?> task, Throwable thrown) {
            throw new IllegalStateException("uncaught");
          }
        };
    try (Log log = new Log();
        TaskGroup group =
            TaskGroup.named("g")
                .policy(TaskGroup.Policy.SUPERVISE)
                .listener(broken)
                .listener(recorder)
                .open(Context.background())) {
      Task<Integer> good = group.fork("t", ctx -> 1);
      group.join();
      assertEquals(1, good.get());
      assertEquals(List.of("started g/t on g/t", "ended SUCCEEDED on g/t"), recorder.events);
      assertEquals(2, log.records().size());
      assertTrue(
          log.records().get(0).getMessage().startsWith("task listener failed listener=dev.bowline"),
          log.records().get(0).getMessage());
    }
    try (Log log = new Log();
        TaskGroup group =
            TaskGroup.named("g")
                .policy(TaskGroup.Policy.SUPERVISE)
                .listener(broken)
                .open(Context.background())) {
      group.launch(ctx -> fail(failure));
      group.join();
      assertEquals(4, log.records().size(), "three of the listener, one of the failure");
    }
  }

  @Test
  @DisplayName("case 68")
  void tellsOfStragglersOnTheThreadOfTheOwner() throws Exception {
    Gate gate = new Gate();
    try (Log log = new Log();
        Worker<Void> owner = Worker.start(() -> closeWithStraggler(gate))) {
      Worker.eventually(
          () -> recorder.events.stream().anyMatch(e -> e.startsWith("straggler g/stubborn at ")));
      assertTrue(recorder.events.contains("straggler g/stubborn at passStubbornly on worker"));
      gate.open();
      assertSame(null, owner.result());
      assertFalse(log.records().isEmpty());
    }
  }

  private Void closeWithStraggler(Gate gate) throws InterruptedException {
    try (TaskGroup group =
        TaskGroup.named("g")
            .listener(recorder)
            .stragglerInterval(Duration.ofMillis(1))
            .open(Context.background())) {
      group.launch("stubborn", ctx -> gate.passStubbornly());
      gate.awaitReached();
      assertFalse(group.await(Duration.ZERO));
    }
    return null;
  }

  @Test
  void aFatalFailureIsToldAndHaltsTheProcess() throws Exception {
    List<Integer> halted = new CopyOnWriteArrayList<>();
    try (Log log = new Log();
        TaskGroup group =
            TaskGroup.named("g")
                .listener(recorder)
                .fatal(failure::equals)
                .halt(halted::add)
                .open(Context.background())) {
      group.launch("t", ctx -> fail(failure));
      assertThrows(ExecutionException.class, group::join);
      assertEquals(List.of(2), halted);
      assertTrue(recorder.events.contains("uncaught " + failure + " on g/t"));
      assertEquals(1, log.records().size());
    }
  }

  @Test
  void aBrokenTestForFatalFailuresMeansNo() throws Exception {
    List<Integer> halted = new CopyOnWriteArrayList<>();
    try (Log log = new Log();
        TaskGroup group =
            TaskGroup.named("g")
                .fatal(
                    thrown -> {
                      throw new IllegalStateException("broken");
                    })
                .halt(halted::add)
                .open(Context.background())) {
      group.launch(ctx -> fail(failure));
      assertSame(failure, assertThrows(ExecutionException.class, group::join).getCause());
      assertEquals(List.of(), halted);
      assertEquals(1, log.records().size());
    }
  }

  private static final class Recorder implements TaskListener {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private volatile Duration duration;

    private void add(String event) {
      events.add(event + " on " + Thread.currentThread().getName());
    }

    @Override
    public void started(Task<?> task) {
      add("started " + task.group() + "/" + task.name());
    }

    @Override
    public void ended(Task<?> task, Duration took) {
      duration = took;
      add("ended " + task.state());
    }

    @Override
    public void uncaught(Task<?> task, Throwable failure) {
      add("uncaught " + failure);
    }

    @Override
    public void straggler(Task<?> task, StackTraceElement[] stack) {
      for (StackTraceElement frame : stack) {
        if (frame.getClassName().equals(Gate.class.getName())) {
          add("straggler " + task.group() + "/" + task.name() + " at " + frame.getMethodName());
          return;
        }
      }
    }
  }
}
