package dev.bowline.checks.failure;

import com.google.errorprone.BugCheckerRefactoringTestHelper;
import com.google.errorprone.BugCheckerRefactoringTestHelper.FixChoosers;
import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class InterruptSwallowedTest {
  @Test
  void reportsInterruptsThatNobodyHearsOf() {
    Fixtures.verify(InterruptSwallowed.class, "InterruptSwallowedPositive");
  }

  @Test
  void acceptsInterruptsThatArePassedOn() {
    Fixtures.verify(InterruptSwallowed.class, "InterruptSwallowedNegative");
  }

  @Test
  void knowsConfiguredExceptions() {
    Fixtures.verifySource(
        InterruptSwallowed.class,
        "Waits.java",
        """
        class Waits {
          static class Gone extends RuntimeException {}

          void configured() {
            try {
              Thread.sleep(1);
            } catch (InterruptedException e) {
              throw new Gone();
            }
          }

          void other() {
            try {
              Thread.sleep(1);
              // BUG: Diagnostic contains: is lost here
            } catch (InterruptedException e) {
              throw new IllegalStateException();
            }
          }
        }
        """,
        "-XepOpt:InterruptSwallowed:RestoringExceptions=Waits.Gone");
  }

  @Test
  void leavesTestCodeAlone() {
    Fixtures.verifySource(
        InterruptSwallowed.class,
        "src/test/java/SomeTest.java",
        """
        class SomeTest {
          @org.junit.jupiter.api.Test
          void waits() {
            try {
              Thread.sleep(1);
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          }
        }
        """);
  }

  @Test
  void restoresFirst() {
    Fixtures.verifyFix(
        InterruptSwallowed.class,
        """
        import java.util.concurrent.ExecutionException;
        import java.util.concurrent.Future;

        class Waits {
          void empty() {
            try {
              Thread.sleep(1);
            } catch (InterruptedException e) {
            }
          }

          void withAComment() {
            try {
              Thread.sleep(1);
            } catch (InterruptedException e) {
              // nothing to do
            }
          }

          void beforeTheLogLine() throws InterruptedException {
            try {
              Thread.sleep(1);
            } catch (InterruptedException e) {
              // say so
              System.err.println("interrupted");
              throw new IllegalStateException(e);
            }
          }

          Object union(Future<?> future) {
            try {
              return future.get();
            } catch (InterruptedException | ExecutionException e) {
              return null;
            }
          }

          Object broad(Future<?> future) {
            try {
              return future.get();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }
        }
        """,
        """
        import java.util.concurrent.ExecutionException;
        import java.util.concurrent.Future;

        class Waits {
          void empty() {
            try {
              Thread.sleep(1);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }

          void withAComment() {
            try {
              Thread.sleep(1);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              // nothing to do
            }
          }

          void beforeTheLogLine() throws InterruptedException {
            try {
              Thread.sleep(1);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              // say so
              System.err.println("interrupted");
              throw new IllegalStateException(e);
            }
          }

          Object union(Future<?> future) {
            try {
              return future.get();
            } catch (InterruptedException | ExecutionException e) {
              if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
              }
              return null;
            }
          }

          Object broad(Future<?> future) {
            try {
              return future.get();
            } catch (Exception e) {
              if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
              }
              throw new IllegalStateException(e);
            }
          }
        }
        """);
  }

  /** A Thread of the file's own is not the one whose flag has to be set. */
  @Test
  void qualifiesTheThread() {
    Fixtures.verifyFix(
        InterruptSwallowed.class,
        """
        class Waits {
          static class Thread {}

          void rest(Object lock) {
            try {
              java.util.concurrent.TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
              System.err.println("interrupted");
            }
          }
        }
        """,
        """
        class Waits {
          static class Thread {}

          void rest(Object lock) {
            try {
              java.util.concurrent.TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
              java.lang.Thread.currentThread().interrupt();
              System.err.println("interrupted");
            }
          }
        }
        """);
  }

  /** With the flag set, each further wait of a loop would end at once. */
  @Test
  void restoresNothingInALoopThatGoesOn() {
    Fixtures.verifyNoFix(
        InterruptSwallowed.class,
        """
        class Waits {
          private boolean ready;

          synchronized void await() {
            while (!ready) {
              try {
                wait();
              } catch (InterruptedException e) {
                System.err.println("interrupted");
              }
            }
          }
        }
        """);
  }

  @Test
  void offersToLetItOutWhereTheMethodMay() {
    BugCheckerRefactoringTestHelper.newInstance(InterruptSwallowed.class, getClass())
        .setFixChooser(FixChoosers.SECOND)
        .addInputLines(
            "In.java",
            """
            class Waits {
              void rest() throws Exception {
                try {
                  Thread.sleep(1);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                nap(1);
              }

              private void nap(int millis) {
                try {
                  Thread.sleep(millis);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }
            }
            """)
        .addOutputLines(
            "Out.java",
            """
            class Waits {
              void rest() throws Exception {
                try {
                  Thread.sleep(1);
                } catch (InterruptedException e) {
                  throw e;
                }
                nap(1);
              }

              private void nap(int millis) throws InterruptedException {
                try {
                  Thread.sleep(millis);
                } catch (InterruptedException e) {
                  throw e;
                }
              }
            }
            """)
        .doTest();
  }
}
