package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.errorprone.bugpatterns.BugChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is analysed, by which rules, and what the exit status says. */
final class CheckTest {
  @TempDir Path folder;

  @Test
  void aFindingNamesItsFileLineAndRule() throws IOException {
    Path file = Code.write(folder, "shop/Waiter.java", Code.faulty("Waiter"));

    Run run = Run.check(folder);

    assertEquals(0, run.status());
    List<String> lines = run.out().lines().toList();
    assertEquals(file.toString(), lines.get(0));
    assertEquals("  7:16  warning  TimedWaitIgnored", lines.get(1));
    assertTrue(lines.contains("      7 | ready.await(3, TimeUnit.SECONDS);"), run.out());
    assertTrue(lines.contains("        |            ^"), run.out());
    assertTrue(lines.contains("TimedWaitIgnored  warning            1      1"), run.out());
    assertTrue(
        lines.get(lines.size() - 1).matches("1 file analysed in \\d+\\.\\d s: 1 finding"),
        run.out());
    assertEquals("bowline: analysing 1 file\n", run.err());
  }

  @Test
  void cleanCodeHasNoFindings() throws IOException {
    Code.write(folder, "A.java", Code.clean("A"));
    Code.write(folder, "B.java", Code.clean("B"));

    Run run = Run.check("--error", "all", folder);

    assertEquals(0, run.status());
    assertTrue(run.out().matches("2 files analysed in \\d+\\.\\d s: no findings\n"), run.out());
  }

  @Test
  void aRuleThatIsMadeAnErrorDecidesTheExitStatus() throws IOException {
    Code.write(folder, "Waiter.java", Code.faulty("Waiter"));

    Run named = Run.check("--error", "TimedWaitIgnored", folder);
    Run all = Run.check("--error", "all", folder);
    Run other = Run.check("--error", "SleepInTest,StoredContext", folder);

    assertEquals(1, named.status());
    assertTrue(named.out().contains("  7:16  error  TimedWaitIgnored\n"), named.out());
    assertTrue(named.out().endsWith(": 1 finding (1 error)\n"), named.out());
    assertEquals(1, all.status());
    assertEquals(0, other.status());
  }

  @Test
  void aRuleThatIsAnErrorByItselfDecidesTheExitStatus() throws IOException {
    String test =
        """
        import java.util.concurrent.CountDownLatch;
        import java.util.concurrent.TimeUnit;
        import org.junit.jupiter.api.Test;

        class WaiterTest {
          @Test
          void waits() throws InterruptedException {
            CountDownLatch ready = new CountDownLatch(1);
            new Thread(ready::countDown).start();
            ready.await(3, TimeUnit.SECONDS);
            assert Boolean.getBoolean("up");
          }
        }
        """;
    Code.write(folder, "WaiterTest.java", test);

    Run run = Run.json("--classpath", Code.junit(), folder);

    assertEquals(List.of("WaiterTest.java:10 TimedWaitIgnored"), run.findings());
    assertEquals(List.of(), run.notes());
    assertEquals(1, run.status());
  }

  @Test
  void aSingleFileIsEnough() throws IOException {
    Path file = Code.write(folder, "Waiter.java", Code.faulty("Waiter"));
    Code.write(folder, "Other.java", Code.faulty("Other"));

    Run run = Run.json(file);

    assertEquals(List.of("Waiter.java:7 TimedWaitIgnored"), run.findings());
    assertEquals(1, run.files());
  }

  @Test
  void aFileThatIsNamedTwiceCountsOnce() throws IOException {
    Path file = Code.write(folder, "Waiter.java", Code.faulty("Waiter"));

    for (Object[] paths :
        new Object[][] {{file, file}, {folder, folder}, {folder, file, folder.resolve(".")}}) {
      Run run = Run.json(paths);

      assertEquals(List.of("Waiter.java:7 TimedWaitIgnored"), run.findings());
      assertEquals(1, run.files());
      assertFalse(run.notes().stream().anyMatch(note -> note.contains("duplicate")), run.out());
    }
  }

  @Test
  void pathsThatWereNamedTogetherAreCompiledTogether() throws IOException {
    Code.write(folder, "one/Base.java", "package one; public class Base {}\n");
    Code.write(folder, "two/Derived.java", "package two; class Derived extends one.Base {}\n");

    Run run = Run.json(folder.resolve("one"), folder.resolve("two"));

    assertEquals(List.of(), run.notes());
    assertEquals(2, run.files());
  }

  @Test
  void onlyTheRulesThatAreAskedForRun() throws IOException {
    Code.write(folder, "Waiter.java", Code.faulty("Waiter"));
    Code.write(folder, "WaiterTest.java", Code.sleepyTest("WaiterTest"));
    Object[] input = {"--classpath", Code.junit(), folder};
    String wait = "Waiter.java:7 TimedWaitIgnored";
    String sleep = "WaiterTest.java:6 SleepInTest";

    assertEquals(List.of(wait, sleep), Run.json(input).findings());
    assertEquals(List.of(sleep), json(input, "--only", "SleepInTest").findings());
    assertEquals(List.of(wait), json(input, "--skip", "SleepInTest,StoredContext").findings());
    assertEquals(List.of(wait), json(input, "--skip=StoredContext, SleepInTest").findings());
    assertEquals(
        List.of(wait),
        json(input, "--only=SleepInTest,TimedWaitIgnored", "--skip=SleepInTest").findings());
  }

  private static Run json(Object[] input, String... options) {
    Object[] arguments = new Object[options.length + input.length];
    System.arraycopy(options, 0, arguments, 0, options.length);
    System.arraycopy(input, 0, arguments, options.length, input.length);
    return Run.json(arguments);
  }

  @Test
  void settingsReachTheRules() throws IOException {
    Code.write(folder, "app/Session.java", "package app; public interface Session {}\n");
    Code.write(folder, "app/Shop.java", "package app;\nclass Shop {\n  Session session;\n}\n");

    assertEquals(List.of(), Run.json(folder).findings());
    assertEquals(
        List.of("Shop.java:3 StoredContext"),
        Run.json("--opt", "Bowline:ContextTypes=app.Session,app.Other", folder).findings());
  }

  @Test
  void theReleaseDecidesWhatTheSourcesMaySee() throws IOException {
    Code.write(folder, "A.java", "class A { String text = \" \".strip(); }\n");

    assertEquals(List.of(), Run.json("--release", "11", folder).notes());
    assertTrue(Run.json("--release", "8", folder).note().contains("A.java:1: cannot find symbol"));
  }

  @Test
  void aClassPathMayNameAllJarsOfAFolder() throws IOException {
    Code.write(folder, "src/WaiterTest.java", Code.sleepyTest("WaiterTest"));
    Files.createDirectory(folder.resolve("lib"));
    Files.copy(Code.junit(), folder.resolve("lib/junit.jar"));

    Run run = Run.json("--classpath", folder.resolve("lib") + "/*", folder.resolve("src"));

    assertEquals(List.of("WaiterTest.java:6 SleepInTest"), run.findings());
    assertEquals(List.of(), run.notes());
  }

  @Test
  void aClassPathEntryThatDoesNotExistIsNoted() throws IOException {
    Code.write(folder, "A.java", Code.clean("A"));

    Run run = Run.json("-cp", folder.resolve("gone.jar"), folder);

    assertEquals(
        "note: class path entry %s does not exist".formatted(folder.resolve("gone.jar")),
        run.note());
    assertEquals(0, run.status());
  }

  @Test
  void aPathWithoutJavaBesideOthersIsNoted() throws IOException {
    Code.write(folder, "src/A.java", Code.clean("A"));
    Path docs = Files.createDirectory(folder.resolve("docs"));

    Run run = Run.json(folder.resolve("src"), docs);

    assertEquals("note: nothing to analyse in " + docs, run.note());
    assertEquals(0, run.status());
  }

  @Test
  void allRulesAreListedWithTheirPages() {
    List<String> rules =
        ServiceLoader.load(BugChecker.class).stream()
            .filter(rule -> rule.type().getName().startsWith("dev.bowline.checks."))
            .map(rule -> rule.type().getSimpleName())
            .sorted()
            .toList();
    assertTrue(rules.contains("TimedWaitIgnored"), rules::toString);

    Run run = Run.check("--list-rules");

    assertEquals(0, run.status());
    List<String> lines = run.out().lines().toList();
    assertEquals(
        rules,
        lines.stream()
            .filter(line -> !line.startsWith(" "))
            .map(line -> line.replaceFirst(" \\((error|warning|suggestion)\\)$", ""))
            .toList());
    for (String rule : rules) {
      assertTrue(
          lines.stream().anyMatch(line -> line.endsWith("/docs/checks/" + rule + ".md")),
          run.out());
    }
    assertEquals("", run.err());
  }

  @Test
  void helpHasExamplesAndExitStatuses() {
    Run run = Run.check("--help");

    assertEquals(0, run.status());
    assertTrue(run.out().contains("Examples:"), run.out());
    assertTrue(run.out().contains("bowline check --classpath 'lib/*' src"), run.out());
    assertTrue(run.out().contains("Exit status:"), run.out());
    assertEquals("", run.err());
    Run main = Run.of(Rules.bundled(), "--help");
    assertEquals(0, main.status());
    assertTrue(main.out().contains("bowline check PATH"), main.out());
  }

  @Test
  void theVersionNamesWhatRuns() {
    Run run = Run.of(Rules.bundled(), "--version");

    assertEquals(0, run.status());
    assertTrue(
        run.out().matches("bowline \\d\\S+ \\(Error Prone \\d\\S+, Java \\d\\S+\\)\n"), run.out());
  }
}
