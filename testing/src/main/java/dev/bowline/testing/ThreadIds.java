package dev.bowline.testing;

/** The numbers of threads, which the JDK gives in the order in which it makes them. */
final class ThreadIds {
  /** Who holds it takes numbers and nobody else does; threads are made all the same. */
  static final Object LOCK = new Object();

  /** So that the threads made here, which are never started, count in no group of the user's. */
  private static final ThreadGroup GROUP = new ThreadGroup("bowline-thread-ids");

  private static long taken; // guarded by LOCK
  private static long last; // guarded by LOCK
  private static long beforeLast; // guarded by LOCK
  private static long afterMark; // guarded by LOCK

  private ThreadIds() {}

  /** Takes the next number: older threads have smaller ones, newer threads larger ones. */
  static long next() {
    synchronized (LOCK) {
      taken++;
      beforeLast = last;
      last = new Thread(GROUP, null, "bowline-thread-id", 0, false).getId();
      if (afterMark == 0) {
        afterMark = last;
      }
      return last;
    }
  }

  /** Returns how many threads, started or not, were made in this process by others than us. */
  static long made() {
    synchronized (LOCK) {
      return next() - taken;
    }
  }

  /** Returns the number that was taken before the last one. */
  static long beforeLast() {
    synchronized (LOCK) {
      return beforeLast;
    }
  }

  /** From now on {@link #afterMark} is the number that is taken next. */
  static void mark() {
    synchronized (LOCK) {
      afterMark = 0;
    }
  }

  /** Returns the number that was taken first after the last mark. */
  static long afterMark() {
    synchronized (LOCK) {
      return afterMark;
    }
  }
}
