package dev.bowline.testing;

import dev.bowline.Task;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks for leaks, again and again until there are none or the time is over. */
final class LeakSearch {
  /** Of a pause between two looks; the first is one millisecond, and each is twice the last. */
  private static final long LONGEST_PAUSE_MILLIS = 50;

  /** How long a thread may take to get a first frame, which filters may know it by. */
  private static final long TO_BEGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private final List<Baseline> baselines = new ArrayList<>();
  private final List<Predicate<LiveThread>> ignored = new ArrayList<>();
  private final List<Predicate<Task<?>>> ignoredTasks = new ArrayList<>();
  private final List<Pattern> names = new ArrayList<>();
  private final List<Runnable> cleanups = new ArrayList<>();
  private Duration linger = Duration.ofSeconds(1);
  private boolean runsOnFailure;
  private @Nullable TestScope onlyOf;

  void ignore(Baseline baseline) {
    baselines.add(baseline);
  }

  void ignore(Predicate<LiveThread> filter) {
    ignored.add(filter);
  }

  void ignoreTasks(Predicate<Task<?>> filter) {
    ignoredTasks.add(filter);
  }

  void ignoreNames(Pattern pattern) {
    names.add(pattern);
  }

  void linger(Duration most) {
    linger = most;
  }

  void cleanup(Runnable last) {
    cleanups.add(last);
  }

  void runOnFailure() {
    runsOnFailure = true;
  }

  boolean runsOnFailure() {
    return runsOnFailure;
  }

  /** Leaves out all that does not certainly come from there. */
  void onlyOf(TestScope scope) {
    onlyOf = scope;
  }

  /** Waits for all threads to end, or the time that they may linger, and returns what is left. */
  Leaks run() {
    try {
      return await();
    } finally {
      cleanups.forEach(Runnable::run);
    }
  }

  private Leaks await() {
    long start = System.nanoTime();
    long most = TimeUnit.NANOSECONDS.convert(linger);
    long pause = 1;
    while (true) {
      long elapsed = System.nanoTime() - start;
      Leaks leaks = look(Duration.ofNanos(elapsed));
      // Only a look that began when the time was over is the last: looking takes time, too.
      if (leaks.isNone() || elapsed >= (leaks.someBegin() ? most + TO_BEGIN_NANOS : most)) {
        return leaks;
      }
      long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(most - (System.nanoTime() - start)));
      try {
        TimeUnit.MILLISECONDS.sleep(Math.min(left, pause));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return look(Duration.ofNanos(System.nanoTime() - start));
      }
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  private Leaks look(Duration waited) {
    List<LiveThread> platform = LiveThread.platform();
    List<LiveThread> leaked = new ArrayList<>();
    addLeaked(platform, leaked);
    List<Task<?>> tasks = onlyOf == null ? leakedTasks() : List.of();
    boolean blind = false;
    if (VirtualThreads.exist() && (!leaked.isEmpty() || !tasks.isEmpty() || maybeVirtual())) {
      List<LiveThread> virtual = VirtualThreads.list(platform);
      blind = virtual == null || !VirtualThreads.areTracked();
      if (virtual != null) {
        addLeaked(virtual, leaked);
      }
    }
    if (blind && leaked.isEmpty() && tasks.isEmpty() && WARNED.compareAndSet(false, true)) {
      System.getLogger("dev.bowline.testing").log(Level.WARNING, LeakReport.BLIND);
    }
    // Since the stacks were taken some may have ended.
    leaked.removeIf(live -> live.thread() != null && !live.thread().isAlive());
    return new Leaks(leaked, tasks, blind, waited);
  }

  private void addLeaked(List<LiveThread> seen, List<LiveThread> leaked) {
    long self = Thread.currentThread().getId();
    for (LiveThread live : seen) {
      if (live.id() != self
          && !isOld(live)
          && !Housekeeping.owns(live)
          && !isIgnored(live.name())
          && isWanted(live)) {
        leaked.add(live);
      }
    }
  }

  private boolean isWanted(LiveThread live) {
    for (Predicate<LiveThread> filter : ignored) {
      if (filter.test(live)) {
        return false;
      }
    }
    return onlyOf == null || Origin.isCertainlyOf(live, onlyOf);
  }

  private List<Task<?>> leakedTasks() {
    List<Task<?>> leaked = new ArrayList<>();
    for (Task<?> task : Task.live()) {
      boolean old = baselines.stream().anyMatch(baseline -> baseline.has(task));
      boolean filtered = ignoredTasks.stream().anyMatch(filter -> filter.test(task));
      if (!old && !filtered && !isIgnored(LeakReport.name(task))) {
        leaked.add(task);
      }
    }
    return leaked;
  }

  private boolean isOld(LiveThread live) {
    for (Baseline baseline : baselines) {
      if (baseline.has(live)) {
        return true;
      }
    }
    return false;
  }

  private boolean isIgnored(String name) {
    for (Pattern pattern : names) {
      if (pattern.matcher(name).matches()) {
        return true;
      }
    }
    return false;
  }

  private boolean maybeVirtual() {
    for (Baseline baseline : baselines) {
      if (!baseline.maybeVirtual()) {
        return false;
      }
    }
    return true;
  }
}
