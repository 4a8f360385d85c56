package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be done ends with status 2 and one line that says what to do instead. */
final class MisuseTest {
  private static final String TO_HELP = "; bowline check --help shows how";

  @TempDir Path folder;
  private Path source;

  @BeforeEach
  void aSource() throws IOException {
    source = Code.write(folder, "src/Waiter.java", Code.faulty("Waiter"));
  }

  @Test
  void noPath() {
    assertEquals(
        "no PATH given: name a source folder, a .java file or the folder of a Maven project",
        Run.check().failure());
  }

  @Test
  void aPathThatDoesNotExist() {
    Path gone = folder.resolve("gone");

    assertEquals("no such file or folder: " + gone, Run.check(source, gone).failure());
  }

  @Test
  void aFolderWithoutJava() throws IOException {
    Path docs = Files.createDirectory(folder.resolve("docs"));

    assertEquals("no .java file to analyse in " + docs, Run.check(docs).failure());
  }

  @Test
  void aFileThatIsNotJava() throws IOException {
    Path readme = Code.write(folder, "README.md", "# Shop\n");

    assertEquals("neither a folder nor a .java file: " + readme, Run.check(readme).failure());
  }

  @Test
  void aModuleDeclarationAlone() throws IOException {
    Path module = Code.write(folder, "shop/module-info.java", "module shop {}\n");

    assertEquals("no .java file to analyse in " + module, Run.check(module).failure());
  }

  @Test
  void aRuleThatDoesNotExist() {
    String failure =
        "unknown rule TimedWaitIgnord: did you mean TimedWaitIgnored? --list-rules shows all";

    assertEquals(failure, Run.check("--only", "TimedWaitIgnord", source).failure());
    assertEquals(failure, Run.check("--skip", "TimedWaitIgnord", source).failure());
    assertEquals(failure, Run.check("--error", "TimedWaitIgnord", source).failure());
    assertEquals(failure, Run.check("--error", "all,TimedWaitIgnord", source).failure());
  }

  @Test
  void noRuleLeft() {
    assertEquals(
        "no rule is left to run: --only and --skip leave out all of them",
        Run.check("--only", "SleepInTest", "--skip", "SleepInTest", source).failure());
  }

  @Test
  void aFormatThatDoesNotExist() {
    String failure = Run.check("--format", "xml", source).failure();

    assertTrue(failure.contains("'--format'"), failure);
    assertTrue(failure.contains("[text, json]"), failure);
    assertTrue(failure.endsWith(TO_HELP), failure);
  }

  @Test
  void aReleaseThatThisJdkDoesNotKnow() {
    int newest = Runtime.version().feature();

    assertEquals(
        "--release 7: the JDK that runs this knows 8 to " + newest,
        Run.check("--release", "7", source).failure());
    assertEquals(
        "--release 99: the JDK that runs this knows 8 to " + newest,
        Run.check("--release", "99", source).failure());
    String failure = Run.check("--release", "new", source).failure();
    assertTrue(failure.contains("'new' is not an int"), failure);
    assertTrue(failure.endsWith(TO_HELP), failure);
  }

  @Test
  void aSettingThatARuleDoesNotAccept() {
    String failure = Run.check("--opt", "Bowline:RunsHere=nonsense", source).failure();

    assertTrue(failure.contains("'nonsense'"), failure);
    assertTrue(failure.endsWith("write it as some.package.Type#method"), failure);
  }

  @Test
  void aSettingWithoutAValue() {
    assertEquals(
        "--opt Bowline:RunsHere: expected NAME=VALUE",
        Run.check("--opt", "Bowline:RunsHere", source).failure());
  }

  @Test
  void anOptionThatDoesNotExist() {
    String failure = Run.check("--sarif", source).failure();

    assertTrue(failure.contains("--sarif"), failure);
    assertTrue(failure.endsWith(TO_HELP), failure);
  }

  @Test
  void noCommand() {
    assertEquals("no command given; bowline --help shows how", Run.of(Rules.bundled()).failure());
    String failure = Run.of(Rules.bundled(), "chekc", source).failure();
    assertTrue(failure.contains("chekc"), failure);
    assertTrue(failure.endsWith("; bowline --help shows how"), failure);
  }
}
