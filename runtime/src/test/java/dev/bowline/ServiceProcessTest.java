package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How a process with a service ends: each test is a JVM of its own and real signals. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals to send")
final class ServiceProcessTest {
  private static final String HOUR = "PT1H";

  @Test
  @DisplayName("case 78: SIGTERM stops in order, hooks run, exit 0")
  void terminates() throws Exception {
    try (ChildJvm jvm = start("orderly", HOUR)) {
      jvm.awaitLine("> ready");
      jvm.signal("TERM");
      assertEquals(0, jvm.exitCode());
      List<String> lines = jvm.allLines();
      assertEquals(
          List.of(
              "ready",
              "listener closed",
              "database told",
              "cancelled",
              "cancelled",
              "sent a",
              "sent b",
              "other hook"),
          said(lines));
      assertLine("service stops service=mailer reason=SIGTERM deadline=PT1H", lines);
      assertLine("service has stopped service=mailer exit=0", lines);
    }
  }

  @Test
  @DisplayName("case 78: SIGINT is the same")
  void interrupts() throws Exception {
    try (ChildJvm jvm = start("defaults", HOUR)) {
      jvm.awaitLine("> ready");
      jvm.signal("INT");
      assertEquals(0, jvm.exitCode());
      List<String> lines = jvm.allLines();
      assertEquals(List.of("ready", "other hook"), said(lines));
      assertLine("reason=SIGINT deadline=PT30S", lines);
    }
  }

  @Test
  @DisplayName("case 78: stuck task is printed, exit 1 within the deadline and a second")
  void namesStuckTask() throws Exception {
    try (ChildJvm jvm = start("stuck", "PT2S")) {
      jvm.awaitLine("> ready");
      long start = System.nanoTime();
      jvm.signal("TERM");
      assertEquals(1, jvm.exitCode());
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      List<String> lines = jvm.allLines();
      assertTrue(took.compareTo(Duration.ofSeconds(2)) >= 0, took::toString);
      assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, took::toString);
      assertLine("tasks outlive their service service=mailer alive=1 task", lines);
      assertLine("main age=PT", lines);
      assertLine("dev.bowline.ServiceScenarios.stuck(ServiceScenarios.java:", lines);
      assertEquals(List.of("ready", "other hook"), said(lines));
    }
  }

  @Test
  @DisplayName("case 78: second signal is immediate")
  void secondSignalEndsAtOnce() throws Exception {
    try (ChildJvm jvm = start("stuck", HOUR)) {
      jvm.awaitLine("> ready");
      jvm.signal("TERM");
      jvm.awaitLine("service stops");
      jvm.signal("TERM");
      assertEquals(143, jvm.exitCode());
      List<String> lines = jvm.allLines();
      assertLine("second signal: the JVM ends now signal=SIGTERM", lines);
      assertLine("ServiceScenarios.stuck", lines);
      assertEquals(List.of("ready"), said(lines));
    }
  }

  @Test
  @DisplayName("case 78: second signal is immediate, another one, too")
  void secondSignalMayBeAnother() throws Exception {
    try (ChildJvm jvm = start("stuck", HOUR)) {
      jvm.awaitLine("> ready");
      jvm.signal("TERM");
      jvm.awaitLine("service stops");
      jvm.signal("INT");
      assertEquals(130, jvm.exitCode());
    }
  }

  @Test
  @DisplayName("case 78: second signal is immediate, while other hooks hang, too")
  void secondSignalEndsHooks() throws Exception {
    try (ChildJvm jvm = start("hook that hangs", HOUR)) {
      jvm.awaitLine("> ready"); // as the hook says
      jvm.signal("TERM");
      jvm.signal("INT");
      assertTrue(List.of(130, 143).contains(jvm.exitCode())); // whichever came second
    }
  }

  @Test
  @DisplayName("case 78: under -Xrs signals are the system's, exit 143")
  void reducedSignalsAreLeftAlone() throws Exception {
    try (ChildJvm jvm = start(List.of("-Xrs"), "defaults", HOUR)) {
      jvm.awaitLine("> ready");
      jvm.signal("TERM");
      assertEquals(143, jvm.exitCode());
      List<String> lines = jvm.allLines();
      assertLine("signal stays with the JVM: no exit code 0 after it signal=SIGTERM", lines);
      assertLine("signal stays with the JVM: no exit code 0 after it signal=SIGINT", lines);
      assertEquals(List.of("ready"), said(lines)); // there, the JVM runs no hooks
    }
  }

  @Test
  @DisplayName("case 78: without the signal class a hook stops in order, exit 143")
  void hookStandsIn() throws Exception {
    try (ChildJvm jvm = start(List.of("--limit-modules=java.base"), "orderly", HOUR)) {
      jvm.awaitLine("> ready");
      jvm.signal("TERM");
      assertEquals(143, jvm.exitCode());
      List<String> lines = jvm.allLines();
      assertLine("signal=SIGTERM reason=java.lang.ClassNotFoundException", lines);
      List<String> said = said(lines);
      said.remove("other hook"); // runs at the same time
      assertEquals(
          List.of(
              "ready",
              "listener closed",
              "database told",
              "cancelled",
              "cancelled",
              "sent a",
              "sent b"),
          said);
      assertLine("service has stopped service=mailer exit=0", lines);
    }
  }

  @Test
  @DisplayName("case 78: without the signal class a hook names stuck tasks and lets go, exit 143")
  void hookIsBounded() throws Exception {
    try (ChildJvm jvm = start(List.of("--limit-modules=java.base"), "stuck", "PT0.5S")) {
      jvm.awaitLine("> ready");
      jvm.signal("TERM");
      assertEquals(143, jvm.exitCode());
      assertLine("tasks outlive their service service=mailer alive=1 task", jvm.allLines());
    }
  }

  @Test
  @DisplayName("case 78: on the module path, with the module required, exit 0")
  void worksAsAModule() throws Exception {
    String runtime = ChildJvm.folderOf(Service.class);
    assumeTrue(Files.exists(Path.of(runtime, "module-info.class")), "not compiled as a module");
    List<String> command =
        List.of(
            "--module-path=" + runtime,
            "--patch-module=dev.bowline=" + ChildJvm.folderOf(ServiceScenarios.class),
            "--add-modules=jdk.unsupported",
            "--module=dev.bowline/" + ServiceScenarios.class.getName(),
            "defaults",
            HOUR);
    try (ChildJvm jvm = ChildJvm.start(command)) {
      jvm.awaitLine("> ready");
      jvm.signal("TERM");
      assertEquals(0, jvm.exitCode());
    }
  }

  @Test
  @DisplayName("case 78: failing body, exit 1")
  void failingBodyExitsWithOne() throws Exception {
    try (ChildJvm jvm = start("failing", HOUR)) {
      assertEquals(1, jvm.exitCode());
      List<String> lines = jvm.allLines();
      assertLine("task failed group=mailer task=main", lines);
      assertLine("java.io.IOException: no database", lines);
      assertEquals(List.of("listener closed", "other hook"), said(lines));
    }
  }

  @Test
  void fatalFailureEndsAtOnce() throws Exception {
    try (ChildJvm jvm = start("fatal", HOUR)) {
      assertEquals(2, jvm.exitCode());
      List<String> lines = jvm.allLines();
      assertLine("java.lang.AssertionError: the books do not balance", lines);
      assertEquals(List.of(), said(lines)); // neither stop actions nor hooks
    }
  }

  @Test
  @DisplayName("case 78: SIGTERM during startup, exit 0")
  void terminatesWhileItStarts() throws Exception {
    try (ChildJvm jvm = start("starting", HOUR)) {
      jvm.awaitLine("> ready");
      jvm.signal("TERM");
      assertEquals(0, jvm.exitCode());
      List<String> said = said(jvm.allLines());
      said.remove("consumer"); // may be given before or after mailboxes are closed
      assertEquals(List.of("ready", "started", "listener closed", "other hook"), said);
    }
  }

  @Test
  @DisplayName("case 78: stop from inside a task, exit 0")
  void stopsItself() throws Exception {
    try (ChildJvm jvm = start("stopping itself", HOUR)) {
      assertEquals(0, jvm.exitCode());
      assertLine("reason=quota used up", jvm.allLines());
    }
  }

  private static ChildJvm start(String scenario, String deadline) throws Exception {
    return start(List.of(), scenario, deadline);
  }

  private static ChildJvm start(List<String> options, String scenario, String deadline)
      throws Exception {
    List<String> arguments = new ArrayList<>(options);
    arguments.add("--class-path");
    arguments.add(
        ChildJvm.folderOf(Service.class)
            + File.pathSeparator
            + ChildJvm.folderOf(ServiceScenarios.class));
    arguments.addAll(List.of(ServiceScenarios.class.getName(), scenario, deadline));
    return ChildJvm.start(arguments);
  }

  /** What the scenario itself has written, and not the log. */
  private static List<String> said(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(ServiceScenarios.SAID))
        .map(line -> line.substring(ServiceScenarios.SAID.length()))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static void assertLine(String text, List<String> lines) {
    assertTrue(
        lines.stream().anyMatch(line -> line.contains(text)),
        () -> text + " is not in\n" + String.join("\n", lines));
  }
}
