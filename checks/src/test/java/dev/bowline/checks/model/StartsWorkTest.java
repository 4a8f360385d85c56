package dev.bowline.checks.model;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A marker in a snippet says what {@link Probe} must answer about the next line. */
final class StartsWorkTest {
  @Test
  void startingWorkIsStartingAThreadOrHandingOverATask() {
    Probe.verify(
        """
        import java.util.concurrent.*;

        class Starts {
          void starts(Thread thread, ExecutorService pool, Callable<String> task) throws Exception {
            // BUG: Diagnostic contains: <starts-work starts-thread>
            thread.start();
            // BUG: Diagnostic contains: <starts-work>
            pool.submit(task);
            thread.interrupt();
            pool.shutdown();
          }

          void start() {
            start();
          }
        }
        """);
  }

  @Test
  @Tag("jdk25")
  void startingAVirtualThreadIsStartingWork() {
    Probe.verify(
        """
        class Starts {
          void starts(Runnable task) {
            // BUG: Diagnostic contains: <starts-work starts-thread>
            Thread.startVirtualThread(task);
            // BUG: Diagnostic contains: <starts-work starts-thread>
            Thread.ofVirtual().start(task);
            Thread.ofVirtual().unstarted(task);
          }
        }
        """);
  }
}
