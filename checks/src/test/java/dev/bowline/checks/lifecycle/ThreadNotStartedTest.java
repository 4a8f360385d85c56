package dev.bowline.checks.lifecycle;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ThreadNotStartedTest {
  @Test
  void reportsThreadsThatNobodyStarts() {
    Fixtures.verify(ThreadNotStarted.class, "ThreadNotStartedPositive");
  }

  @Test
  void acceptsThreadsThatAreStartedOrThatOthersMayStart() {
    Fixtures.verify(ThreadNotStarted.class, "ThreadNotStartedNegative");
  }

  @Test
  @Tag("jdk25")
  void knowsThreadBuilders() {
    Fixtures.verifySource(
        ThreadNotStarted.class,
        "Builders.java",
        """
        class Builders {
          void forgotten(Runnable task) {
            // BUG: Diagnostic contains: 'thread'
            Thread thread = Thread.ofVirtual().unstarted(task);
          }

          void started(Runnable task) {
            Thread thread = Thread.ofVirtual().start(task);
            thread.setName("started");
          }
        }
        """);
  }

  @Test
  void startsTheThreadOnceItIsSetUp() {
    Fixtures.verifyFix(
        ThreadNotStarted.class,
        """
        class Service {
          void run(Runnable task) {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            task.run();
          }
        }
        """,
        """
        class Service {
          void run(Runnable task) {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
            task.run();
          }
        }
        """);
  }

  @Test
  void offersNoFixWhereItIsNotClearWhen() {
    Fixtures.verifyNoFix(
        ThreadNotStarted.class,
        """
        class Service {
          private final Thread field = new Thread(() -> {});

          void join(boolean daemon) throws InterruptedException {
            Thread joined = new Thread(() -> {});
            joined.join();
            Thread configured = new Thread(() -> {});
            if (daemon) {
              configured.setDaemon(true);
            }
          }
        }
        """);
  }
}
