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
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is found without JUnit, and how it is reported. */
@Timeout(60)
final class ThreadLeaksTest {
  private static final ThreadLeaks.Option AT_ONCE = ThreadLeaks.linger(Duration.ZERO);

  private ThreadLeaks.Option before;

  @BeforeEach
  void remember() {
    before = ThreadLeaks.ignoreCurrent();
  }

  @AfterEach
  void endLeft() throws InterruptedException {
    Samples.endLeft();
    ThreadLeaks.verifyNone(before);
  }

  @Test
  @DisplayName("case 79: none by default")
  void none() {
    assertEquals(Optional.empty(), ThreadLeaks.find());
  }

  @Test
  @DisplayName("case 80: a blocked thread is found, with its stack and what it waits on")
  void blocked() throws InterruptedException {
    Thread leak = leakOfNobody("blocked");
    awaitState(leak, Thread.State.WAITING);
    String report =
        assertThrows(AssertionError.class, () -> ThreadLeaks.verifyNone(before, AT_ONCE))
            .getMessage();
    assertContains("1 thread leaked (waited ", report);
    assertContains("\"blocked\" platform, WAITING on java.util.concurrent.CountDownLatch", report);
    assertContains("    at dev.bowline.testing.Samples.block(Samples.java:", report);
    assertContains("started at: not known; -Dbowline.leaks.stacks=true", report);
    assertContains("  fix: ", report);
    assertContains("if it is meant to stay: ThreadLeaks.ignoreName(\"blocked\")", report);
  }

  @Test
  @DisplayName("case 81: a thread that ends while it is waited for is none")
  void endsInTime() {
    CountDownLatch looked = new CountDownLatch(1);
    Samples.made(
            () -> {
              try {
                assertTrue(looked.await(10, TimeUnit.SECONDS));
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            },
            "short")
        .start();
    ThreadLeaks.Option release =
        ThreadLeaks.ignore(
            thread -> {
              looked.countDown();
              return false;
            });
    ThreadLeaks.verifyNone(before, release, ThreadLeaks.linger(Duration.ofSeconds(10)));
    assertEquals(0, looked.getCount());
  }

  @Test
  @DisplayName("case 82: what is there is ignored, a new thread of the same name is not")
  void ignoresCurrent() {
    Thread old = Samples.leak("same");
    ThreadLeaks.Option current = ThreadLeaks.ignoreCurrent();
    assertEquals(Optional.empty(), ThreadLeaks.find(current, AT_ONCE));
    Thread young = Samples.leak("same");
    assertContains("1 thread leaked", ThreadLeaks.find(current, AT_ONCE).orElseThrow());
    assertTrue(old.isAlive() && young.isAlive());
  }

  @Test
  @DisplayName("case 82: a worker that was idle and has work now is not ignored")
  void recycledWorker() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(1, body -> Samples.made(body, "worker-1"));
    try {
      pool.submit(() -> {}).get(10, TimeUnit.SECONDS);
      awaitIdle("worker-1");
      ThreadLeaks.Option current = ThreadLeaks.ignoreCurrent();
      assertEquals(Optional.empty(), ThreadLeaks.find(current, AT_ONCE));
      CountDownLatch begun = new CountDownLatch(1);
      Future<?> work =
          pool.submit(
              () -> {
                begun.countDown();
                Samples.block();
              });
      assertTrue(begun.await(10, TimeUnit.SECONDS));
      String report = ThreadLeaks.find(current, AT_ONCE).orElseThrow();
      assertContains("\"worker-1\" platform", report);
      assertContains("fix: end this task: shutdownNow() its ThreadPoolExecutor", report);
      assertTrue(work.cancel(true));
    } finally {
      stop(pool);
    }
  }

  @Test
  @DisplayName("case 83: ignored by top frame, any frame and name")
  void filters() throws InterruptedException {
    awaitState(Samples.leak("filtered-7"), Thread.State.WAITING);
    String any = "dev.bowline.testing.Samples.block";
    assertIgnored(ThreadLeaks.ignoreAnyFrame(any));
    assertIgnored(ThreadLeaks.ignoreTopFrame("jdk.internal.misc.Unsafe.park"));
    assertIgnored(ThreadLeaks.ignoreName("filtered-\\d+"));
    assertIgnored(ThreadLeaks.ignore(thread -> thread.getName().startsWith("filt")));
    assertTrue(ThreadLeaks.find(before, AT_ONCE, ThreadLeaks.ignoreTopFrame(any)).isPresent());
    assertTrue(ThreadLeaks.find(before, AT_ONCE, ThreadLeaks.ignoreName("filtered")).isPresent());
  }

  @Test
  @DisplayName("case 83: ignored by who created it")
  void createdBy() {
    Origin outside = Origin.enter(new TestScope("test", null));
    try {
      Samples.leak("created");
    } finally {
      Origin.leave(outside);
    }
    assertIgnored(ThreadLeaks.ignoreCreatedBy("dev.bowline.testing.Samples.leak"));
    assertIgnored(ThreadLeaks.ignoreCreatedBy("dev.bowline.testing.ThreadLeaksTest.createdBy"));
    String report =
        ThreadLeaks.find(before, AT_ONCE, ThreadLeaks.ignoreCreatedBy("other.Cls.method"))
            .orElseThrow();
    assertContains("  started by test at\n    at dev.bowline.testing.Samples.leak(", report);
  }

  @Test
  @DisplayName("case 85: it waits as long as it is told")
  void lingers() {
    Samples.leak("stays");
    long start = System.nanoTime();
    String report =
        ThreadLeaks.find(before, ThreadLeaks.linger(Duration.ofMillis(300))).orElseThrow();
    long took = System.nanoTime() - start;
    assertContains("(waited ", report);
    assertTrue(took >= TimeUnit.MILLISECONDS.toNanos(300), () -> took + " ns");
  }

  @Test
  @DisplayName("case 87: a common-pool worker is reported when it is busy, not when it is idle")
  void commonPool() throws Exception {
    CompletableFuture.runAsync(() -> {}, ForkJoinPool.commonPool()).get(10, TimeUnit.SECONDS);
    assertEquals(Optional.empty(), ThreadLeaks.find(before));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Future<?> work =
        ForkJoinPool.commonPool()
            .submit(
                () -> {
                  begun.countDown();
                  return end.await(10, TimeUnit.SECONDS);
                });
    assertTrue(begun.await(10, TimeUnit.SECONDS));
    String report = ThreadLeaks.find(ThreadLeaks.linger(Duration.ofMillis(100))).orElseThrow();
    end.countDown();
    assertEquals(true, work.get(10, TimeUnit.SECONDS));
    assertContains("ThreadLeaksTest.lambda$commonPool", report);
    assertContains("fix: wait for the task that it runs", report);
  }

  @Test
  @DisplayName("case 88: idle workers of a pool are one entry, with where it was started")
  void pool() throws Exception {
    Origin outside = Origin.enter(new TestScope("test", null));
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      for (int i = 0; i < 3; i++) {
        pool.submit(() -> {}).get(10, TimeUnit.SECONDS);
      }
      String report = ThreadLeaks.find(before).orElseThrow();
      assertContains("3 threads leaked", report);
      assertContains("3 idle workers of a ThreadPoolExecutor started at", report);
      assertContains("dev.bowline.testing.ThreadLeaksTest.pool(ThreadLeaksTest.java:", report);
      assertContains("never shut down", report);
      assertContains("fix: shutdownNow() the executor in @AfterEach", report);
      assertFalse(report.contains("getTask"), report);
    } finally {
      Origin.leave(outside);
      stop(pool);
    }
  }

  @Test
  void poolWithFactory() throws Exception {
    Origin outside = Origin.enter(new TestScope("test", null));
    ExecutorService pool = Executors.newFixedThreadPool(1, body -> Samples.made(body, "worker-1"));
    try {
      pool.submit(() -> {}).get(10, TimeUnit.SECONDS);
      awaitIdle("worker-1");
      assertContains(
          "started at dev.bowline.testing.ThreadLeaksTest.poolWithFactory(",
          ThreadLeaks.find(before, AT_ONCE).orElseThrow());
    } finally {
      Origin.leave(outside);
      stop(pool);
    }
  }

  @Test
  void hiddenClassIsNoFrameToIgnore() throws InterruptedException {
    Semaphore end = new Semaphore(0);
    Thread thread = new Thread(() -> runHidden(end::acquireUninterruptibly));
    thread.start();
    try {
      awaitState(thread, Thread.State.WAITING);
      assertContains(
          "ignoreAnyFrame(\"dev.bowline.testing.ThreadLeaksTest.runHidden\")",
          ThreadLeaks.find(before, AT_ONCE).orElseThrow());
    } finally {
      end.release();
      thread.join(10_000);
      assertFalse(thread.isAlive());
    }
  }

  private static void runHidden(Runnable body) {
    body.run();
  }

  @Test
  void ofInitializer() {
    Origin outside = Origin.enter(new TestScope("test", null));
    try {
      ProcessWide.TIMER.purge();
    } finally {
      Origin.leave(outside);
    }
    try {
      String report = ThreadLeaks.find(before, AT_ONCE).orElseThrow();
      assertContains("note: the initializer of dev.bowline.testing.ThreadLeaksTest$Proc", report);
      assertContains("ignoreName(\"Timer-\\\\d+\")", report);
    } finally {
      ProcessWide.TIMER.cancel();
    }
  }

  private static final class ProcessWide {
    static final Timer TIMER = new Timer(true);
  }

  @Test
  void equalStacksAreShownOnce() throws InterruptedException {
    for (int i = 1; i <= 7; i++) {
      awaitState(Samples.leak("twin-" + i), Thread.State.WAITING);
    }
    String report = ThreadLeaks.find(before, AT_ONCE).orElseThrow();
    assertContains("7 threads at the same place", report);
    assertContains(" and 2 more", report);
    assertContains("ignoreName(\"twin-\\\\d+\")", report);
    assertEquals(1, report.split("Samples.block", -1).length - 1, report);
  }

  @Test
  void timer() throws InterruptedException {
    Timer timer = new Timer("reminder");
    CountDownLatch ran = new CountDownLatch(1);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            ran.countDown();
          }
        },
        0);
    try {
      assertTrue(ran.await(10, TimeUnit.SECONDS));
      assertContains(
          "fix: cancel() the java.util.Timer", ThreadLeaks.find(before, AT_ONCE).orElseThrow());
    } finally {
      timer.cancel();
    }
  }

  @Test
  void tasksAreReportedByName() throws Exception {
    String report;
    try (TaskGroup group = TaskGroup.named("orders").open(Context.background())) {
      CountDownLatch begun = new CountDownLatch(1);
      group.launch(
          "poll",
          own -> {
            begun.countDown();
            own.sleep(Duration.ofMinutes(1));
          });
      assertTrue(begun.await(10, TimeUnit.SECONDS));
      report = ThreadLeaks.find(before, AT_ONCE).orElseThrow();
      assertIgnored(ThreadLeaks.ignoreName("orders/.*"));
      group.cancel(null);
      group.await();
    }
    assertContains("1 task leaked", report);
    assertContains("1 task of TaskGroup \"orders\": poll", report);
    assertContains("fix: open the group in try-with-resources", report);
  }

  @Test
  void recordedStart() {
    ThreadStarts.Recorder recorder = new ThreadStarts.Recorder();
    try {
      Thread leak = Samples.leak("recorded");
      List<String> stack = recorder.stackOf(leak.getId());
      assertTrue(
          stack.stream().anyMatch(frame -> Frames.isIn(frame, "dev.bowline.testing.Samples.leak")),
          stack::toString);
    } finally {
      recorder.close();
    }
  }

  @Test
  @Tag("jdk25")
  @DisplayName("case 89: a virtual thread is found, started bare or by an executor")
  void virtualThreads() throws Exception {
    Origin outside = Origin.enter(new TestScope("test", null));
    ExecutorService pool =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    Thread bare = null;
    try {
      Runnable body = Samples::block;
      bare =
          (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
      Future<?> work = pool.submit(body);
      String report =
          ThreadLeaks.find(before, ThreadLeaks.linger(Duration.ofMillis(200))).orElseThrow();
      assertContains("2 threads leaked", report);
      assertContains("virtual, WAITING on java.util.concurrent.CountDownLatch", report);
      assertContains("at dev.bowline.testing.Samples.block(Samples.java:", report);
      assertContains("ThreadLeaksTest.virtualThreads(", report);
      assertContains("\n  of java.util.concurrent.ThreadPerTaskExecutor@", report);
      assertContains("fix: end this task: shutdownNow() its ThreadPerTaskExecutor", report);
      assertFalse(work.isDone());
    } finally {
      Origin.leave(outside);
      stop(pool);
      if (bare != null) {
        bare.interrupt();
        bare.join(10_000);
      }
    }
  }

  @Test
  @Tag("jdk25")
  @DisplayName("case 89: a report says so when the JVM does not list all virtual threads")
  void untracked() {
    System.setProperty("jdk.trackAllThreads", "false");
    try {
      Samples.leak("stays");
      assertContains(
          "note: virtual threads that were started directly are not among those looked at",
          ThreadLeaks.find(before, AT_ONCE).orElseThrow());
    } finally {
      System.clearProperty("jdk.trackAllThreads");
    }
  }

  @Test
  void cleanupRunsOnce() {
    AtomicInteger cleaned = new AtomicInteger();
    ThreadLeaks.verifyNone(before, ThreadLeaks.cleanup(cleaned::incrementAndGet));
    assertEquals(1, cleaned.get());
  }

  @Test
  @DisplayName("case 93: threads that end while they are looked at are never shown as TERMINATED")
  void dying() throws InterruptedException {
    List<String> reports = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      for (int j = 0; j < 5; j++) {
        Samples.made(Thread::yield, "dying").start();
      }
      ThreadLeaks.find(before, AT_ONCE).ifPresent(reports::add);
    }
    for (String report : reports) {
      assertFalse(report.contains("TERMINATED"), report);
    }
    Samples.leak("stays");
    assertContains("\"stays\"", ThreadLeaks.find(before).orElseThrow());
  }

  /** One that no test under the detector has started, as this one may be. */
  private static Thread leakOfNobody(String name) {
    Origin own = Origin.current();
    Origin.leave(null);
    try {
      return Samples.leak(name);
    } finally {
      Origin.leave(own);
    }
  }

  private void assertIgnored(ThreadLeaks.Option option) {
    assertEquals(Optional.empty(), ThreadLeaks.find(before, AT_ONCE, option));
  }

  static void assertContains(String part, String text) {
    assertTrue(text.contains(part), () -> "no <" + part + "> in <" + text + ">");
  }

  static void awaitState(Thread thread, Thread.State state) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (thread.getState() != state) {
      assertTrue(System.nanoTime() < deadline, () -> thread + " is " + thread.getState());
      Thread.onSpinWait();
    }
  }

  private static void awaitIdle(String name) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (LiveThread.platform().stream()
        .noneMatch(live -> live.name().equals(name) && live.isIdleWorker())) {
      assertTrue(System.nanoTime() < deadline, () -> name + " is not idle");
      Thread.onSpinWait();
    }
  }

  private static void stop(ExecutorService pool) throws InterruptedException {
    pool.shutdownNow();
    assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS));
  }
}
