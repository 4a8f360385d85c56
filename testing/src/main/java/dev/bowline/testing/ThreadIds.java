package dev.bowline.testing;

/** The numbers of threads, which the JDK gives in the order in which it makes them. */
final class ThreadIds {
  /** So that the threads made here, which are never started, count in no group of the user's. */
  private static final ThreadGroup GROUP = new ThreadGroup("bowline-thread-ids");

  private static long taken; // guarded by the class

  private ThreadIds() {}

  /** Takes the next number: older threads have smaller ones, newer threads larger ones. */
  static synchronized long next() {
    taken++;
    return new Thread(GROUP, null, "bowline-thread-id", 0, false).getId();
  }

  /** Returns how many threads, started or not, were made in this process by others than us. */
  static synchronized long made() {
    return next() - taken;
  }
}
