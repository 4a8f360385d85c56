package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.checks.failure.TimedWaitIgnored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that fails on one file takes neither other rules nor other files with it. */
final class RuleCrashTest {
  private final Rules rules = new Rules(List.of(Crash.class, TimedWaitIgnored.class));
  @TempDir Path folder;
  private Path bomb;

  @BeforeEach
  void sources() throws IOException {
    bomb = Code.write(folder, "Bomb.java", Code.faulty("Before") + "class Bomb {}\n");
    Code.write(folder, "Other.java", Code.faulty("Other"));
  }

  private String crash() {
    return "Crash crashed on %s, its findings there are missing: IllegalStateException: boom"
        .formatted(bomb);
  }

  @Test
  void otherRulesAndFilesAreStillReported() {
    Run run = Run.json(rules, folder);

    assertEquals(
        List.of(
            "Bomb.java:7 TimedWaitIgnored", "Other.java:4 Crash", "Other.java:7 TimedWaitIgnored"),
        run.findings());
    assertEquals("error: " + crash(), run.note());
    assertEquals(2, run.files());
  }

  @Test
  void theRunHasFailedAndSaysSoInOneLine() {
    Run json = Run.json(rules, folder);
    Run text = Run.check(rules, folder);
    Run errors = Run.check(rules, "--error", "all", folder);

    assertEquals(2, json.status());
    assertEquals("bowline: analysing 2 files\nbowline: " + crash() + "\n", json.err());
    assertEquals(2, text.status());
    assertTrue(text.out().contains("\nerror: " + crash() + "\n"), text.out());
    assertEquals(2, errors.status());
  }

  @Test
  void whereItDoesNotFailNothingIsSaid() {
    Run run = Run.json(rules, folder.resolve("Other.java"));

    assertEquals(List.of(), run.notes());
    assertEquals(2, run.findings().size());
    assertEquals(0, run.status());
  }

  @Test
  void aRuleWithoutAPageHasNoLink() {
    Run run = Run.json(rules, "--only", "Crash", folder.resolve("Other.java"));

    assertTrue(run.out().contains("\"level\": \"suggestion\""), run.out());
    assertTrue(!run.out().contains("\"link\""), run.out());
    assertTrue(!Run.check(rules, "--list-rules").out().contains("null"));
  }
}
