package dev.bowline.testing;

import static dev.bowline.testing.ThreadLeaksTest.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the extension makes of test classes, run by JUnit's own kit. */
@Timeout(120)
final class NoThreadLeaksTest {
  private static final String LEAKS = "bowline.leaks";

  private final Samples samples = new Samples();

  @BeforeEach
  void plantNothing() {
    place = null;
  }

  @AfterEach
  void endLeft() throws InterruptedException {
    Samples.endLeft();
  }

  /** Where the thread of a sample is started. */
  enum Place {
    CLASS_INIT,
    BEFORE_ALL,
    CONSTRUCTOR,
    BEFORE_EACH,
    TEST,
    AFTER_EACH,
    AFTER_ALL
  }

  private static volatile Place place;

  private static void at(Place here) {
    if (place == here) {
      Samples.leak("planted");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("case 84: a leak anywhere is charged to the class with scope CLASS")
  void placesOfClass(Place where) {
    place = where;
    samples.run(where == Place.CLASS_INIT ? InitOfClass.class : ByClass.class);
    assertEquals(1, samples.failures().size(), samples.failures()::toString);
    assertMatches("Class \\(alive \\d+\\.\\d s after its last test\\)", onlyFailure());
    assertFalse(samples.failures().containsKey("test()"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("case 84: a leak is charged to its test with scope METHOD, or else to the class")
  void placesOfMethod(Place where) {
    place = where;
    samples.run(where == Place.CLASS_INIT ? InitOfMethod.class : ByMethod.class);
    boolean ofClass =
        where == Place.CLASS_INIT || where == Place.BEFORE_ALL || where == Place.AFTER_ALL;
    assertEquals(1, samples.failures().size(), samples.failures()::toString);
    assertEquals(!ofClass, samples.failures().containsKey("test()"));
    assertMatches(
        ofClass
            ? "Method \\(alive \\d+\\.\\d s after its last test\\)"
            : "ByMethod\\.test \\(alive \\d+\\.\\d s after the test ended\\)",
        onlyFailure());
  }

  @Test
  @DisplayName("case 84: the constructor of an instance for the whole class is in its class")
  void perClass() {
    samples.run(PerClass.class);
    assertEquals(Set.of("NoThreadLeaksTest$PerClass"), samples.failures().keySet());
  }

  @Test
  @DisplayName("case 84: nested classes, repeated tests: the outermost class is charged, once")
  void nested() {
    samples.run(Outer.class);
    assertEquals(Set.of("NoThreadLeaksTest$Outer"), samples.failures().keySet());
    assertContains("2 threads leaked by NoThreadLeaksTest.Outer", onlyFailure());
  }

  @Test
  @DisplayName("case 85: a thread that ends in the time to linger is no leak")
  void lingers() {
    samples.run(Lingering.class);
    assertEquals(Map.of(), samples.failures());
  }

  @Test
  @DisplayName("case 86: what is ignored adds up over method, class, superclass and outer class")
  void accumulates() {
    samples.run(Accumulating.Inner.class);
    assertEquals(Set.of("leaksOne()"), samples.failures().keySet());
    assertContains("1 thread leaked", onlyFailure());
    assertContains("\"none\"", onlyFailure());
  }

  @Test
  @DisplayName("case 90: of parallel tests only the guilty one fails")
  void parallelMethods() {
    samples
        .with("junit.jupiter.execution.parallel.enabled", "true")
        .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
        .run(Parallel.class);
    assertEquals(Set.of("guilty()"), samples.failures().keySet());
    assertContains("\"guilty\"", onlyFailure());
  }

  @Test
  @DisplayName("case 90: of parallel classes only the guilty one fails")
  void parallelClasses() {
    samples
        .with("junit.jupiter.execution.parallel.enabled", "true")
        .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
        .run(ParallelGuilty.class, ParallelInnocent.class);
    assertEquals(Set.of("NoThreadLeaksTest$ParallelGuilty"), samples.failures().keySet());
  }

  @Test
  @DisplayName("case 91: an exception that escapes from a thread fails its test")
  void uncaught() {
    samples.run(Uncaught.class);
    assertEquals(Set.of("throwsElsewhere()", "failsAndThrows()"), samples.failures().keySet());
    assertContains(
        "java.lang.IllegalStateException: boom escaped from a thread started by"
            + " NoThreadLeaksTest.Uncaught.throwsElsewhere\n"
            + "cause: java.lang.IllegalStateException: boom",
        samples.failures().get("throwsElsewhere()"));
    assertContains("suppressed: java.lang.Ill", samples.failures().get("failsAndThrows()"));
  }

  @Test
  @DisplayName("case 92: a thread that ignores its interrupt is reported once, and the run goes on")
  void ignoresInterrupt() {
    samples.run(Stubborn.class, ByClass.class);
    Stubborn.END.countDown();
    assertEquals(Set.of("first()"), samples.failures().keySet());
    assertEquals(List.of(), samples.skipped());
  }

  @Test
  void interruptsWhatItFound() {
    samples.run(Interrupting.class);
    assertContains("1 thread leaked", onlyFailure());
    assertFalse(Interrupting.leak.isAlive());
  }

  @Test
  void abortsTheRun() {
    samples.run(Aborting.class);
    assertEquals(Set.of("first()"), samples.failures().keySet());
    assertEquals(List.of("second()"), samples.skipped());
  }

  @Test
  @DisplayName("case 95: leaks of a test that has failed are not reported, unless told to")
  void failedFirst() {
    samples.run(Failing.class);
    assertEquals(Set.of("fails()", "failsAndReports()"), samples.failures().keySet());
    assertEquals("first", samples.failures().get("fails()"));
    assertContains("first\nsuppressed: 1 thread", samples.failures().get("failsAndReports()"));
  }

  @Test
  @DisplayName("case 95: a failed test hides only what may be its own from its class")
  void failedBesideOthers() {
    samples.run(OneFails.class);
    assertEquals(Set.of("fails()", "NoThreadLeaksTest$OneFails"), samples.failures().keySet());
    String report = samples.failures().get("NoThreadLeaksTest$OneFails");
    assertContains("1 thread leaked by NoThreadLeaksTest.OneFails", report);
    assertContains("started by NoThreadLeaksTest.OneFails.passes at\n", report);
    assertContains("@NoThreadLeaks(ignoreNames = \"of passing\")", report);
  }

  @Test
  void ignoredByParameters() {
    place = Place.TEST;
    samples.with("bowline.leaks.ignoreNames", "other|plan.*").run(ByClass.class);
    assertEquals(Map.of(), samples.failures());
    samples
        .with("bowline.leaks.ignoreNames", "other")
        .with("bowline.leaks.ignoreFrames", "a.B.c, dev.bowline.testing.Samples.block")
        .run(ByMethod.class);
    assertEquals(Map.of(), samples.failures());
    samples
        .with("bowline.leaks.ignoreFrames", "a.B.c")
        .with("bowline.leaks.ignoreCreators", "dev.bowline.testing.NoThreadLeaksTest$Places.test")
        .run(ByMethod.class);
    assertEquals(Map.of(), samples.failures());
  }

  @Test
  void saysWhatIsNoRegularExpression() {
    samples.with("bowline.leaks.ignoreNames", "[").run(ByClass.class);
    assertContains("bowline.leaks.ignoreNames is no regular expression: Unclosed", onlyFailure());
  }

  @Test
  void autoDetected() {
    place = Place.TEST;
    samples.with("junit.jupiter.extensions.autodetection.enabled", "true").run(Plain.class);
    assertEquals(Set.of("NoThreadLeaksTest$Plain"), samples.failures().keySet());
  }

  @Test
  void autoDetectedByMethod() {
    place = Place.TEST;
    samples
        .with("junit.jupiter.extensions.autodetection.enabled", "true")
        .with(LEAKS, "method")
        .run(Plain.class);
    assertEquals(Set.of("test()"), samples.failures().keySet());
  }

  @Test
  void off() {
    place = Place.TEST;
    samples.with(LEAKS, "off").run(ByClass.class);
    assertEquals(Map.of(), samples.failures());
  }

  /** That the first line ends so. */
  private static void assertMatches(String end, String text) {
    String first = text.lines().findFirst().orElse("");
    assertTrue(first.matches(".*" + end), () -> "no <" + end + "> at the end of <" + first + ">");
  }

  private String onlyFailure() {
    assertEquals(1, samples.failures().size(), samples.failures()::toString);
    return samples.failures().values().iterator().next();
  }

  abstract static class Places {
    @BeforeAll
    static void beforeAll() {
      at(Place.BEFORE_ALL);
    }

    Places() {
      at(Place.CONSTRUCTOR);
    }

    @BeforeEach
    void beforeEach() {
      at(Place.BEFORE_EACH);
    }

    @Test
    void test() {
      at(Place.TEST);
    }

    @AfterEach
    void afterEach() {
      at(Place.AFTER_EACH);
    }

    @AfterAll
    static void afterAll() {
      at(Place.AFTER_ALL);
    }
  }

  static class Plain extends Places {}

  @NoThreadLeaks(lingerMillis = 100)
  static class ByClass extends Places {}

  @NoThreadLeaks(lingerMillis = 100, scope = NoThreadLeaks.Scope.METHOD)
  static class ByMethod extends Places {}

  @NoThreadLeaks(lingerMillis = 100)
  static class InitOfClass extends Places {
    static {
      Samples.leak("planted");
    }

    @BeforeAll
    static void early() {}
  }

  @NoThreadLeaks(lingerMillis = 100, scope = NoThreadLeaks.Scope.METHOD)
  static class InitOfMethod extends Places {
    static {
      Samples.leak("planted");
    }

    @BeforeAll
    static void early() {}
  }

  @NoThreadLeaks(lingerMillis = 100)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class PerClass {
    PerClass() {
      Samples.leak("instance");
    }

    @Test
    void test() {}
  }

  @NoThreadLeaks(lingerMillis = 100)
  static class Outer {
    @Nested
    class Inner {
      @RepeatedTest(2)
      void test() {
        Samples.leak("nested");
      }
    }
  }

  @NoThreadLeaks(lingerMillis = 10_000, scope = NoThreadLeaks.Scope.METHOD)
  static class Lingering {
    @Test
    void test() {
      Samples.made(() -> park(200), "lingers").start();
    }

    private static void park(long millis) {
      try {
        boolean unused = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @NoThreadLeaks(
      ignoreNames = "outer",
      ignoreCreators = "dev.bowline.testing.NoThreadLeaksTest$Accumulating.start")
  static class Accumulating {
    static void start() {
      Samples.leak("started");
    }

    @NoThreadLeaks(ignore = Super.class)
    static class Parent {}

    @NoThreadLeaks(ignoreNames = "class", lingerMillis = 100)
    static class Inner extends Parent {
      @Test
      @NoThreadLeaks(ignoreNames = "method")
      void ignoresAll() {
        for (String name : List.of("outer", "super", "class", "method")) {
          Samples.leak(name);
        }
      }

      @Test
      @NoThreadLeaks(ignoreNames = "other")
      void leaksOne() {
        for (String name : List.of("outer", "super", "class", "none")) {
          Samples.leak(name);
        }
        start();
      }

      @Test
      void isNotLookedAt() {}
    }

    static final class Super implements Predicate<Thread> {
      @Override
      public boolean test(Thread thread) {
        return thread.getName().equals("super");
      }
    }
  }

  @NoThreadLeaks(lingerMillis = 100, scope = NoThreadLeaks.Scope.METHOD)
  @Execution(ExecutionMode.CONCURRENT)
  static class Parallel {
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    @Test
    void guilty() throws Exception {
      BOTH.await(10, TimeUnit.SECONDS);
      Thread parent = Samples.made(() -> Samples.leak("guilty"), "parent");
      parent.start();
      parent.join();
      BOTH.await(10, TimeUnit.SECONDS);
      BOTH.await(10, TimeUnit.SECONDS);
    }

    @Test
    void innocent() throws Exception {
      BOTH.await(10, TimeUnit.SECONDS);
      BOTH.await(10, TimeUnit.SECONDS);
      Thread own = Samples.leak("own");
      own.interrupt();
      BOTH.await(10, TimeUnit.SECONDS);
    }
  }

  private static final CyclicBarrier BOTH_CLASSES = new CyclicBarrier(2);

  @NoThreadLeaks(lingerMillis = 100)
  @Execution(ExecutionMode.CONCURRENT)
  static class ParallelGuilty {
    @Test
    void test() throws Exception {
      BOTH_CLASSES.await(10, TimeUnit.SECONDS);
      Samples.leak("guilty");
      BOTH_CLASSES.await(10, TimeUnit.SECONDS);
    }
  }

  @NoThreadLeaks(lingerMillis = 100)
  @Execution(ExecutionMode.CONCURRENT)
  static class ParallelInnocent {
    @Test
    void test() throws Exception {
      BOTH_CLASSES.await(10, TimeUnit.SECONDS);
      BOTH_CLASSES.await(10, TimeUnit.SECONDS);
    }
  }

  @NoThreadLeaks(lingerMillis = 100)
  static class Uncaught {
    private static void boom() throws InterruptedException {
      Thread thread =
          Samples.made(
              () -> {
                throw new IllegalStateException("boom");
              },
              "thrower");
      thread.start();
      thread.join();
    }

    @Test
    void throwsElsewhere() throws InterruptedException {
      boom();
    }

    @Test
    void failsAndThrows() throws InterruptedException {
      boom();
      fail("first");
    }

    @Test
    void passes() {}
  }

  @NoThreadLeaks(lingerMillis = 100, scope = NoThreadLeaks.Scope.METHOD)
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class Stubborn {
    static final CountDownLatch END = new CountDownLatch(1);

    @Test
    @Order(1)
    void first() {
      Samples.made(
              () -> {
                while (END.getCount() > 0) {
                  Samples.block();
                }
              },
              "stubborn")
          .start();
    }

    @Test
    @Order(2)
    void second() {
      assertTrue(END.getCount() > 0);
    }
  }

  @NoThreadLeaks(lingerMillis = 100, afterLeak = NoThreadLeaks.AfterLeak.INTERRUPT)
  static class Interrupting {
    static Thread leak;

    @Test
    void test() {
      leak = Samples.leak("interrupted");
    }
  }

  @NoThreadLeaks(
      lingerMillis = 100,
      scope = NoThreadLeaks.Scope.METHOD,
      afterLeak = NoThreadLeaks.AfterLeak.ABORT_RUN)
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class Aborting {
    @Test
    @Order(1)
    void first() {
      Samples.leak("left");
    }

    @Test
    @Order(2)
    void second() {}
  }

  @NoThreadLeaks(lingerMillis = 100, scope = NoThreadLeaks.Scope.METHOD)
  static class Failing {
    @Test
    void fails() {
      Samples.leak("left");
      fail("first");
    }

    @Test
    @NoThreadLeaks(runOnFailure = true)
    void failsAndReports() {
      Samples.leak("left");
      fail("first");
    }
  }

  @NoThreadLeaks(lingerMillis = 100)
  static class OneFails {
    @Test
    void fails() {
      Samples.leak("of failing");
      Samples.leakWithoutOrigin("of nobody");
      fail("first");
    }

    @Test
    void passes() {
      Samples.leak("of passing");
    }
  }
}
