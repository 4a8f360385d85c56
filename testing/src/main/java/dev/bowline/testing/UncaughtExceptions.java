package dev.bowline.testing;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a test of what escapes from threads that it has started. Threads with a handler of their
 * own do not come here.
 */
final class UncaughtExceptions implements UncaughtExceptionHandler {
  private static boolean installed; // guarded by the class

  private final @Nullable UncaughtExceptionHandler before;

  private UncaughtExceptions(@Nullable UncaughtExceptionHandler before) {
    this.before = before;
  }

  /** Listens from now on, and passes on all that it hears. */
  static synchronized void listen() {
    if (!installed) {
      installed = true;
      Thread.setDefaultUncaughtExceptionHandler(
          new UncaughtExceptions(Thread.getDefaultUncaughtExceptionHandler()));
    }
  }

  /** What a test fails with; null if nothing has escaped. */
  static @Nullable AssertionError failure(String test, List<Throwable> thrown) {
    if (thrown.isEmpty()) {
      return null;
    }
    AssertionError failure =
        new AssertionError(
            thrown.get(0) + " escaped from a thread started by " + test, thrown.get(0));
    failure.setStackTrace(new StackTraceElement[0]); // ours says nothing
    thrown.subList(1, thrown.size()).forEach(failure::addSuppressed);
    return failure;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    Origin origin = Origin.current(); // the handler runs on the thread that ends
    if (origin != null) {
      origin.scope().threw(thrown);
    }
    if (before != null) {
      before.uncaughtException(thread, thrown);
    } else { // as the JDK does without a handler
      System.err.print("Exception in thread \"" + thread.getName() + "\" ");
      thrown.printStackTrace();
    }
  }
}
