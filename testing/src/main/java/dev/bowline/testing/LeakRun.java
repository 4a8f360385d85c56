package dev.bowline.testing;

import dev.bowline.Task;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What the checks of one run of JUnit have in common. May be used by any thread. */
final class LeakRun {
  private final boolean parallel;
  private final Set<Long> reportedThreads = Collections.synchronizedSet(new HashSet<>());
  private final Set<Task<?>> reportedTasks =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  private volatile @Nullable String aborter;

  private LeakRun(boolean parallel) {
    this.parallel = parallel;
  }

  static LeakRun of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ThreadLeakExtension.STORE)
        .getOrComputeIfAbsent(
            LeakRun.class, any -> new LeakRun(isParallel(context)), LeakRun.class);
  }

  /** Whether tests may run at the same time, so that a new thread may be another one's. */
  boolean isParallel() {
    return parallel;
  }

  boolean wasReported(LiveThread live) {
    return reportedThreads.contains(live.id());
  }

  boolean wasReported(Task<?> task) {
    return reportedTasks.contains(task);
  }

  void reported(Leaks leaks) {
    leaks.threads().forEach(live -> reportedThreads.add(live.id()));
    reportedTasks.addAll(leaks.tasks());
  }

  void abort(String test) {
    aborter = test;
  }

  /** Who left the thread after which nothing more is to run; null if nobody. */
  @Nullable String aborter() {
    return aborter;
  }

  private static boolean isParallel(ExtensionContext context) {
    return context
        .getConfigurationParameter("junit.jupiter.execution.parallel.enabled")
        .map(Boolean::parseBoolean)
        .orElse(false);
  }
}
