package dev.bowline;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/** How thoroughly all suites look. */
final class Interleavings {
  /** How many each scenario is run in. */
  private static final int COUNT = Integer.getInteger("interleavings", 300);

  private static final int LIMIT_SECONDS = 30;

  private Interleavings() {}

  /** Part of a scenario. */
  interface Step {
    void run() throws Exception;
  }

  /** Runs a scenario in many interleavings of the threads that it starts; none may throw. */
  static void explore(Step scenario) throws Exception {
    // Once outside, or a thread that has to stop while it initializes a class would block others in
    // a way that Lincheck does not see.
    FutureTask<Void> rehearsal =
        new FutureTask<>(
            () -> {
              scenario.run();
              return null;
            });
    Thread thread = new Thread(rehearsal);
    thread.setDaemon(true);
    thread.start();
    rehearsal.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    Lincheck.runConcurrentTest(
        COUNT,
        () -> {
          try {
            scenario.run();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  /** Runs the steps on a thread each, the last one on the calling thread, and waits for all. */
  static void together(Step... steps) throws Exception {
    int others = steps.length - 1;
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    Thread[] threads = new Thread[others];
    for (int i = 0; i < others; i++) {
      Step step = steps[i];
      threads[i] =
          new Thread(
              () -> {
                try {
                  step.run();
                } catch (Throwable e) {
                  thrown.add(e);
                }
              });
      threads[i].start();
    }
    steps[others].run();
    for (Thread thread : threads) {
      thread.join();
    }
    for (Throwable e : thrown) {
      throw new AssertionError(e);
    }
  }

  /** What a call returned, or null if it was stopped by the end of its context. */
  static <T> T unlessCancelled(Callable<T> call) throws Exception {
    try {
      return call.call();
    } catch (CancelledException e) {
      return null;
    }
  }

  /** Random operations on few threads, compared with a class that does the same on one. */
  static ModelCheckingOptions against(Class<?> sequential) {
    return new ModelCheckingOptions()
        .iterations(10)
        .invocationsPerIteration(COUNT)
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(1)
        .actorsAfter(1)
        .sequentialSpecification(sequential);
  }
}
