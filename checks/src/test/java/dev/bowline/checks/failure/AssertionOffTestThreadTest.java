package dev.bowline.checks.failure;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class AssertionOffTestThreadTest {
  @Test
  void reportsAssertionsThatCannotFailTheTest() {
    Fixtures.verify(AssertionOffTestThread.class, "AssertionOffTestThreadPositive");
  }

  @Test
  void acceptsFailuresThatReachTheTest() {
    Fixtures.verify(AssertionOffTestThread.class, "AssertionOffTestThreadNegative");
  }

  @Test
  void acceptsUncaughtFailuresThatHaveAHandler() {
    Fixtures.verify(AssertionOffTestThread.class, "AssertionOffTestThreadHandler");
  }

  @Test
  void looksAtTestCodeOnly() {
    Fixtures.verify(AssertionOffTestThread.class, "AssertionOutsideTest");
  }

  @Test
  void inATestFolderReportsLibrariesButNotPlainAsserts() {
    Fixtures.verifySource(
        AssertionOffTestThread.class,
        "src/test/java/Helper.java",
        """
        class Helper {
          static void start(int value) {
            new Thread(() -> { assert value > 0; }).start();
            // BUG: Diagnostic contains: 'assertTrue'
            new Thread(() -> org.junit.Assert.assertTrue(value > 0)).start();
          }
        }
        """);
  }

  @Test
  void inASubclassOfAssertReportsWhatIsNamedSo() {
    Fixtures.verifySource(
        AssertionOffTestThread.class,
        "InheritingTest.java",
        """
        class InheritingTest extends org.junit.Assert {
          static void assertPositive(int value) {
            assertTrue(value > 0);
          }

          static void increase(int value) {}

          @org.junit.Test
          public void inherits() {
            new Thread(
                    () -> {
                      increase(1);
                      // BUG: Diagnostic contains: 'assertPositive' runs
                      assertPositive(1);
                    })
                .start();
          }
        }
        """);
  }

  @Test
  void knowsMockito() {
    Fixtures.verifySource(
        AssertionOffTestThread.class,
        "org/mockito/Mockito.java",
        """
        package org.mockito;

        class Mockito {
          static <T> T verify(T mock) {
            return mock;
          }

          static void verifyNoMoreInteractions(Object... mocks) {}
        }

        class MockitoTest {
          @org.junit.Test
          public void verifiesInATask(Runnable mock) {
            new Thread(
                    () -> {
                      // BUG: Diagnostic contains: 'run'
                      Mockito.verify(mock).run();
                      // BUG: Diagnostic contains: 'verifyNoMoreInteractions'
                      Mockito.verifyNoMoreInteractions(mock);
                    })
                .start();
          }
        }
        """);
  }

  @Test
  void looksIntoInitialisersRecordsAndSwitches() {
    Fixtures.verifySource(
        AssertionOffTestThread.class,
        "OddPlacesTest.java",
        """
        import static org.junit.Assert.assertEquals;

        import java.util.concurrent.CountDownLatch;

        class OddPlacesTest {
          static CountDownLatch done = new CountDownLatch(1);
          // BUG: Diagnostic contains: 'assertEquals'
          Thread field = new Thread(() -> assertEquals(1, copy().length));

          static {
            // BUG: Diagnostic contains: 'assertEquals'
            new Thread(() -> assertEquals(1, done.getCount())).start();
          }

          static int[] copy() {
            return new int[1].clone();
          }

          record Check(int value) implements Runnable {
            @Override
            public void run() {
              switch (value) {
                case 0:
                  // BUG: Diagnostic contains: 'assertEquals'
                  assertEquals(0, value);
                  break;
                case 1:
                  assertEquals(1, value);
                  done.countDown();
                  break;
                default:
                  break;
              }
            }
          }

          @org.junit.Test
          public void checks() throws InterruptedException {
            new Thread(new Check(1)).start();
            done.await();
          }
        }
        """);
  }

  @Test
  void reportsConfiguredMethods() {
    Fixtures.verifySource(
        AssertionOffTestThread.class,
        "ChecksTest.java",
        """
        class ChecksTest {
          interface Checks {
            void holds(boolean condition);
          }

          @org.junit.Test
          public void checks(Checks checks, int value) {
            // BUG: Diagnostic contains: 'holds'
            new Thread(() -> checks.holds(value > 0)).start();
          }
        }
        """,
        "-XepOpt:AssertionOffTestThread:Methods=ChecksTest.Checks#holds");
  }

  @Test
  @Tag("jdk25")
  void knowsVirtualThreadsAndScopes() {
    Fixtures.verifySource(
        AssertionOffTestThread.class,
        "VirtualTest.java",
        """
        import static org.junit.jupiter.api.Assertions.assertEquals;

        import org.junit.jupiter.api.Test;

        class VirtualTest {
          int value;

          @Test
          void threads() throws InterruptedException {
            // BUG: Diagnostic contains: Store the Throwable, and rethrow it in the test
            Thread.startVirtualThread(() -> assertEquals(1, value)).join();
            // BUG: Diagnostic contains: 'assertEquals'
            Thread.ofVirtual().start(() -> assertEquals(1, value)).join();
          }
        }
        """);
  }
}
