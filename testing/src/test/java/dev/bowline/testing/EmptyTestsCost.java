package dev.bowline.testing;

import java.util.Arrays;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Measures what the detector adds to a test that does nothing. A program, not a test:
 *
 * <pre>java -cp (test class path) dev.bowline.testing.EmptyTestsCost</pre>
 */
final class EmptyTestsCost {
  private static final int TESTS = 10_000;
  private static final int ROUNDS = 11;

  private EmptyTestsCost() {}

  public static void main(String[] args) {
    Class<?>[] classes = {Plain.class, ByClass.class, ByMethod.class};
    double[][] micros = new double[classes.length][ROUNDS];
    for (int round = -3; round < ROUNDS; round++) { // those below 0 warm up
      for (int i = 0; i < classes.length; i++) {
        double took = run(classes[i]);
        if (round >= 0) {
          micros[i][round] = took;
        }
      }
    }
    for (int i = 0; i < classes.length; i++) {
      Arrays.sort(micros[i]);
      System.out.printf(
          "%s: %.1f us per test (%.1f to %.1f)%n",
          classes[i].getSimpleName(), micros[i][ROUNDS / 2], micros[i][0], micros[i][ROUNDS - 1]);
    }
  }

  private static double run(Class<?> type) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(type))
            .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
            .build();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    long start = System.nanoTime();
    LauncherFactory.create().execute(request, summary);
    long took = System.nanoTime() - start;
    long passed = summary.getSummary().getTestsSucceededCount();
    if (passed != TESTS) {
      throw new IllegalStateException(passed + " tests of " + type + " passed");
    }
    return took / 1000.0 / TESTS;
  }

  static class Plain {
    @RepeatedTest(TESTS)
    void nothing() {}
  }

  @NoThreadLeaks
  static class ByClass {
    @RepeatedTest(TESTS)
    void nothing() {}
  }

  @NoThreadLeaks(scope = NoThreadLeaks.Scope.METHOD)
  static class ByMethod {
    @RepeatedTest(TESTS)
    void nothing() {}
  }
}
