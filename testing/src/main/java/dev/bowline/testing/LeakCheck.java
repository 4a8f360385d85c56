package dev.bowline.testing;

import dev.bowline.Task;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The check of one test or one class, from its begin until JUnit closes what is in its store, which
 * it does after everything else. A store of JUnit 5.10 closes the one type, a later one the other.
 */
@SuppressWarnings("deprecation") // the other type, which is all that 5.10 has
final class LeakCheck implements ExtensionContext.Store.CloseableResource, AutoCloseable {
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(3);

  private final TestScope scope;
  private final Thread thread = Thread.currentThread();
  private final @Nullable Origin before;
  private final Baseline baseline;
  private final LeakRun run;

  /** Null if it only hears of exceptions and of what its threads are charged to. */
  private final @Nullable LeakSettings settings;

  private final ExtensionContext context;

  /** Of the tests of a class that say for themselves what may stay. */
  private final Queue<LeakSettings> ofTests = new ConcurrentLinkedQueue<>();

  private volatile boolean testFailed;

  LeakCheck(
      TestScope scope,
      Baseline baseline,
      @Nullable Origin before,
      @Nullable LeakSettings settings,
      ExtensionContext context) {
    this.scope = scope;
    this.baseline = baseline;
    this.before = before;
    this.settings = settings;
    this.context = context;
    run = LeakRun.of(context);
  }

  TestScope scope() {
    return scope;
  }

  /** A test of it lets something stay, which then may stay after the class, too. */
  void alsoIgnore(LeakSettings ofTest) {
    ofTests.add(ofTest);
  }

  /** A test of it has failed. */
  void testFailed() {
    testFailed = true;
  }

  @Override
  @SuppressWarnings("ReferenceEquality")
  public void close() {
    if (Thread.currentThread() == thread) {
      Origin.leave(before);
    }
    if (context.getExecutionException().isPresent()) {
      scope.fail();
    }
    AssertionError failure = UncaughtExceptions.failure(scope.name(), scope.end());
    AssertionError leak = settings == null ? null : findLeak(settings);
    if (failure != null && leak != null) {
      failure.addSuppressed(leak);
    }
    if (failure == null) {
      failure = leak;
    }
    if (failure != null) {
      throw failure;
    }
  }

  private @Nullable AssertionError findLeak(LeakSettings settings) {
    boolean isTest = context.getTestMethod().isPresent();
    if (isTest && baseline.nothingNew()) {
      return null;
    }
    if (scope.hasFailed() && !settings.runsOnFailure()) {
      return null;
    }
    LeakSearch search = settings.search();
    ofTests.forEach(ofTest -> ofTest.ignoreIn(search));
    if (testFailed && !settings.runsOnFailure()) {
      search.ignore(LeakCheck::maybeOfFailedTest);
      search.ignoreTasks(any -> true); // of which test they are nobody knows
    }
    search.ignore(baseline);
    search.ignore(run::wasReported);
    search.ignoreTasks(run::wasReported);
    if (run.isParallel()) {
      search.onlyOf(scope);
    }
    Leaks leaks = search.run();
    if (leaks.isNone()) {
      return null;
    }
    run.reported(leaks);
    AssertionError failure =
        LeakReport.failure(leaks, scope.name(), isTest ? "the test ended" : "its last test");
    switch (settings.afterLeak()) {
      case INTERRUPT -> interrupt(leaks);
      case ABORT_RUN -> run.abort(scope.name());
      case REPORT -> {}
    }
    return failure;
  }

  private static boolean maybeOfFailedTest(LiveThread live) {
    Origin origin = Origin.of(live);
    return origin == null || origin.scope().hasFailed();
  }

  private static void interrupt(Leaks leaks) {
    leaks.tasks().forEach(Task::cancel);
    List<Thread> threads =
        leaks.threads().stream().filter(live -> !live.virtual()).map(LiveThread::thread).toList();
    threads.forEach(Thread::interrupt);
    long deadline = System.nanoTime() + AFTER_INTERRUPT.toNanos();
    try {
      for (Thread thread : threads) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left > 0) {
          thread.join(left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
