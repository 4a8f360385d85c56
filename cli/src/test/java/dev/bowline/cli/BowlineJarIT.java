package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that users run, by {@code java -jar} alone. */
final class BowlineJarIT {
  private static final Path JAR = Path.of(System.getProperty("bowline.jar"));

  @TempDir Path folder;

  private Run java(Object... arguments) throws IOException, InterruptedException {
    return java(Map.of(), arguments);
  }

  /** In the folder, as a user would. */
  private Run java(Map<String, String> environment, Object... arguments)
      throws IOException, InterruptedException {
    Path out = folder.resolve("stdout.log");
    Path err = folder.resolve("stderr.log");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-jar");
    line.add(JAR.toString());
    for (Object argument : arguments) {
      line.add(argument.toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // These make every JVM say that they are there.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(2, TimeUnit.MINUTES), "did not end in time");
    } finally {
      process.destroyForcibly();
    }
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  @Test
  void faultyCodeHasFindings() throws Exception {
    Code.write(folder, "src/shop/Waiter.java", Code.faulty("Waiter"));

    Run run = java("check", "src");

    assertEquals(0, run.status(), run::toString);
    assertEquals("bowline: analysing 1 file\n", run.err());
    assertTrue(
        run.out().startsWith("src/shop/Waiter.java\n  7:16  warning  TimedWaitIgnored\n"),
        run.out());
  }

  @Test
  void errorsHaveAStatusOfTheirOwn() throws Exception {
    Code.write(folder, "src/Waiter.java", Code.faulty("Waiter"));

    Run run = java("check", "--format", "json", "--error", "all", "src");

    assertEquals(1, run.status(), run::toString);
    assertEquals(List.of("Waiter.java:7 TimedWaitIgnored"), run.findings());
    assertEquals("bowline: analysing 1 file\n", run.err());
  }

  @Test
  void whatCannotBeDoneIsOneLine() throws Exception {
    assertEquals("no such file or folder: src", java("check", "src").failure());
  }

  @Test
  void allRulesAreInTheJar() throws Exception {
    Run run = java("check", "--list-rules");

    assertEquals(0, run.status(), run::toString);
    assertEquals("", run.err());
    assertEquals(Run.check("--list-rules").out(), run.out());
  }

  @Test
  void itKnowsItsVersion() throws Exception {
    Run run = java("--version");

    assertEquals(0, run.status(), run::toString);
    assertEquals(Run.of(Rules.bundled(), "--version").out(), run.out());
  }

  @Test
  void thoseWhoAskForColourGetItAndNobodyElse() throws Exception {
    Code.write(folder, "src/Waiter.java", Code.faulty("Waiter"));

    Run asked = java(Map.of("NO_COLOR", "1"), "check", "--color", "always", "src");
    Run auto = java(Map.of("NO_COLOR", "1"), "check", "src");

    assertTrue(asked.out().contains("\u001b["), asked.out());
    assertFalse(auto.out().contains("\u001b["), auto.out());
  }

  @Test
  void reportsAreUtf8WhereverItRuns() throws Exception {
    Code.write(folder, "src/Waiter.java", Code.faulty("Waiter").replace("ready", "später"));

    Run run = java(Map.of("LC_ALL", "C"), "check", "src");

    assertTrue(run.out().contains("7 | später.await("), run.out());
  }

  @Test
  void whatUsersHaveOnTheirClassPathIsNotMixedUpWithTheJar() throws Exception {
    Code.write(
        folder, "lib/com/google/gson/Gson.java", "package com.google.gson; public class Gson {}\n");
    Path classes = Code.compile(folder.resolve("lib"), folder.resolve("classes"));
    Code.write(
        folder,
        "src/A.java",
        "class A { com.google.gson.JsonObject o; com.google.gson.Gson g; }\n");

    Run run = java("check", "--format", "json", "-cp", classes, "src");

    assertEquals(0, run.status(), run::toString);
    assertTrue(run.note().contains("1 type in 1 file could not be resolved"), run.out());
  }
}
