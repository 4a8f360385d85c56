package dev.bowline.testing;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds threads and tasks that still run when they should have ended.
 *
 * <pre>{@code
 * ThreadLeaks.Option before = ThreadLeaks.ignoreCurrent();
 * server.start();
 * server.stop();
 * ThreadLeaks.verifyNone(before);
 * }</pre>
 *
 * <p>For tests with JUnit Jupiter {@link NoThreadLeaks} does this by itself. This class needs no
 * test framework.
 *
 * <p>Looked at are platform threads, tasks of {@link dev.bowline.TaskGroup}s, and from JDK 21 on
 * virtual threads. Left out are the calling thread, the JDK's own threads and those of what runs
 * the tests, and idle workers of the common pool.
 *
 * <p>Methods may be called from any thread.
 */
public final class ThreadLeaks {
  private ThreadLeaks() {}

  /**
   * Waits until no thread is left, for as long as {@link #linger} says.
   *
   * @throws AssertionError if some are left then; the message is the report
   */
  public static void verifyNone(Option... options) {
    Optional<String> report = find(options);
    if (report.isPresent()) {
      throw new AssertionError(report.get());
    }
  }

  /**
   * Waits until no thread is left, for as long as {@link #linger} says. An interrupt ends the wait,
   * and stays in the flag.
   *
   * @return the report on those that are left then; empty if there are none. Its form may change
   */
  public static Optional<String> find(Option... options) {
    LeakSearch search = new LeakSearch();
    for (Option option : options) {
      option.setting.accept(search);
    }
    Leaks leaks = search.run();
    return leaks.isNone() ? Optional.empty() : Optional.of(LeakReport.of(leaks, HowToAllow.OPTION));
  }

  /**
   * Leaves out the threads and tasks that are alive now, at this call. They are told apart by
   * identity: a later thread of the same name is not left out. A worker of a pool that has nothing
   * to do now and is at work when looked for is not left out either: its work is new.
   */
  public static Option ignoreCurrent() {
    Baseline baseline = Baseline.full();
    return new Option(search -> search.ignore(baseline));
  }

  /**
   * Leaves out threads that are in this method itself.
   *
   * @param method as {@code pkg.Cls.method}; a nested class as {@code pkg.Outer$Nested.method}
   */
  public static Option ignoreTopFrame(String method) {
    Objects.requireNonNull(method, "method");
    return ignoring(live -> !live.frames().isEmpty() && Frames.isIn(live.frames().get(0), method));
  }

  /**
   * Leaves out threads that are in this method or in something that it called.
   *
   * @param method as for {@link #ignoreTopFrame}
   */
  public static Option ignoreAnyFrame(String method) {
    Objects.requireNonNull(method, "method");
    return ignoring(live -> live.isIn(method));
  }

  /**
   * Leaves out threads that this method has started, itself or through what it called. Where a
   * thread was started is only known if a test under {@link NoThreadLeaks} did it, or if the
   * process runs with {@code -Dbowline.leaks.stacks=true}.
   *
   * @param method as for {@link #ignoreTopFrame}
   */
  public static Option ignoreCreatedBy(String method) {
    Objects.requireNonNull(method, "method");
    return ignoring(live -> ThreadStarts.isBy(live, method));
  }

  /**
   * Leaves out threads by name, and tasks, which are called {@code group/task}.
   *
   * @param regex has to match all of the name
   * @throws java.util.regex.PatternSyntaxException if it is none
   */
  public static Option ignoreName(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return new Option(search -> search.ignoreNames(pattern));
  }

  /**
   * Leaves out the platform threads that the filter takes. Of virtual threads the JDK gives no
   * objects, so that they are not asked for.
   */
  public static Option ignore(Predicate<? super Thread> filter) {
    Objects.requireNonNull(filter, "filter");
    return ignoring(live -> live.thread() != null && filter.test(live.thread()));
  }

  /**
   * How long threads may take to end after this was called; a second otherwise.
   *
   * @param most zero and negative ones do not wait
   */
  public static Option linger(Duration most) {
    Objects.requireNonNull(most, "most");
    return new Option(search -> search.linger(most));
  }

  /** Runs something when the threads have been looked at, whether or not some are left. */
  public static Option cleanup(Runnable last) {
    Objects.requireNonNull(last, "last");
    return new Option(search -> search.cleanup(last));
  }

  /**
   * For what checks tests: report leaks of a test that has failed, too. By default they are not,
   * for a test that stops half-way often leaves threads behind. Without effect on {@link
   * #verifyNone} and {@link #find}, which know of no test.
   */
  public static Option runOnFailure() {
    return new Option(LeakSearch::runOnFailure);
  }

  private static Option ignoring(Predicate<LiveThread> filter) {
    return new Option(search -> search.ignore(filter));
  }

  /** How to look for leaks; made by the methods of {@link ThreadLeaks}. May be used repeatedly. */
  public static final class Option {
    final Consumer<LeakSearch> setting;

    Option(Consumer<LeakSearch> setting) {
      this.setting = setting;
    }
  }
}
