package dev.bowline.testing;

import dev.bowline.Task;
import java.util.Collections;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the checks of one run of JUnit have in common. May be used by any thread.
 *
 * <p>When tests ran in parallel, and all of them were checked, it looks at the end for what could
 * be charged to none of them.
 */
@SuppressWarnings("deprecation") // see LeakCheck
final class LeakRun implements ExtensionContext.Store.CloseableResource, AutoCloseable {
  private final boolean parallel;

  /** What was there before the first test; null if nothing is looked for at the end. */
  private final @Nullable Baseline baseline;

  private final Queue<LeakSettings> settings = new ConcurrentLinkedQueue<>();
  private final Set<Long> reportedThreads = Collections.synchronizedSet(new HashSet<>());
  private final Set<Task<?>> reportedTasks =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  private volatile @Nullable String aborter;
  private volatile boolean failed;

  private LeakRun(ExtensionContext context) {
    parallel = isTrue(context, "junit.jupiter.execution.parallel.enabled");
    boolean all = isTrue(context, "junit.jupiter.extensions.autodetection.enabled");
    boolean looks = ThreadLeakExtension.Mode.of(context).looksAfterClasses();
    baseline = parallel && all && looks ? Baseline.full() : null;
  }

  static LeakRun of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ThreadLeakExtension.STORE)
        .getOrComputeIfAbsent(LeakRun.class, any -> new LeakRun(context), LeakRun.class);
  }

  /** Whether tests may run at the same time, so that a new thread may be another one's. */
  boolean isParallel() {
    return parallel;
  }

  /** What is checked begins, and says what may stay. */
  void begun(LeakSettings itsOwn) {
    if (baseline != null) {
      settings.add(itsOwn);
    }
  }

  /** A test has failed. */
  void failed() {
    failed = true;
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

  @Override
  public void close() {
    // One that failed may have left anything, and what is certain was reported.
    if (baseline == null || failed) {
      return;
    }
    LeakSearch search = new LeakSearch();
    search.ignore(baseline);
    settings.forEach(each -> each.ignoreIn(search));
    search.ignore((LiveThread live) -> wasReported(live) || Origin.of(live) != null);
    search.ignoreTasks(this::wasReported);
    Leaks leaks = search.run();
    if (!leaks.isNone()) {
      throw LeakReport.failure(
          leaks, "tests that ran in parallel, not certain which", "the last of them");
    }
  }

  private static boolean isTrue(ExtensionContext context, String parameter) {
    return context.getConfigurationParameter(parameter).map(Boolean::parseBoolean).orElse(false);
  }
}
