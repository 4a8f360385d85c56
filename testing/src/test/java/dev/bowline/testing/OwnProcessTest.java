package dev.bowline.testing;

import static dev.bowline.testing.ThreadLeaksTest.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** What only a process of its own can show: how it starts, and how it ends. */
@Timeout(120)
final class OwnProcessTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("case 94: JUnit finds the extension by itself, and the class with the leak fails")
  void extensionIsFound() throws Exception {
    Child child =
        Child.run(
            folder,
            List.of("-Djunit.jupiter.extensions.autodetection.enabled=true"),
            Session.class);
    assertEquals(0, child.status(), child.output());
    assertContains("1 passed", child.output());
    assertContains("failed: 1 thread leaked by OwnProcessTest.Leaking (alive ", child.output());
    assertContains("\"left-behind\" platform", child.output());
    assertFalse(child.output().contains("After all tests"), child.output());
  }

  @Test
  @DisplayName("case 94: JUnit finds the session listener by itself, and the process fails")
  void sessionListenerIsFound() throws Exception {
    Child child =
        Child.run(
            folder,
            List.of("-Djunit.jupiter.extensions.autodetection.enabled=true", "-Dbowline.leaks=jvm"),
            Session.class);
    assertNotEquals(0, child.status(), child.output());
    assertContains("1 passed", child.output());
    assertFalse(child.output().contains("failed: "), child.output());
    assertContains("After all tests: 1 thread leaked (waited ", child.output());
    assertContains("\"left-behind\" platform", child.output());
  }

  @Test
  @DisplayName("case 94: what the session listener only reports does not fail the process")
  void sessionListenerOnlyReports() throws Exception {
    Child child =
        Child.run(
            folder, List.of("-Dbowline.leaks=jvm", "-Dbowline.leaks.jvm=report"), Session.class);
    assertEquals(0, child.status(), child.output());
    assertContains("After all tests: 1 thread leaked (waited ", child.output());
  }

  @Test
  @DisplayName("case 94: nothing is said of a run in which nothing was asked for")
  void silent() throws Exception {
    Child child =
        Child.run(
            folder,
            List.of("-Djunit.jupiter.extensions.autodetection.enabled=false"),
            Session.class);
    assertEquals(0, child.status(), child.output());
    assertContains("1 passed", child.output());
    assertFalse(child.output().contains("leaked"), child.output());
  }

  @Test
  @Tag("jdk25")
  @DisplayName("case 89: a JVM that starts with jdk.trackAllThreads=false, and a notice of that")
  void untracked() throws Exception {
    Child child = Child.run(folder, List.of("-Djdk.trackAllThreads=false"), Virtual.class);
    assertEquals(0, child.status(), child.output());
    // Of its executor, and the one that is no virtual thread; the bare one is not seen.
    assertContains("2 threads leaked", child.output());
    assertContains("OwnProcessTest.ofExecutor", child.output());
    assertFalse(child.output().contains("OwnProcessTest.bare"), child.output());
    assertContains("note: virtual threads that were started directly", child.output());
  }

  @Test
  @Tag("jdk25")
  @DisplayName("case 89: the same threads in a JVM that lists all of them, without a notice")
  void tracked() throws Exception {
    Child child = Child.run(folder, List.of(), Virtual.class);
    assertEquals(0, child.status(), child.output());
    assertContains("3 threads leaked", child.output());
    assertContains("OwnProcessTest.ofExecutor", child.output());
    assertContains("OwnProcessTest.bare", child.output());
    assertFalse(child.output().contains("note: "), child.output());
  }

  @Test
  @Tag("jdk25")
  @DisplayName("case 89: a thread of a StructuredTaskScope is found")
  void structuredTaskScope() throws Exception {
    Child child = Child.run(folder, List.of("--enable-preview"), Scope.class);
    assertEquals(0, child.status(), child.output());
    assertContains("1 thread leaked", child.output());
    assertContains(" virtual, WAITING on java.util.concurrent.CountDownLatch", child.output());
    assertContains("OwnProcessTest.ofScope", child.output());
  }

  @Test
  @Tag("jdk25")
  @DisplayName("case 89: a StructuredTaskScope's thread is found in a JVM that does not list all")
  void structuredTaskScopeUntracked() throws Exception {
    Child child =
        Child.run(folder, List.of("--enable-preview", "-Djdk.trackAllThreads=false"), Scope.class);
    assertEquals(0, child.status(), child.output());
    assertContains("OwnProcessTest.ofScope", child.output());
  }

  @Test
  @Tag("jdk25")
  @DisplayName("case 79: what the JDK starts when a virtual thread first waits for a socket")
  void socketOfVirtualThread() throws Exception {
    Child child = Child.run(folder, List.of(), Reading.class);
    assertEquals(0, child.status(), child.output());
    assertContains("sun.nio.ch.Poller", child.output()); // or this test shows nothing
    assertContains("leaks: none", child.output());
  }

  /** Waits for what does not come; the process ends before. */
  private static void block(CountDownLatch begun) {
    begun.countDown();
    Samples.block();
  }

  static void bare(CountDownLatch begun) {
    block(begun);
  }

  static void ofExecutor(CountDownLatch begun) {
    block(begun);
  }

  static void ofScope(CountDownLatch begun) {
    block(begun);
  }

  private static void await(CountDownLatch begun) throws InterruptedException {
    if (!begun.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("they do not begin");
    }
  }

  static class Leaking {
    @Test
    void test() {
      Thread thread = new Thread(Samples::block, "left-behind");
      thread.setDaemon(true); // the process ends without it
      thread.start();
    }
  }

  /** Runs a test as a build does. */
  static final class Session {
    private Session() {}

    public static void main(String[] args) {
      SummaryGeneratingListener summary = new SummaryGeneratingListener();
      try (LauncherSession session = LauncherFactory.openSession()) {
        session
            .getLauncher()
            .execute(
                LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClass(Leaking.class))
                    .build(),
                summary);
        System.out.println(summary.getSummary().getTestsSucceededCount() + " passed");
        summary
            .getSummary()
            .getFailures()
            .forEach(
                failure -> System.out.println("failed: " + failure.getException().getMessage()));
      }
    }
  }

  /** Leaves virtual threads of two kinds, and one that is none. */
  static final class Virtual {
    private Virtual() {}

    public static void main(String[] args) throws Exception {
      ThreadLeaks.Option before = ThreadLeaks.ignoreCurrent();
      CountDownLatch begun = new CountDownLatch(3);
      Samples.made(() -> block(begun), "platform").start();
      // Newer than what tests compile for.
      Runnable bare = () -> bare(begun);
      Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, bare);
      ExecutorService executor =
          (ExecutorService)
              Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
      executor.execute(() -> ofExecutor(begun));
      await(begun);
      System.out.println(
          ThreadLeaks.find(before, ThreadLeaks.linger(Duration.ofMillis(200))).orElse("none"));
      System.exit(0);
    }
  }

  /** Has a virtual thread wait for a socket, and end. */
  static final class Reading {
    private Reading() {}

    public static void main(String[] args) throws Exception {
      ThreadLeaks.Option before = ThreadLeaks.ignoreCurrent();
      try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
          Socket accepted = server.accept()) {
        FutureTask<Integer> read = new FutureTask<>(() -> client.getInputStream().read());
        Thread reader =
            (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, read);
        ThreadLeaksTest.awaitState(reader, Thread.State.WAITING);
        accepted.getOutputStream().write(7);
        if (read.get(20, TimeUnit.SECONDS) != 7) {
          throw new AssertionError("something else was read");
        }
        reader.join(20_000);
      }
      VirtualThreads.list(LiveThread.platform())
          .forEach(live -> System.out.println(live.name() + " " + live.frames()));
      System.out.println("leaks: " + ThreadLeaks.find(before).orElse("none"));
    }
  }

  /** Looks while the thread of a scope that is open runs. */
  static final class Scope {
    private Scope() {}

    public static void main(String[] args) throws Exception {
      ThreadLeaks.Option before = ThreadLeaks.ignoreCurrent();
      CountDownLatch begun = new CountDownLatch(1);
      Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
      Object scope = type.getMethod("open").invoke(null);
      Method fork = type.getMethod("fork", Runnable.class);
      Runnable task = () -> ofScope(begun);
      fork.invoke(scope, task);
      await(begun);
      System.out.println(
          ThreadLeaks.find(before, ThreadLeaks.linger(Duration.ofMillis(200))).orElse("none"));
      System.exit(0);
    }
  }
}
