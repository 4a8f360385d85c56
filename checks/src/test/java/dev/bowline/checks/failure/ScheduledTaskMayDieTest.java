package dev.bowline.checks.failure;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class ScheduledTaskMayDieTest {
  @Test
  void reportsPeriodicTasksThatAnExceptionEnds() {
    Fixtures.verify(ScheduledTaskMayDie.class, "ScheduledTaskMayDiePositive");
  }

  @Test
  void acceptsTasksThatCatchAndFuturesThatAreAsked() {
    Fixtures.verify(ScheduledTaskMayDie.class, "ScheduledTaskMayDieNegative");
  }

  @Test
  void isOffInTestCode() {
    Fixtures.verifySource(
        ScheduledTaskMayDie.class,
        "src/test/java/Cache.java",
        """
        import static java.util.concurrent.TimeUnit.SECONDS;

        import java.util.concurrent.ScheduledExecutorService;

        class Cache {
          void start(ScheduledExecutorService scheduler) {
            scheduler.scheduleAtFixedRate(
                () -> { throw new IllegalStateException(); }, 0, 1, SECONDS);
          }
        }
        """);
  }

  @Test
  void acceptsConfiguredWrappers() {
    Fixtures.verifySource(
        ScheduledTaskMayDie.class,
        "Cache.java",
        """
        import static java.util.concurrent.TimeUnit.SECONDS;

        import java.util.concurrent.ScheduledExecutorService;

        class Cache {
          interface Tries {
            void attempt(Runnable first, Runnable second);
          }

          void start(ScheduledExecutorService scheduler, Tries tries) {
            scheduler.scheduleAtFixedRate(
                () -> {
                  for (int i = 0; i < 3; i++) {
                    tries.attempt(this::refresh, this::refresh);
                  }
                },
                0, 1, SECONDS);
          }

          void refresh() {
            throw new IllegalStateException();
          }
        }
        """,
        "-XepOpt:ScheduledTaskMayDie:Wrappers=Cache.Tries#attempt");
  }

  @Test
  void acceptsStatedReasonsForAPackage() {
    Fixtures.verify(
        ScheduledTaskMayDie.class, "detached/package-info", "detached/ScheduledTaskInPackage");
  }

  @Test
  void logsWithTheLoggerAtHand() {
    Fixtures.verifyFix(
        ScheduledTaskMayDie.class,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;

        import java.util.Timer;
        import java.util.TimerTask;
        import java.util.concurrent.ScheduledExecutorService;
        import java.util.logging.Logger;

        class Cache {
          private static final Logger LOG = Logger.getLogger("cache");

          void start(ScheduledExecutorService scheduler, Timer timer, Runnable e) {
            scheduler.scheduleAtFixedRate(this::refresh, 0, 1, SECONDS);
            scheduler.scheduleAtFixedRate(() -> refresh(), 0, 1, SECONDS);
            scheduler.scheduleAtFixedRate(
                () -> {
                  if (e == null) {
                    return;
                  }
                  e.run();
                },
                0, 1, SECONDS);
            timer.schedule(
                new TimerTask() {
                  @Override
                  public void run() {
                    refresh();
                  }
                },
                1, 1);
          }

          private void refresh() {
            throw new IllegalStateException();
          }
        }
        """,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;

        import java.util.Timer;
        import java.util.TimerTask;
        import java.util.concurrent.ScheduledExecutorService;
        import java.util.logging.Level;
        import java.util.logging.Logger;

        class Cache {
          private static final Logger LOG = Logger.getLogger("cache");

          void start(ScheduledExecutorService scheduler, Timer timer, Runnable e) {
            scheduler.scheduleAtFixedRate(
                () -> {
                  try {
                    refresh();
                  } catch (RuntimeException failure) {
                    LOG.log(Level.SEVERE, "refresh failed", failure);
                  }
                },
                0, 1, SECONDS);
            scheduler.scheduleAtFixedRate(
                () -> {
                  try {
                    refresh();
                  } catch (RuntimeException failure) {
                    LOG.log(Level.SEVERE, "periodic task failed", failure);
                  }
                },
                0, 1, SECONDS);
            scheduler.scheduleAtFixedRate(
                () -> {
                  try {
                    if (e == null) {
                      return;
                    }
                    e.run();
                  } catch (RuntimeException failure) {
                    LOG.log(Level.SEVERE, "periodic task failed", failure);
                  }
                },
                0, 1, SECONDS);
            timer.schedule(
                new TimerTask() {
                  @Override
                  public void run() {
                    try {
                      refresh();
                    } catch (RuntimeException failure) {
                      LOG.log(Level.SEVERE, "periodic task failed", failure);
                    }
                  }
                },
                1, 1);
          }

          private void refresh() {
            throw new IllegalStateException();
          }
        }
        """);
  }

  @Test
  void tellsTheThreadsHandlerWhereThereIsNoLogger() {
    Fixtures.verifyFix(
        ScheduledTaskMayDie.class,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;

        import java.util.concurrent.ScheduledExecutorService;

        class Cache {
          static void start(ScheduledExecutorService scheduler) {
            scheduler.scheduleAtFixedRate(Cache::refresh, 0, 1, SECONDS);
          }

          private static void refresh() {
            throw new IllegalStateException();
          }
        }
        """,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;

        import java.util.concurrent.ScheduledExecutorService;

        class Cache {
          static void start(ScheduledExecutorService scheduler) {
            scheduler.scheduleAtFixedRate(
                () -> {
                  try {
                    Cache.refresh();
                  } catch (RuntimeException e) {
                    Thread.currentThread()
                        .getUncaughtExceptionHandler()
                        .uncaughtException(Thread.currentThread(), e);
                  }
                },
                0, 1, SECONDS);
          }

          private static void refresh() {
            throw new IllegalStateException();
          }
        }
        """);
  }

  @Test
  void offersNoFixWhereTheTaskIsNotWrittenOrALambdaCannotBe() {
    Fixtures.verifyNoFix(
        ScheduledTaskMayDie.class,
        """
        import static java.util.concurrent.TimeUnit.SECONDS;

        import java.util.concurrent.ScheduledExecutorService;

        class Cache {
          void start(ScheduledExecutorService scheduler, Cache next, boolean e, boolean failure) {
            Runnable refresh = this::refresh;
            scheduler.scheduleAtFixedRate(refresh, 0, 1, SECONDS);
            scheduler.scheduleAtFixedRate(this::refresh, 0, 1, SECONDS);
          }

          void startNext(ScheduledExecutorService scheduler, Cache next) {
            next = next == null ? this : next;
            scheduler.scheduleAtFixedRate(next::refresh, 0, 1, SECONDS);
            scheduler.scheduleAtFixedRate(newest()::refresh, 0, 1, SECONDS);
          }

          Cache newest() {
            return this;
          }

          void refresh() {
            throw new IllegalStateException();
          }
        }
        """);
  }
}
