package dev.bowline.testing;

import static dev.bowline.testing.ThreadLeaksTest.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.bowline.testing.quiet.Quiet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of all kinds, those that run at the same time, and what other extensions end. */
@Timeout(120)
final class LeaksByKindTest {
  private final Samples samples = new Samples();

  @BeforeEach
  void nobodyWaits() {
    BOTH.reset();
  }

  @AfterEach
  void endLeft() throws InterruptedException {
    Samples.endLeft();
  }

  @Test
  @DisplayName("case 86: what a package ignores adds up, too")
  void packages() {
    Quiet.leakBy(Samples::leak);
    samples.run(Quiet.class);
    assertEquals(Set.of("leaksOne()"), samples.failures().keySet());
    assertContains("1 thread leaked by Quiet.leaksOne", samples.failures().get("leaksOne()"));
    assertContains("\"of-nobody\"", samples.failures().get("leaksOne()"));
  }

  @Test
  @DisplayName("case 84: the leak of a dynamic test is one of its factory")
  void dynamicTests() {
    samples.run(Dynamic.class);
    assertEquals(Set.of("factory()"), samples.failures().keySet());
    assertContains(
        "1 thread leaked by LeaksByKindTest.Dynamic.factory", samples.failures().get("factory()"));
  }

  @Test
  @DisplayName("case 84: only that invocation of a parameterized test fails that leaks")
  void parameterizedTests() {
    samples.run(Parameterized.class);
    assertEquals(Set.of("2"), samples.failures().keySet());
    assertContains(
        "1 thread leaked by LeaksByKindTest.Parameterized.test", samples.failures().get("2"));
  }

  @Test
  @DisplayName("case 84: a leak of a nested class's test is charged to that test")
  void nestedTests() {
    samples.run(Outer.class);
    assertEquals(Set.of("leaks()"), samples.failures().keySet());
    assertContains(
        "1 thread leaked by LeaksByKindTest.Outer.Inner.leaks", samples.failures().get("leaks()"));
  }

  @Test
  @DisplayName("case 90: a thread that cannot be attributed is charged to nobody")
  void unattributable() {
    parallel().run(Unattributable.class, Innocent.class);
    assertEquals(Map.of(), samples.failures());
  }

  @Test
  @Tag("jdk25")
  @DisplayName("case 90: of parallel tests with virtual threads only the guilty one fails")
  void virtualThreads() {
    parallel().run(Virtual.class);
    assertEquals(Set.of("guilty()"), samples.failures().keySet());
    assertContains("1 thread leaked", samples.failures().get("guilty()"));
    assertContains(" virtual, ", samples.failures().get("guilty()"));
  }

  @Test
  void extensionsThatEndAPoolInTime() {
    samples.run(EndedAfterEach.class, EndedAfterAll.class, PoolFirst.class);
    assertEquals(Map.of(), samples.failures());
  }

  @Test
  void resourcesThatEndAPoolWhenTheirStoreIsClosed() {
    samples.run(ResourceOfMethod.class, ResourceOfClass.class, ResourceFirst.class);
    assertEquals(Map.of(), samples.failures());
  }

  @Test
  void anExtensionThatEndsNothing() {
    samples.run(NeverEnded.class);
    assertEquals(Set.of("LeaksByKindTest$NeverEnded"), samples.failures().keySet());
  }

  private Samples parallel() {
    return samples
        .with("junit.jupiter.execution.parallel.enabled", "true")
        .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "2");
  }

  @NoThreadLeaks(lingerMillis = 100, scope = NoThreadLeaks.Scope.METHOD)
  static class Dynamic {
    @TestFactory
    Stream<DynamicTest> factory() {
      return Stream.of(
          dynamicTest("leaks", () -> Samples.leak("dynamic")), dynamicTest("does not", () -> {}));
    }

    @TestFactory
    Stream<DynamicTest> clean() {
      return Stream.of(dynamicTest("does not", () -> {}));
    }
  }

  @NoThreadLeaks(lingerMillis = 100, scope = NoThreadLeaks.Scope.METHOD)
  static class Parameterized {
    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {1, 2, 3})
    void test(int number) {
      if (number == 2) {
        Samples.leak("second");
      }
    }
  }

  @NoThreadLeaks(lingerMillis = 100, scope = NoThreadLeaks.Scope.METHOD)
  static class Outer {
    @Test
    void passes() {}

    @Nested
    class Inner {
      @Test
      void leaks() {
        Samples.leak("nested");
      }

      @Test
      void passesToo() {}
    }
  }

  private static final CyclicBarrier BOTH = new CyclicBarrier(2);

  private static void meet() throws Exception {
    BOTH.await(10, TimeUnit.SECONDS);
  }

  @NoThreadLeaks(lingerMillis = 100)
  @Execution(ExecutionMode.CONCURRENT)
  static class Unattributable {
    @Test
    void test() throws Exception {
      meet();
      Samples.leakWithoutOrigin("from nowhere");
      meet();
    }
  }

  @NoThreadLeaks(lingerMillis = 100)
  @Execution(ExecutionMode.CONCURRENT)
  static class Innocent {
    @Test
    void test() throws Exception {
      meet();
      meet();
    }
  }

  @NoThreadLeaks(lingerMillis = 100, scope = NoThreadLeaks.Scope.METHOD)
  @Execution(ExecutionMode.CONCURRENT)
  static class Virtual {
    @Test
    void guilty() throws Exception {
      meet();
      Samples.leakVirtual();
      meet();
      meet();
    }

    @Test
    void innocent() throws Exception {
      meet();
      meet();
      Thread own = Samples.leakVirtual();
      own.interrupt();
      own.join(10_000);
      assertTrue(!own.isAlive());
      meet();
    }
  }

  /** A pool with a thread, for the tests of a class. */
  static class Pool {
    private ExecutorService executor;

    /** Starts no thread yet. */
    void open() {
      executor = Executors.newSingleThreadExecutor(body -> Samples.made(body, "of extension"));
    }

    /** Starts its thread at the latest now. */
    void use() throws Exception {
      Future<?> work = executor.submit(() -> {});
      work.get(10, TimeUnit.SECONDS);
    }

    void end() throws InterruptedException {
      executor.shutdown();
      assertTrue(executor.awaitTermination(10, TimeUnit.SECONDS));
    }
  }

  static class PerTest extends Pool implements BeforeEachCallback, AfterEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
      open();
      use();
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
      end();
    }
  }

  static class PerClass extends Pool implements BeforeAllCallback, AfterAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
      open();
      use();
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
      end();
    }
  }

  static class Forgetful implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      Samples.leak("of extension");
    }
  }

  @NoThreadLeaks(lingerMillis = 100, scope = NoThreadLeaks.Scope.METHOD)
  @ExtendWith(PerTest.class)
  static class EndedAfterEach {
    @Test
    void test() {}
  }

  @NoThreadLeaks(lingerMillis = 100)
  @ExtendWith(PerClass.class)
  static class EndedAfterAll {
    @Test
    void test() {}
  }

  @ExtendWith({PerTest.class, PerClass.class})
  @NoThreadLeaks(lingerMillis = 100)
  static class PoolFirst {
    @Test
    void test() {}
  }

  @NoThreadLeaks(lingerMillis = 100)
  @ExtendWith(Forgetful.class)
  static class NeverEnded {
    @Test
    void test() {}
  }

  /** What JUnit closes with the store that it is in: until 5.12 by the one type, then the other. */
  @SuppressWarnings("deprecation") // the other type, which is all that 5.10 has
  static final class Resource extends Pool
      implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    @Override
    public void close() {
      try {
        end();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted before the pool had ended", e);
      }
    }
  }

  private static void addResource(ExtensionContext context) {
    Resource resource = new Resource();
    resource.open();
    context.getStore(ExtensionContext.Namespace.GLOBAL).put(Resource.class, resource);
  }

  /** Its pool starts the thread in the test. */
  private static void useResource(ExtensionContext context) throws Exception {
    context.getStore(ExtensionContext.Namespace.GLOBAL).get(Resource.class, Resource.class).use();
  }

  static class ForTest implements BeforeEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
      addResource(context);
      useResource(context);
    }
  }

  static class ForClass implements BeforeAllCallback, BeforeEachCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      addResource(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
      useResource(context);
    }
  }

  @NoThreadLeaks(lingerMillis = 100, scope = NoThreadLeaks.Scope.METHOD)
  @ExtendWith(ForTest.class)
  static class ResourceOfMethod {
    @Test
    void test() {}
  }

  @NoThreadLeaks(lingerMillis = 100)
  @ExtendWith(ForClass.class)
  static class ResourceOfClass {
    @Test
    void test() {}
  }

  @ExtendWith(ForClass.class)
  @NoThreadLeaks(lingerMillis = 100)
  static class ResourceFirst {
    @Test
    void test() {}
  }
}
