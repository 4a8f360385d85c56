package dev.bowline.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs test classes that leak, and ends what they have left. */
final class Samples {
  private static final CountDownLatch NEVER = new CountDownLatch(1);
  private static final List<Thread> LEFT = new CopyOnWriteArrayList<>();
  private static final long JOIN_MILLIS = 10_000;

  private final Map<String, String> parameters = new TreeMap<>();

  /** What failed, by its name: of a test its method, of a class its simple name. */
  private final Map<String, String> failures = new TreeMap<>();

  private final List<String> skipped = new CopyOnWriteArrayList<>();

  /** Starts a thread that ends when it is interrupted. */
  @CanIgnoreReturnValue
  static Thread leak(String name) {
    Thread thread = new Thread(Samples::block, name);
    LEFT.add(thread);
    thread.start();
    return thread;
  }

  /** The same of a thread that does not inherit who has started it. */
  static void leakWithoutOrigin(String name) {
    Thread thread = new Thread(null, Samples::block, name, 0, false);
    LEFT.add(thread);
    thread.start();
  }

  /** The same of a virtual thread, which is newer than what tests compile for. */
  @CanIgnoreReturnValue
  static Thread leakVirtual() throws ReflectiveOperationException {
    Runnable body = Samples::block;
    Thread thread =
        (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
    LEFT.add(thread);
    return thread;
  }

  /** For threads that others start: they are ended in the end. */
  static Thread made(Runnable body, String name) {
    Thread thread = new Thread(body, name);
    LEFT.add(thread);
    return thread;
  }

  /** Blocks until the thread is interrupted. */
  static void block() {
    try {
      NEVER.await();
    } catch (InterruptedException e) {
      // that is how it ends
    }
  }

  Samples with(String parameter, String value) {
    parameters.put(parameter, value);
    return this;
  }

  /** Runs the classes in one run of JUnit. */
  void run(Class<?>... classes) {
    DiscoverySelector[] selectors =
        Stream.of(classes).map(DiscoverySelectors::selectClass).toArray(DiscoverySelector[]::new);
    var events =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectors)
            .configurationParameters(parameters)
            .execute()
            .allEvents()
            .list();
    for (Event event : events) {
      String name = event.getTestDescriptor().getDisplayName();
      switch (event.getType()) {
        case FINISHED -> {
          TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
          result.getThrowable().ifPresent(failure -> failures.put(name, text(failure)));
        }
        case SKIPPED -> skipped.add(name);
        default -> {}
      }
    }
  }

  Map<String, String> failures() {
    return failures;
  }

  List<String> skipped() {
    return skipped;
  }

  /** Ends all threads that were left. */
  static void endLeft() throws InterruptedException {
    for (Thread thread : LEFT) {
      thread.interrupt();
      thread.join(JOIN_MILLIS);
      if (thread.isAlive()) {
        throw new AssertionError(thread + " does not end");
      }
    }
    LEFT.clear();
  }

  /** With what it was caused by and what was suppressed. */
  private static String text(Throwable failure) {
    StringBuilder text = new StringBuilder(String.valueOf(failure.getMessage()));
    if (failure.getCause() != null) {
      text.append("\ncause: ").append(failure.getCause());
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      text.append("\nsuppressed: ").append(text(suppressed));
    }
    return text.toString();
  }
}
