package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports in files. */
final class OutputTest {
  @TempDir Path folder;
  private Path source;
  private Path reports;
  private Path report;

  @BeforeEach
  void aSource() throws IOException {
    source = Code.write(folder, "src/Waiter.java", Code.faulty("Waiter"));
    reports = Files.createDirectory(folder.resolve("reports"));
    report = reports.resolve("bowline.out");
  }

  private List<String> written() throws IOException {
    try (Stream<Path> files = Files.list(reports)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theReportGoesToTheFileAndNothingElseDoes() throws IOException {
    Run run = Run.json("--output", report, "--error", "all", source);

    assertEquals(1, run.status());
    assertEquals("", run.out());
    assertEquals(
        1,
        JsonParser.parseString(Files.readString(report))
            .getAsJsonObject()
            .getAsJsonArray("findings")
            .size());
    assertEquals(List.of("bowline.out"), written());
  }

  @Test
  void anOldReportIsReplaced() throws IOException {
    Files.writeString(report, "old ".repeat(10_000));

    Run run = Run.check("--output", report, source);

    assertEquals(0, run.status());
    String text = Files.readString(report);
    assertTrue(text.startsWith(source.toString()), text);
    assertTrue(text.endsWith(": 1 finding\n"), text);
    assertEquals(List.of("bowline.out"), written());
  }

  @Test
  void aLinkToAReportStaysALink() throws IOException {
    Path real = Files.writeString(reports.resolve("real"), "old");
    Files.createSymbolicLink(report, real);

    assertEquals(0, Run.check("--output", report, source).status());

    assertTrue(Files.isSymbolicLink(report));
    assertTrue(Files.readString(real).endsWith(": 1 finding\n"));
  }

  @Test
  void aRunThatFailsLeavesTheOldReportAlone() throws IOException {
    Files.writeString(report, "old");
    Path gone = folder.resolve("gone");

    assertEquals(
        "no such file or folder: " + gone, Run.check("--output", report, source, gone).failure());

    assertEquals("old", Files.readString(report));
    assertEquals(List.of("bowline.out"), written());
  }

  @Test
  void aTargetThatCannotBeWrittenIsKnownBeforeTheAnalysis() throws IOException {
    Path lost = folder.resolve("no/such/report");

    assertEquals(
        "cannot write to %s: there is no such folder".formatted(lost),
        Run.check("--output", lost, source).failure());
    assertEquals(
        "cannot write to %s: it is a folder".formatted(reports),
        Run.check("--output", reports, source).failure());
    assertEquals(List.of(), written());
  }
}
