package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources as they lie around: odd bytes, odd places, and code that asks for silence. */
final class SourcesTest {
  @TempDir Path folder;

  @Test
  void bytesThatAreNotUtf8AreNotedAndTheFileAnalysed() throws IOException {
    String latin = Code.faulty("Waiter").replace("when it may", "wenn es darf, spät");
    Path file = folder.resolve("Waiter.java");
    Files.write(file, latin.getBytes(StandardCharsets.ISO_8859_1));

    Run run = Run.json(folder);

    assertEquals(List.of("Waiter.java:7 TimedWaitIgnored"), run.findings());
    assertEquals("note: %s is not all UTF-8, the rest is replaced".formatted(file), run.note());
    assertEquals(0, run.status());
  }

  @Test
  void charactersOutsideAsciiAreQuotedAsTheyAre() throws IOException {
    Code.write(folder, "Waiter.java", Code.faulty("Waiter").replace("ready", "bereitschäft"));

    Run run = Run.check(folder);

    assertTrue(run.out().contains("7 | bereitschäft.await(3, TimeUnit.SECONDS);"), run.out());
  }

  @Test
  void aByteOrderMarkIsNoSyntaxError() throws IOException {
    Code.write(folder, "Waiter.java", "\uFEFF" + Code.faulty("Waiter"));

    Run run = Run.json(folder);

    assertEquals(List.of("Waiter.java:7 TimedWaitIgnored"), run.findings());
    assertEquals(List.of(), run.notes());
  }

  @Test
  void otherLineEndsCountAsLines() throws IOException {
    Code.write(folder, "Waiter.java", Code.faulty("Waiter").replace("\n", "\r\n"));

    Run run = Run.json(folder);

    assertEquals(List.of("Waiter.java:7 TimedWaitIgnored"), run.findings());
    assertEquals(
        "    ready.await(3, TimeUnit.SECONDS);",
        run.report()
            .getAsJsonArray("findings")
            .get(0)
            .getAsJsonObject()
            .get("source")
            .getAsString());
  }

  @Test
  void aTabIsOneColumnAndStaysATab() throws IOException {
    Code.write(folder, "Waiter.java", Code.faulty("Waiter").replace("    ready", "\t\tready"));

    Run run = Run.check(folder);

    assertTrue(run.out().contains("  7:14  warning"), run.out());
  }

  @Test
  void aModuleDeclarationDoesNotCutOffTheClassPath() throws IOException {
    Code.write(folder, "module-info.java", "module shop {}\n");
    Code.write(folder, "shop/WaiterTest.java", "package shop;\n" + Code.sleepyTest("WaiterTest"));

    Run run = Run.json("--classpath", Code.junit(), folder);

    assertEquals(List.of("WaiterTest.java:7 SleepInTest"), run.findings());
    assertEquals(List.of(), run.notes());
    assertEquals(1, run.files());
  }

  @Test
  void linksThatLeadInACircleAreFollowedOnce() throws IOException {
    Code.write(folder, "a/Waiter.java", Code.faulty("Waiter"));
    Files.createSymbolicLink(folder.resolve("a/back"), folder);
    Files.createSymbolicLink(folder.resolve("again"), folder.resolve("a"));

    Run run = Run.json(folder);

    assertEquals(List.of("Waiter.java:7 TimedWaitIgnored"), run.findings());
    assertEquals(List.of(), run.notes());
    assertEquals(1, run.files());
  }

  @Test
  void aLinkToNothingIsNoted() throws IOException {
    Code.write(folder, "Waiter.java", Code.faulty("Waiter"));
    Path link = folder.resolve("Gone.java");
    Files.createSymbolicLink(link, folder.resolve("nowhere"));

    Run run = Run.json(folder);

    assertEquals("note: %s is a link to nothing, left out".formatted(link), run.note());
    assertEquals(1, run.findings().size());
  }

  @Test
  void pathsMayHaveSpaces() throws IOException {
    Path spaced = folder.resolve("my code/über all");
    Path file = Code.write(spaced, "Waiter.java", Code.faulty("Waiter"));

    Run run = Run.check(folder.resolve("my code"));

    assertTrue(run.out().startsWith(file + "\n"), run.out());
    assertEquals(0, run.status());
  }

  @Test
  void aClassThatTwoFoldersDeclareIsAnalysedOnce() throws IOException {
    Code.write(folder, "one/Waiter.java", Code.faulty("Waiter"));
    Path second = Code.write(folder, "two/Waiter.java", Code.faulty("Waiter"));
    Code.write(folder, "two/Other.java", Code.faulty("Other"));

    Run run = Run.json(folder);

    assertEquals(
        List.of("Waiter.java:7 TimedWaitIgnored", "Other.java:7 TimedWaitIgnored"), run.findings());
    assertEquals(
        "note: 1 file left out, as the compiler could not place what is declared there, first:"
            + " %s:4: duplicate class: Waiter".formatted(second),
        run.note());
    assertEquals(2, run.files());
    assertEquals(0, run.status());
  }

  @Test
  void hiddenFoldersAndWhatABuildWroteAreLeftOut() throws IOException {
    Code.write(folder, ".git/Old.java", Code.faulty("Old"));
    Code.write(folder, "part/pom.xml", "<project/>");
    Code.write(folder, "part/target/Made.java", Code.faulty("Made"));
    Code.write(folder, "gradle/build.gradle", "");
    Code.write(folder, "gradle/build/Made.java", Code.faulty("Made"));
    Code.write(folder, "target/Target.java", "package target;\n" + Code.faulty("Target"));

    Run run = Run.json(folder);

    assertEquals(List.of("Target.java:8 TimedWaitIgnored"), run.findings());
    assertEquals(1, run.files());
  }

  @Test
  void aFileOfNothingButCommentsIsAnalysed() throws IOException {
    Code.write(folder, "Empty.java", "");
    Code.write(folder, "p/package-info.java", "/** Nothing yet. */\npackage p;\n");

    Run run = Run.json(folder);

    assertEquals(2, run.files());
    assertEquals(List.of(), run.notes());
    assertEquals(0, run.status());
  }

  @Test
  @Tag("jdk25")
  void aFileWithoutAClassIsAnalysed() throws IOException {
    Code.write(
        folder,
        "Tool.java",
        """
        void main() throws InterruptedException {
          new CountDownLatch(1).await(3, TimeUnit.SECONDS);
        }

        void go(CountDownLatch ready) throws InterruptedException {
          ready.await(3, TimeUnit.SECONDS);
          IO.println("go");
        }
        """);

    Run run = Run.json(folder);

    assertTrue(run.findings().contains("Tool.java:6 TimedWaitIgnored"), run.out());
    assertEquals(List.of(), run.notes());
  }

  @Test
  void suppressedFindingsAreNotReported() throws IOException {
    Code.write(
        folder,
        "Waiter.java",
        Code.faulty("Waiter").replace("class", "@SuppressWarnings(\"TimedWaitIgnored\") class"));
    Code.write(
        folder,
        "Other.java",
        Code.faulty("Other").replace("class", "@SuppressWarnings(\"x\") class"));

    assertEquals(
        List.of("Other.java:7 TimedWaitIgnored"), Run.json("--error", "all", folder).findings());
  }

  @Test
  void generatedCodeIsNotReportedNotEvenAsAnError() throws IOException {
    Code.write(
        folder,
        "Waiter.java",
        Code.faulty("Waiter")
            .replace("class", "@javax.annotation.processing.Generated(\"tool\") class"));

    for (String[] level : new String[][] {{}, {"--error", "all"}}) {
      Object[] arguments = new Object[level.length + 1];
      System.arraycopy(level, 0, arguments, 0, level.length);
      arguments[level.length] = folder;
      Run run = Run.json(arguments);

      assertEquals(List.of(), run.findings());
      assertEquals(1, run.files());
      assertEquals(0, run.status());
    }
  }
}
