package dev.bowline.testing;

import java.util.List;
import java.util.regex.Pattern;

/** The threads that are nobody's leak: of the JDK, the runtime, and of what runs the tests. */
final class Housekeeping {
  /** What is in no group of the JDK's own and has no frame to know it by. */
  private static final Pattern NAMES =
      Pattern.compile(
          "DestroyJavaVM|process reaper.*|Attach Listener|CompletableFutureDelayScheduler|ForkJoinPool.*-delayScheduler"
              + "|Common-Cleaner|Cleaner-\\d+|JFR .*|JFR: .*|Java2D .*|AWT-.*|Poller SunPKCS11.*"
              + "|JNA Cleaner|Keep-Alive-.*|HttpClient-\\d+-.*|VirtualThread-.*"
              + "|RMI (TCP|Scheduler|Reaper|RenewClean).*|JMX server .*|GC Daemon"
              + "|bowline-(idle|timer|shutdown)"
              + "|junit-jupiter-timeout-watcher.*|surefire-.*"
              + "|Monitor Ctrl-Break|ReaderThread"
              + "|Test worker|/127\\.0\\.0\\.1:\\d+ to .*|Memory manager|File lock .*");

  private static final Pattern COMMON_POOL =
      Pattern.compile("(ForkJoinPool\\.)?commonPool-worker-\\d+");

  /** Who is in one of these runs tests, or waits for those that do. */
  private static final List<String> RUNNERS =
      List.of(
          "org.junit.platform.engine.",
          "org.junit.platform.launcher.",
          "org.junit.runners.",
          "org.junit.vintage.engine.",
          "org.apache.maven.",
          "org.gradle.",
          "com.intellij.rt.",
          "org.eclipse.jdt.internal.junit");

  private Housekeeping() {}

  static boolean owns(LiveThread live) {
    Thread thread = live.thread();
    if (thread == null) {
      // The loops wait for the sockets of all virtual threads, for as long as the JVM runs.
      return runsTask(live) || live.isIn("sun.nio.ch.Poller.subPollerLoop");
    }
    return isOfJdk(thread)
        || NAMES.matcher(live.name()).matches()
        || thread.getClass().getName().startsWith("org.junit.")
        || (COMMON_POOL.matcher(live.name()).matches() && !isBusy(live))
        || RUNNERS.stream().anyMatch(live::isInClass)
        || runsTask(live);
  }

  /** Whether it is one of the process-wide pool, which nobody can shut down. */
  static boolean isOfCommonPool(LiveThread live) {
    return COMMON_POOL.matcher(live.name()).matches();
  }

  /** A task is reported as such, with its name, wherever it runs. */
  private static boolean runsTask(LiveThread live) {
    return live.isIn("dev.bowline.TaskRun.run");
  }

  private static boolean isBusy(LiveThread worker) {
    return worker.isIn("java.util.concurrent.ForkJoinTask.doExec");
  }

  private static boolean isOfJdk(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group == null // it has just ended
        || group.getParent() == null
        || group.getName().equals("InnocuousThreadGroup")
        || thread.getClass().getName().startsWith("jdk.internal.");
  }
}
