package dev.bowline.checks.failure;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

class UncancellableLoopTest {
  @Test
  void reports() {
    Fixtures.verify(UncancellableLoop.class, "UncancellableLoopPositive");
  }

  @Test
  void isSilent() {
    Fixtures.verify(UncancellableLoop.class, "UncancellableLoopNegative");
  }

  @Test
  void isSilentInTests() {
    Fixtures.verify(UncancellableLoop.class, "UncancellableLoopInTest");
  }

  @Test
  void returnsFromTheCatch() {
    Fixtures.verifyFix(
        UncancellableLoop.class,
        """
        import java.util.concurrent.BlockingQueue;

        class Worker implements Runnable {
          private BlockingQueue<Runnable> queue;

          @Override
          public void run() {
            while (true) {
              try {
                queue.take().run();
              } catch (InterruptedException e) {
                System.err.println("interrupted");
              }
              try {
                Thread.sleep(10);
              } catch (InterruptedException e) {
                continue;
              }
              try {
                Thread.sleep(10);
              } catch (InterruptedException e) {
              }
              try {
                Thread.sleep(10);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }
          }
        }
        """,
        """
        import java.util.concurrent.BlockingQueue;

        class Worker implements Runnable {
          private BlockingQueue<Runnable> queue;

          @Override
          public void run() {
            while (true) {
              try {
                queue.take().run();
              } catch (InterruptedException e) {
                System.err.println("interrupted");
                Thread.currentThread().interrupt();
                return;
              }
              try {
                Thread.sleep(10);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
              }
              try {
                Thread.sleep(10);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
              }
              try {
                Thread.sleep(10);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
              }
            }
          }
        }
        """);
  }

  @Test
  void asksWhereNothingThrows() {
    Fixtures.verifyFix(
        UncancellableLoop.class,
        """
        class Poller {
          Thread make(Runnable work) {
            return new Thread(
                () -> {
                  while (true) {
                    work.run();
                  }
                });
          }
        }
        """,
        """
        class Poller {
          Thread make(Runnable work) {
            return new Thread(
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    work.run();
                  }
                });
          }
        }
        """);
  }

  /** A broad catch, a value to return, a helper whose caller may go on. */
  @Test
  void offersNoFixWhereAReturnIsNotEnough() {
    Fixtures.verifyNoFix(
        UncancellableLoop.class,
        """
        import java.util.concurrent.Callable;
        import java.util.concurrent.ExecutorService;

        class Workers {
          Runnable broad() {
            return () -> {
              while (true) {
                try {
                  Thread.sleep(10);
                } catch (Exception e) {
                  System.err.println("failed");
                }
              }
            };
          }

          Runnable hidden(Callable<?> work) {
            return () -> {
              while (true) {
                try {
                  work.call();
                } catch (Exception e) {
                  System.err.println("failed");
                }
              }
            };
          }

          void value(ExecutorService pool) {
            pool.submit(
                () -> {
                  while (true) {
                    try {
                      Thread.sleep(10);
                    } catch (InterruptedException e) {
                      System.err.println("interrupted");
                    }
                  }
                });
          }

          Thread helper() {
            return new Thread(() -> loop());
          }

          private void loop() {
            while (true) {
              Thread.yield();
            }
          }
        }
        """);
  }
}
