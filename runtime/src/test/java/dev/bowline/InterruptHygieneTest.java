package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An interrupt reaches the task that it is meant for, or nobody. */
@Timeout(120)
final class InterruptHygieneTest {
  private static TaskGroup.Builder onPooledThreads() {
    return TaskGroup.named("g").threads(TaskGroup.Threads.PLATFORM);
  }

  @Test
  @DisplayName("case 66")
  void noTaskSeesAnInterruptThatWasMeantForAnother() throws Exception {
    int groups = 2_000;
    int tasks = 50;
    SplittableRandom random = new SplittableRandom(66);
    LongAdder ran = new LongAdder();
    LongAdder told = new LongAdder();
    AtomicInteger strays = new AtomicInteger();
    for (int i = 0; i < groups; i++) {
      try (TaskGroup group = onPooledThreads().open(Context.background())) {
        List<Task<?>> forked = new ArrayList<>();
        for (int j = 0; j < tasks; j++) {
          int spins = random.nextInt(200);
          boolean sloppy = random.nextInt(4) == 0;
          forked.add(group.launch(ctx -> watch(ctx, spins, sloppy, ran, told, strays)));
          if (random.nextInt(3) == 0) {
            forked.get(random.nextInt(forked.size())).cancel();
          }
        }
        if (random.nextInt(3) == 0) {
          group.cancel(null);
        }
        group.join();
      }
    }
    assertEquals(0, strays.get(), "strays in " + ran + " tasks, " + told + " interrupted");
    assertTrue(told.sum() > 0, "none of " + ran + " tasks was interrupted");
  }

  /** Counts a stray if the thread is interrupted although the context of its task is live. */
  private static void watch(
      Context ctx, int spins, boolean sloppy, LongAdder ran, LongAdder told, AtomicInteger strays) {
    ran.increment();
    for (int i = 0; i < spins; i++) {
      if (Thread.currentThread().isInterrupted()) {
        if (ctx.isDone()) {
          told.increment();
        } else {
          strays.incrementAndGet();
        }
        return; // with the flag set, which the next task must not see
      }
      Thread.onSpinWait();
    }
    if (sloppy) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @DisplayName("case 67")
  void aTaskThatEndsAsItIsCancelledLeavesTheFlagClear() throws Exception {
    Runnable[] start = new Runnable[1];
    for (int round = 0; round < 2_000; round++) {
      int spins = round % 40;
      AtomicBoolean inside = new AtomicBoolean();
      try (TaskGroup group =
          TaskGroup.named("g").starter(task -> start[0] = task).open(Context.background())) {
        Task<?> victim =
            group.launch(
                ctx -> {
                  inside.set(true);
                  outlive(ctx, spins);
                });
        try (Worker<Void> canceller =
            Worker.start(
                () -> {
                  Worker.eventually(inside::get);
                  victim.cancel();
                  return null;
                })) {
          start[0].run(); // on this thread, so that it can be looked at afterwards
          assertFalse(Thread.currentThread().isInterrupted());
          assertNull(canceller.result());
          assertFalse(Thread.currentThread().isInterrupted());
        }
        group.join();
      }
    }
  }

  /** Leaves while the interrupt is on its way, if the spins are about as long as that takes. */
  private static void outlive(Context ctx, int spins) {
    while (!ctx.isDone()) {
      Thread.onSpinWait();
    }
    for (int i = 0; i < spins; i++) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aTaskIsInterruptedOnce() throws Exception {
    AtomicInteger interrupts = new AtomicInteger();
    Gate gate = new Gate();
    Gate again = new Gate();
    try (TaskGroup group = onPooledThreads().open(Context.background())) {
      Task<Void> task =
          group.launch(
              ctx -> {
                countInterrupt(gate, interrupts);
                countInterrupt(again, interrupts);
              });
      gate.awaitReached();
      task.cancel();
      again.awaitReached();
      group.cancel(new IllegalStateException());
      task.cancel();
      again.open();
      group.await();
      assertEquals(1, interrupts.get());
    }
  }

  private static void countInterrupt(Gate gate, AtomicInteger interrupts) {
    try {
      gate.pass();
    } catch (InterruptedException e) {
      interrupts.incrementAndGet();
    }
  }

  @Test
  void theOwnerIsNotInterrupted() throws Exception {
    try (TaskGroup group = onPooledThreads().open(Context.background())) {
      group.launch(ctx -> {});
      group.cancel(null);
      assertFalse(Thread.currentThread().isInterrupted());
      group.join();
      assertFalse(Thread.currentThread().isInterrupted());
    }
  }

  @Test
  void ancestorsOfACancelledGroupAreNotInterrupted() throws Exception {
    try (TaskGroup outer = onPooledThreads().open(Context.background())) {
      Task<Boolean> task =
          outer.fork(
              ctx -> {
                Gate gate = new Gate();
                try (TaskGroup inner = onPooledThreads().open(ctx)) {
                  inner.launch(gate::blockUntilCancelled);
                  gate.awaitReached();
                  inner.cancel(null);
                  inner.join();
                }
                return Thread.currentThread().isInterrupted();
              });
      outer.join();
      assertEquals(false, task.get());
    }
  }

  @Test
  void aTaskThatOwnsAGroupStopsWithItAndCleansUpUndisturbed() throws Exception {
    for (int round = 0; round < 200; round++) {
      Gate gate = new Gate();
      try (TaskGroup outer = onPooledThreads().open(Context.background())) {
        Task<Boolean> task = outer.fork(ctx -> nestAndCleanUp(ctx, gate));
        gate.awaitReached();
        outer.cancel(null);
        outer.join();
        assertEquals(true, task.get());
      }
    }
  }

  private static boolean nestAndCleanUp(Context ctx, Gate gate) throws Exception {
    try (TaskGroup inner = onPooledThreads().open(ctx)) {
      inner.launch(gate::blockUntilCancelled);
      inner.join();
      return false;
    } catch (CancelledException e) {
      ctx.detached().sleep(Duration.ofNanos(1));
      return !Thread.currentThread().isInterrupted();
    }
  }
}
