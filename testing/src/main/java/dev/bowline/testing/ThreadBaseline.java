package dev.bowline.testing;

import dev.bowline.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * How many threads and tasks there were at some moment, to tell later whether there are many more.
 * For smoke tests of whole applications, where a few threads come and go:
 *
 * <pre>{@code
 * ThreadBaseline baseline = ThreadBaseline.capture();
 * for (int i = 0; i < 100; i++) {
 *   handleRequest();
 * }
 * baseline.assertSettled(5, Duration.ofSeconds(10));
 * }</pre>
 *
 * <p>Where nothing at all should stay, {@link ThreadLeaks#verifyNone} is stricter.
 *
 * <p>Counted are platform threads, live tasks of {@link dev.bowline.TaskGroup}s, and from JDK 21 on
 * virtual threads. Not counted are the calling thread, the JDK's own threads and those of what runs
 * the tests, and idle workers of the common pool. A thread that runs a task counts once; while it
 * is about to begin with it, it may count twice.
 *
 * <p>Methods may be called from any thread.
 */
public final class ThreadBaseline {
  /** Of a pause between two counts; the first is one millisecond, and each is twice the last. */
  private static final long LONGEST_PAUSE_MILLIS = 50;

  private final int count;
  private final Baseline baseline;

  private ThreadBaseline(int count, Baseline baseline) {
    this.count = count;
    this.baseline = baseline;
  }

  /** Counts what runs now. */
  public static ThreadBaseline capture() {
    return new ThreadBaseline(Census.take().total(), Baseline.full());
  }

  /**
   * Waits until there are no more threads and tasks than at the baseline and the tolerance on top.
   * Looks at least once.
   *
   * @param tolerance how many more there may be; zero or more
   * @param within how long to wait; zero and negative ones do not wait
   * @throws AssertionError if there are more then. The message shows the new ones, those that are
   *     alike together, with where they are and, if known, where they were started
   * @throws InterruptedException if the calling thread is interrupted while it waits; its interrupt
   *     flag is clear then
   */
  public void assertSettled(int tolerance, Duration within) throws InterruptedException {
    if (tolerance < 0) {
      throw new IllegalArgumentException("negative tolerance " + tolerance);
    }
    Objects.requireNonNull(within, "within");
    long start = System.nanoTime();
    long most = TimeUnit.NANOSECONDS.convert(within);
    long pause = 1;
    while (true) {
      Census now = Census.take();
      if (now.total() - count <= tolerance) {
        return;
      }
      long waited = System.nanoTime() - start;
      if (waited >= most) {
        throw new AssertionError(report(now, tolerance, Duration.ofNanos(waited)));
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(most - waited, TimeUnit.MILLISECONDS.toNanos(pause)));
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  private String report(Census now, int tolerance, Duration waited) {
    now.threads().removeIf(baseline::has);
    now.tasks().removeIf(baseline::has);
    Leaks fresh = new Leaks(now.threads(), now.tasks(), !VirtualThreads.areTracked(), waited);
    return String.format(
        "%d threads and tasks at the baseline, %d now, and %d more were allowed. The new ones: %s",
        count, now.total(), tolerance, LeakReport.of(fresh, null));
  }

  /** All that counts at one moment. */
  private record Census(List<LiveThread> threads, List<Task<?>> tasks, int total) {
    static Census take() {
      List<LiveThread> platform = LiveThread.platform();
      List<LiveThread> all = new ArrayList<>(platform);
      if (VirtualThreads.exist()) {
        List<LiveThread> virtual = VirtualThreads.list(platform);
        all.addAll(virtual == null ? List.of() : virtual);
      }
      long self = Thread.currentThread().getId();
      all.removeIf(live -> live.id() == self || Housekeeping.owns(live));
      List<Task<?>> tasks = new ArrayList<>(Task.live());
      return new Census(all, tasks, all.size() + tasks.size());
    }
  }
}
