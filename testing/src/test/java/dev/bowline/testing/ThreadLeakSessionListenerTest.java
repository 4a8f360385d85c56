package dev.bowline.testing;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Sessions of JUnit inside this one, whose listener is inactive. */
@Timeout(60)
@Isolated // it looks at what is written to System.err
final class ThreadLeakSessionListenerTest {
  private static final long JOIN_MILLIS = 20_000;
  private static final Map<String, String> ON = Map.of("bowline.leaks", "jvm");
  private static final Map<String, String> REPORT =
      Map.of("bowline.leaks", "jvm", "bowline.leaks.jvm", "report");

  private static CountDownLatch end = new CountDownLatch(1);
  private static final List<Thread> STARTED = new ArrayList<>();

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private static void startThread(String name) {
    CountDownLatch mine = end;
    Thread thread =
        new Thread(
            () -> {
              try {
                mine.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // ends all the same
              }
            },
            name);
    STARTED.add(thread);
    thread.start();
  }

  @AfterEach
  void endsTheThreads() throws InterruptedException {
    end.countDown();
    for (Thread thread : STARTED) {
      thread.join(JOIN_MILLIS);
      assertFalse(thread.isAlive());
    }
    STARTED.clear();
    end = new CountDownLatch(1);
  }

  static final class Leaking {
    @Test
    void leaks() {
      startThread("left-behind");
    }
  }

  static final class Clean {
    @Test
    void leavesNothing() {
      assertTrue(true);
    }
  }

  private void runSession(Map<String, String> parameters, Class<?>... classes) {
    LauncherConfig config =
        LauncherConfig.builder()
            .enableLauncherSessionListenerAutoRegistration(false)
            .addLauncherSessionListeners(new ThreadLeakSessionListener())
            .build();
    PrintStream before = System.err;
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (LauncherSession session = LauncherFactory.openSession(config)) {
      for (Class<?> tests : classes) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        session
            .getLauncher()
            .execute(
                LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClass(tests))
                    .configurationParameters(parameters)
                    .configurationParameter(
                        "junit.jupiter.extensions.autodetection.enabled", "false")
                    .build(),
                summary);
        assertEquals(1, summary.getSummary().getTestsSucceededCount());
      }
    } finally {
      System.setErr(before);
    }
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theSessionFailsWithTheReportAndPrintsIt() {
    AssertionError failure =
        assertThrows(AssertionError.class, () -> runSession(ON, Leaking.class));
    String message = failure.getMessage();
    assertTrue(message.startsWith("After all tests: 1 thread leaked"), message);
    assertTrue(message.contains("left-behind"), message);
    assertTrue(message.contains("started at\n    at dev.bowline.testing.ThreadLeakS"), message);
    assertTrue(message.contains("stay: bowline.leaks.ignoreNames=left-behind\n"), message);
    assertTrue(printed().contains(message), printed());
  }

  @Test
  void whatIsOnlyReportedDoesNotFail() {
    assertDoesNotThrow(() -> runSession(REPORT, Leaking.class));
    assertTrue(printed().contains("left-behind"), printed());
  }

  @Test
  void whatItIsToldToIgnoreIsLeftOut() {
    Map<String, String> ignoring =
        Map.of("bowline.leaks", "jvm", "bowline.leaks.ignoreNames", "other|left-.*");
    assertDoesNotThrow(() -> runSession(ignoring, Leaking.class));
    assertEquals("", printed());
  }

  @Test
  void itLooksOnceForAllRunsOfTheSession() {
    assertThrows(AssertionError.class, () -> runSession(ON, Leaking.class, Clean.class));
    assertEquals(1, printed().split("After all tests", -1).length - 1, printed());
  }

  @Test
  void whatRanBeforeTheTestsIsLeftOut() {
    startThread("from before");
    assertDoesNotThrow(() -> runSession(ON, Clean.class));
    assertEquals("", printed());
  }

  @Test
  void withoutThePropertyItDoesNothing() {
    assertDoesNotThrow(() -> runSession(Map.of(), Leaking.class));
    assertDoesNotThrow(() -> runSession(Map.of("bowline.leaks", "class"), Leaking.class));
    assertEquals("", printed());
  }

  @Test
  void jUnitFindsIt() {
    boolean found =
        ServiceLoader.load(LauncherSessionListener.class).stream()
            .anyMatch(provider -> provider.type() == ThreadLeakSessionListener.class);
    assertTrue(found);
  }
}
