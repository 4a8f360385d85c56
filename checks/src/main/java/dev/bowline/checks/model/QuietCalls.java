package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Symbol.MethodSymbol;

/**
 * Calls that could throw, and in practice do not: clocks, atomics, locks, signals and loggers. They
 * stand everywhere, and code that calls nothing else is taken to end normally.
 */
public final class QuietCalls {
  private static final MethodTable QUIET =
      MethodTable.of(
          ImmutableList.of(
              "java.lang.System#currentTimeMillis",
              "java.lang.System#nanoTime",
              "java.lang.Thread#currentThread",
              "java.lang.Thread#interrupt",
              "java.util.concurrent.CountDownLatch#countDown",
              "java.util.concurrent.Future#cancel",
              "java.util.concurrent.Future#isDone",
              "java.util.concurrent.Semaphore#*",
              "java.util.concurrent.TimeUnit#to*",
              "java.util.concurrent.locks.Condition#signal*",
              "java.util.concurrent.locks.Lock#*",
              "java.util.concurrent.locks.ReadWriteLock#*",
              "java.util.concurrent.locks.StampedLock#*",
              "java.util.concurrent.atomic.AtomicBoolean#*",
              "java.util.concurrent.atomic.AtomicInteger#*",
              "java.util.concurrent.atomic.AtomicLong#*",
              "java.util.concurrent.atomic.AtomicReference#*",
              "java.util.logging.Logger#*",
              "org.apache.logging.log4j.Logger#*",
              "org.slf4j.Logger#*"));

  private QuietCalls() {}

  /** Whether this method is taken not to throw. */
  public static boolean contains(MethodSymbol method, VisitorState state) {
    return QUIET.contains(method, state);
  }
}
