package dev.bowline.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Looks for threads and tasks that are left when all tests of a process are over: one look, after
 * the last engine has closed its own, instead of one at every test or class.
 *
 * <p>JUnit finds this listener by itself. It does nothing unless the configuration parameter or
 * system property {@code bowline.leaks} is {@code jvm}. Then it leaves out what ran before the
 * first test did and what {@code bowline.leaks.ignoreNames}, {@code ignoreFrames} and {@code
 * ignoreCreators} say, waits as {@link ThreadLeaks#find} does, and prints its report to {@code
 * System.err}. With {@code bowline.leaks.jvm=report} that is all; with {@code fail}, the default,
 * the session also ends with an {@link AssertionError} that carries the report, which fails the
 * build:
 *
 * <ul>
 *   <li>Surefire (tried: 3.5.4 with JUnit 5.10 and 6.1) counts no failed test, since all have been
 *       reported by then, but the build fails. With a forked process it says that there was an
 *       error in it, in Maven's process ({@code forkCount=0}) that there was an exception in the
 *       provider; the report is below.
 *   <li>Gradle (read, not tried) closes the session while it stops the test worker, and reports
 *       what is thrown there as a failure of the worker: "Could not complete execution for Gradle
 *       Test Executor 1", with the report as its cause.
 * </ul>
 *
 * <p>An error thrown when the test plan ends would go to the log only: JUnit keeps what a {@code
 * TestExecutionListener} throws from the build.
 *
 * <p>JUnit closes the session's store (of 5.13 and later) only after this listener: what a resource
 * in there runs is reported, and if the session fails it is not closed.
 */
public final class ThreadLeakSessionListener implements LauncherSessionListener {
  /** Null until tests begin, and if nothing was asked for. */
  @GuardedBy("this")
  private @Nullable LeakSearch search;

  @GuardedBy("this")
  private boolean fails;

  @GuardedBy("this")
  private @Nullable Thread thread;

  @GuardedBy("this")
  private @Nullable Origin outer;

  /** For JUnit. */
  public ThreadLeakSessionListener() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    // The session itself knows no configuration parameters.
    session
        .getLauncher()
        .registerTestExecutionListeners(
            new TestExecutionListener() {
              @Override
              public void testPlanExecutionStarted(TestPlan plan) {
                begin(plan.getConfigurationParameters());
              }
            });
  }

  @Override
  @SuppressWarnings("ReferenceEquality")
  public void launcherSessionClosed(LauncherSession session) {
    LeakSearch prepared;
    boolean failing;
    synchronized (this) {
      prepared = search;
      failing = fails;
      if (thread == Thread.currentThread()) {
        Origin.leave(outer);
      }
    }
    if (prepared == null) {
      return;
    }
    Leaks leaks = prepared.run();
    if (!leaks.isNone()) {
      String text = "After all tests: " + LeakReport.of(leaks, HowToAllow.PROPERTY);
      System.err.println(text);
      if (failing) {
        AssertionError failure = new AssertionError(text);
        failure.setStackTrace(new StackTraceElement[0]); // ours says nothing
        throw failure;
      }
    }
  }

  private synchronized void begin(ConfigurationParameters parameters) {
    boolean wanted = parameters.get("bowline.leaks").filter("jvm"::equalsIgnoreCase).isPresent();
    if (wanted && search == null) {
      // Threads that tests start from here, which is where most of them run, are known by it.
      outer = Origin.enter(new TestScope("", null));
      thread = Thread.currentThread();
      search = new LeakSearch();
      search.ignore(Baseline.full());
      LeakSettings.ofRun(parameters::get).ignoreIn(search);
      fails = parameters.get("bowline.leaks.jvm").filter("report"::equalsIgnoreCase).isEmpty();
    }
  }
}
