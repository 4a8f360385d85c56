package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import java.util.regex.Pattern;

/**
 * Calls on which no code founders that runs at all: on collections, strings, numbers, clocks and
 * loggers, accessors, and calls whose name says that they keep exceptions to themselves.
 */
final class HarmlessCalls {
  private static final MethodTable HARMLESS =
      MethodTable.of(
          ImmutableList.of(
              "java.lang.Object#equals",
              "java.lang.Object#hashCode",
              "java.lang.Object#toString",
              "java.lang.Object#getClass",
              "java.lang.Object#notify*",
              "java.lang.CharSequence#*",
              "java.lang.Appendable#append",
              "java.lang.Boolean#*",
              "java.lang.Character#*",
              "java.lang.Class#*",
              "java.lang.Comparable#compareTo",
              "java.lang.Enum#name",
              "java.lang.Enum#ordinal",
              "java.lang.Enum#values",
              "java.lang.Iterable#*",
              "java.lang.Math#*",
              "java.lang.Number#byteValue",
              "java.lang.Number#doubleValue",
              "java.lang.Number#floatValue",
              "java.lang.Number#intValue",
              "java.lang.Number#longValue",
              "java.lang.Integer#valueOf",
              "java.lang.Integer#compare",
              "java.lang.Integer#toString",
              "java.lang.Long#valueOf",
              "java.lang.Long#compare",
              "java.lang.Long#toString",
              "java.lang.Runtime#freeMemory",
              "java.lang.Runtime#maxMemory",
              "java.lang.Runtime#totalMemory",
              "java.lang.Runtime#availableProcessors",
              "java.lang.String#*",
              "java.lang.StringBuilder#*",
              "java.lang.System#arraycopy",
              "java.lang.System#exit",
              "java.lang.System#gc",
              "java.lang.System#identityHashCode",
              "java.lang.Thread#*",
              "java.lang.ThreadLocal#*",
              "java.lang.ref.Reference#*",
              "java.io.PrintStream#*",
              "java.time.Clock#*",
              "java.time.Duration#*",
              "java.time.Instant#*",
              "java.time.LocalDateTime#now",
              "java.util.Arrays#*",
              "java.util.BitSet#*",
              "java.util.Calendar#*",
              "java.util.Collection#*",
              "com.github.benmanes.caffeine.cache.Cache#cleanUp",
              "com.google.common.cache.Cache#cleanUp",
              "java.util.Collections#*",
              "java.util.Comparator#*",
              "java.util.Date#*",
              "java.util.Enumeration#*",
              "java.util.Iterator#*",
              "java.util.Map#*",
              "java.util.Map.Entry#*",
              "java.util.Objects#*",
              "java.util.Optional#*",
              "java.util.OptionalInt#*",
              "java.util.OptionalLong#*",
              "java.util.Random#*",
              "java.util.Timer#cancel",
              "java.util.Timer#purge",
              "java.util.TimerTask#*",
              "java.util.UUID#randomUUID",
              "java.util.concurrent.CompletableFuture#complete*",
              "java.util.concurrent.CountDownLatch#*",
              "java.util.concurrent.CyclicBarrier#await",
              "java.util.concurrent.Exchanger#exchange",
              "java.util.concurrent.Executor#execute",
              "java.util.concurrent.ExecutorService#shutdown*",
              "java.util.concurrent.ExecutorService#submit",
              "java.util.concurrent.Phaser#*",
              "java.util.concurrent.ScheduledExecutorService#*",
              "java.util.concurrent.TimeUnit#*",
              "java.util.concurrent.atomic.AtomicIntegerArray#*",
              "java.util.concurrent.atomic.AtomicLongArray#*",
              "java.util.concurrent.atomic.AtomicReferenceArray#*",
              "java.util.concurrent.atomic.AtomicIntegerFieldUpdater#*",
              "java.util.concurrent.atomic.AtomicLongFieldUpdater#*",
              "java.util.concurrent.atomic.AtomicReferenceFieldUpdater#*",
              "java.util.concurrent.atomic.DoubleAdder#*",
              "java.util.concurrent.atomic.LongAdder#*",
              "java.util.concurrent.locks.Condition#*",
              "java.util.concurrent.locks.LockSupport#*",
              "java.util.stream.BaseStream#*",
              "java.util.stream.Collectors#*",
              "java.lang.System.Logger#*",
              "ch.qos.logback.classic.Logger#*",
              "com.google.common.base.Stopwatch#*",
              "com.google.common.util.concurrent.AtomicDouble#*",
              "com.google.common.util.concurrent.AtomicDoubleArray#*",
              "com.google.common.flogger.AbstractLogger#*",
              "com.google.common.flogger.LoggingApi#*",
              "io.netty.util.internal.logging.InternalLogger#*",
              "org.apache.commons.logging.Log#*",
              "org.apache.juli.logging.Log#*",
              "org.apache.log4j.Category#*",
              "org.apache.logging.log4j.LogBuilder#*",
              "org.jboss.logging.BasicLogger#*",
              "org.slf4j.MDC#*",
              "org.slf4j.spi.LoggingEventBuilder#*"));

  /** Getters and clocks. */
  private static final Pattern ACCESSOR =
      Pattern.compile("(get|is|has)\\p{Lu}\\w*|size|length|\\w*([nN]ow|Millis|Nanos|nanoTime)");

  /** {@code runSafely}, {@code closeQuietly}, {@code withLogging}; {@code unsafe} says nothing. */
  private static final Pattern GUARDED =
      Pattern.compile(
          "(?i)(|.*[^n])safe.*|.*(quiet|guard|wrap|protect|swallow|logging|ignor(e|ing)Exc|AndLog).*"
              + "|catch(All|Any|Ex|Throw|Err|ing).*");

  /** Of loggers that are a program's own. */
  private static final Pattern LOGS =
      Pattern.compile("trace|debug|fine|info|warn|warning|error|fatal|severe");

  private HarmlessCalls() {}

  /** Whether a call of this method is taken not to throw. */
  static boolean contains(MethodSymbol method, VisitorState state) {
    return HARMLESS.contains(method, state) || QuietCalls.contains(method, state);
  }

  /**
   * Whether the name alone says so: of a getter, of a method that logs a text, or of one that
   * handles exceptions.
   */
  static boolean isNamedSo(MethodSymbol method) {
    return GUARDED.matcher(method.getSimpleName()).matches()
        || (LOGS.matcher(method.getSimpleName()).matches()
            && !method.getParameters().isEmpty()
            && method.getParameters().get(0).type.tsym.getSimpleName().contentEquals("String"))
        || (method.getParameters().isEmpty() && ACCESSOR.matcher(method.getSimpleName()).matches());
  }
}
