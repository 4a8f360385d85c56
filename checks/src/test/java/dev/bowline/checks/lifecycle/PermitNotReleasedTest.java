package dev.bowline.checks.lifecycle;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class PermitNotReleasedTest {
  @Test
  void reportsWhatStaysHeld() {
    Fixtures.verify(PermitNotReleased.class, "PermitNotReleasedPositive");
  }

  @Test
  void acceptsWhatIsReleased() {
    Fixtures.verify(PermitNotReleased.class, "PermitNotReleasedNegative");
  }

  @Test
  void offersTryAndFinally() {
    Fixtures.verifyFix(
        PermitNotReleased.class,
        """
        import java.util.concurrent.Semaphore;
        import java.util.concurrent.locks.Lock;
        import java.util.concurrent.locks.ReentrantLock;
        abstract class In {
          private final Semaphore permits = new Semaphore(4);
          private final Lock lock = new ReentrantLock();
          abstract int load();
          void method() throws InterruptedException {
            permits.acquire();
            int row = load();
            load();
            permits.release();
            load();
          }
        }
        """,
        """
        import java.util.concurrent.Semaphore;
        import java.util.concurrent.locks.Lock;
        import java.util.concurrent.locks.ReentrantLock;
        abstract class In {
          private final Semaphore permits = new Semaphore(4);
          private final Lock lock = new ReentrantLock();
          abstract int load();
          void method() throws InterruptedException {
            permits.acquire();
            try {
              int row = load();
              load();
            } finally {
              permits.release();
            }
            load();
          }
        }
        """);
  }

  @Test
  void movesWhatComesBetweenIntoTheTry() {
    Fixtures.verifyFix(
        PermitNotReleased.class,
        """
        import java.util.concurrent.Semaphore;
        import java.util.concurrent.locks.Lock;
        import java.util.concurrent.locks.ReentrantLock;
        abstract class In {
          private final Semaphore permits = new Semaphore(4);
          private final Lock lock = new ReentrantLock();
          abstract int load();
          int method() throws InterruptedException {
            lock.lockInterruptibly();
            int row = load();
            try {
              return row + load();
            } finally {
              lock.unlock();
            }
          }
        }
        """,
        """
        import java.util.concurrent.Semaphore;
        import java.util.concurrent.locks.Lock;
        import java.util.concurrent.locks.ReentrantLock;
        abstract class In {
          private final Semaphore permits = new Semaphore(4);
          private final Lock lock = new ReentrantLock();
          abstract int load();
          int method() throws InterruptedException {
            lock.lockInterruptibly();
            try {
              int row = load();
              return row + load();
            } finally {
              lock.unlock();
            }
          }
        }
        """);
  }

  @Test
  void offersNothingWhenAVariableIsUsedAfterTheRelease() {
    Fixtures.verifyNoFix(
        PermitNotReleased.class,
        """
        import java.util.concurrent.Semaphore;
        import java.util.concurrent.locks.Lock;
        import java.util.concurrent.locks.ReentrantLock;
        abstract class In {
          private final Semaphore permits = new Semaphore(4);
          private final Lock lock = new ReentrantLock();
          abstract int load();
          int method() throws InterruptedException {
            permits.acquire();
            int row = load();
            permits.release();
            return row;
          }
        }
        """);
  }

  @Test
  void offersNothingForATryWithCatches() {
    Fixtures.verifyNoFix(
        PermitNotReleased.class,
        """
        import java.util.concurrent.Semaphore;
        import java.util.concurrent.locks.Lock;
        import java.util.concurrent.locks.ReentrantLock;
        abstract class In {
          private final Semaphore permits = new Semaphore(4);
          private final Lock lock = new ReentrantLock();
          abstract int load();
          void method() throws InterruptedException {
            permits.acquire();
            load();
            try {
              load();
            } catch (IllegalStateException e) {
              System.out.println(e);
            } finally {
              permits.release();
            }
          }
        }
        """);
  }

  @Test
  void offersNothingForATryWithResources() {
    Fixtures.verifyNoFix(
        PermitNotReleased.class,
        """
        import java.util.concurrent.Semaphore;
        import java.util.concurrent.locks.Lock;
        import java.util.concurrent.locks.ReentrantLock;
        abstract class In {
          private final Semaphore permits = new Semaphore(4);
          private final Lock lock = new ReentrantLock();
          abstract int load();
          void method(java.io.Closeable file) throws Exception {
            permits.acquire();
            load();
            try (file) {
              load();
            } finally {
              permits.release();
            }
          }
        }
        """);
  }

  @Test
  void offersNothingWhenTheReleaseIsInAnotherBlock() {
    Fixtures.verifyNoFix(
        PermitNotReleased.class,
        """
        import java.util.concurrent.Semaphore;
        import java.util.concurrent.locks.Lock;
        import java.util.concurrent.locks.ReentrantLock;
        abstract class In {
          private final Semaphore permits = new Semaphore(4);
          private final Lock lock = new ReentrantLock();
          abstract int load();
          void method(boolean ready) throws InterruptedException {
            permits.acquire();
            load();
            if (ready) {
              permits.release();
            }
          }
        }
        """);
  }

  @Test
  void offersNothingForAConditionalAcquire() {
    Fixtures.verifyNoFix(
        PermitNotReleased.class,
        """
        import java.util.concurrent.Semaphore;
        import java.util.concurrent.locks.Lock;
        import java.util.concurrent.locks.ReentrantLock;
        abstract class In {
          private final Semaphore permits = new Semaphore(4);
          private final Lock lock = new ReentrantLock();
          abstract int load();
          void method() {
            if (permits.tryAcquire()) {
              load();
              permits.release();
            }
          }
        }
        """);
  }

  @Test
  void offersNothingWhenTheReleaseUsesAVariable() {
    Fixtures.verifyNoFix(
        PermitNotReleased.class,
        """
        import java.util.concurrent.Semaphore;
        import java.util.concurrent.locks.Lock;
        import java.util.concurrent.locks.ReentrantLock;
        abstract class In {
          private final Semaphore permits = new Semaphore(4);
          private final Lock lock = new ReentrantLock();
          abstract int load();
          void method() throws InterruptedException {
            permits.acquire(2);
            int more = load();
            permits.release(more);
          }
        }
        """);
  }

  @Test
  void offersNothingWhenTheFinallyUsesAVariable() {
    Fixtures.verifyNoFix(
        PermitNotReleased.class,
        """
        import java.util.concurrent.Semaphore;
        import java.util.concurrent.locks.Lock;
        import java.util.concurrent.locks.ReentrantLock;
        abstract class In {
          private final Semaphore permits = new Semaphore(4);
          private final Lock lock = new ReentrantLock();
          abstract int load();
          void method() throws InterruptedException {
            permits.acquire();
            int row = load();
            try {
              load();
            } finally {
              System.out.println(row);
              permits.release();
            }
          }
        }
        """);
  }
}
