package dev.bowline.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Context;
import dev.bowline.TaskGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ThreadBaselineTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> started = new ArrayList<>();
  private final ThreadBaseline baseline = ThreadBaseline.capture();

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // ends all the same
    }
  }

  /** Starts a thread and returns when it waits for the end, so that all stacks are alike. */
  private void start(String name) {
    Thread thread = new Thread(this::awaitEnd, name);
    started.add(thread);
    thread.start();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (thread.getState() != Thread.State.WAITING) {
      assertTrue(System.nanoTime() < deadline, "it does not wait");
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void endsTheThreads() throws InterruptedException {
    end.countDown();
    for (Thread thread : started) {
      thread.join(LIMIT.toMillis());
      assertFalse(thread.isAlive());
    }
  }

  private String failure(int tolerance) {
    return assertThrows(AssertionError.class, () -> baseline.assertSettled(tolerance, SHORT))
        .getMessage();
  }

  @Test
  void nothingNewIsSettledAtOnce() throws InterruptedException {
    baseline.assertSettled(0, Duration.ZERO);
    baseline.assertSettled(0, Duration.ofSeconds(Long.MIN_VALUE));
  }

  @Test
  void asManyAsAllowedMayStay() throws InterruptedException {
    start("server-1");
    start("server-2");
    baseline.assertSettled(2, Duration.ZERO);
    assertTrue(failure(1).contains("2 threads leaked"));
  }

  @Test
  void theMessageCountsAndShowsTheNewOnesTogether() {
    for (int i = 1; i <= 2; i++) { // started at the same place, too, where that is known
      start("server-" + i);
    }
    String message = failure(0);
    assertTrue(
        message.matches("(?s)\\d+ threads and tasks at the baseline, \\d+ now, .*"), message);
    assertTrue(message.contains("2 threads at the same place"), message);
    assertTrue(message.contains("\"server-1\""), message);
    assertTrue(message.contains("ThreadBaselineTest.awaitEnd"), message);
  }

  @Test
  void waitsForThreadsThatEnd() throws InterruptedException {
    Checkpoint counted = Checkpoint.named("counted");
    start("server");
    Thread ender =
        new Thread(
            () -> {
              counted.reach();
              end.countDown();
            });
    started.add(ender);
    counted.hold();
    ender.start();
    assertTrue(failure(0).contains("2 threads leaked"));
    counted.release();
    baseline.assertSettled(0, LIMIT);
  }

  @Test
  void aTaskCountsOnce() throws Exception {
    try (TaskGroup group = TaskGroup.open(Context.background(), "requests")) {
      Checkpoint begun = Checkpoint.named("begun");
      group.launch(
          "one",
          ctx -> {
            begun.reach();
            awaitEnd();
          });
      begun.await(LIMIT);
      baseline.assertSettled(1, Duration.ZERO);
      String message = failure(0);
      assertTrue(message.contains("1 task leaked"), message);
      assertTrue(message.contains("requests"), message);
      end.countDown();
      group.join();
    }
    baseline.assertSettled(0, LIMIT);
  }

  @Test
  @Tag("jdk25")
  void virtualThreadsCount() throws ReflectiveOperationException {
    // Newer than what tests compile for.
    Thread thread =
        (Thread)
            Thread.class
                .getMethod("startVirtualThread", Runnable.class)
                .invoke(null, (Runnable) this::awaitEnd);
    started.add(thread);
    assertTrue(failure(0).contains(" virtual, "));
  }

  @Test
  void anInterruptEndsTheWait() {
    start("server");
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> baseline.assertSettled(0, LIMIT));
    assertFalse(Thread.interrupted());
  }

  @Test
  void aNegativeToleranceIsRefused() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> baseline.assertSettled(-1, LIMIT));
    assertEquals("negative tolerance -1", refused.getMessage());
  }
}
