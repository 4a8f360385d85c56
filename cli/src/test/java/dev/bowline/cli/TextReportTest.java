package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report that people read. */
final class TextReportTest {
  private static final String ESCAPE = "\u001b[";

  @TempDir Path folder;

  @BeforeEach
  void aSource() throws IOException {
    Code.write(folder, "Waiter.java", Code.faulty("Waiter"));
  }

  @Test
  void colourIsForTerminalsAndForThoseWhoAsk() {
    Run always = Run.check("--color", "always", folder);

    assertTrue(always.out().contains(ESCAPE + "33mwarning" + ESCAPE), always.out());
    assertFalse(Run.check("--color", "never", folder).out().contains(ESCAPE));
    assertFalse(Run.check(folder).out().contains(ESCAPE));
    assertFalse(Run.check("--format", "json", "--color", "always", folder).out().contains(ESCAPE));
  }

  @Test
  void findingsStandInTheOrderOfThePlaces() throws IOException {
    Code.write(
        folder,
        "B.java",
        Code.faulty("B").replace("}\n", "") + "ready.await(1, TimeUnit.DAYS); } }\n");
    Code.write(folder, "A.java", Code.faulty("A"));

    List<String> files =
        Run.check(folder)
            .out()
            .lines()
            .filter(line -> line.endsWith(".java") || line.startsWith("  "))
            .filter(line -> !line.startsWith("   "))
            .map(line -> line.replaceFirst(".*[/\\\\]", "").replaceFirst("  warning.*", ""))
            .toList();

    assertEquals(
        List.of("A.java", "  7:16", "B.java", "  7:16", "  9:14", "Waiter.java", "  7:16"), files);
  }

  /** Widths become part of a format: 18 must not be taken for that of another column. */
  @Test
  void theTableTakesNamesOfAnyLength() throws IOException {
    Code.write(folder, "Ticker.java", "class Ticker { void run() { new java.util.Timer(); } }\n");

    String table = Run.check(folder).out();

    assertTrue(table.contains("CancelHandleLeaked  warning            1      1\n"), table);
    assertTrue(table.contains("TimedWaitIgnored    warning            1      1\n"), table);
  }

  @Test
  void aLongLineIsCutAroundTheFinding() {
    Snippet snippet = Snippet.around("  " + "x".repeat(200) + "here" + "y".repeat(200), 203, 40);

    assertEquals("..." + "x".repeat(20) + "here" + "y".repeat(16) + "...", snippet.code());
    assertEquals(snippet.code().indexOf("here"), snippet.caret().indexOf('^'));
  }

  @Test
  void theCaretPointsAtTheFindingWithoutTheIndentation() {
    assertEquals(new Snippet("a.b();", "  ^"), Snippet.around("    a.b();", 7, 40));
    assertEquals(new Snippet("a.b();", "^"), Snippet.around("a.b();", 1, 40));
    assertEquals(new Snippet("a\tb", " \t^"), Snippet.around("\ta\tb", 4, 40));
    assertEquals(new Snippet("", "^"), Snippet.around("", 9, 40));
  }

  @Test
  void textIsBrokenAtSpaces() {
    assertEquals(List.of("ab cd", "ef"), Text.wrap("ab cd ef", 5));
    assertEquals(List.of("a", "longword", "b"), Text.wrap("a longword b", 4));
    assertEquals(List.of("a", "", "b"), Text.wrap("a\n\nb", 4));
    assertEquals(List.of(), Text.wrap("", 4));
  }

  @Test
  void countsAreReadable() {
    assertEquals("1 file", Text.count(1, "file"));
    assertEquals("0 files", Text.count(0, "file"));
    assertEquals("1,234,567 files", Text.count(1_234_567, "file"));
  }
}
