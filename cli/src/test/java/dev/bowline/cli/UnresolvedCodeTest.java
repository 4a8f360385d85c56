package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code that does not compile as it stands: what can be analysed is. */
final class UnresolvedCodeTest {
  @TempDir Path folder;

  @Test
  void anImportThatDoesNotResolveIsOneNoteAndTheRestOfTheFileIsAnalysed() throws IOException {
    Path file =
        Code.write(
            folder,
            "Waiter.java",
            """
            import java.util.concurrent.CountDownLatch;
            import java.util.concurrent.TimeUnit;
            import org.lib.Gadget;

            class Waiter extends org.lib.Base {
              private final Gadget gadget = Gadget.create(this::turn);

              void run(CountDownLatch ready) throws InterruptedException {
                gadget.turn(new Gadget(3), x -> x.y(), Gadget::new).wait(4);
                ready.await(3, TimeUnit.SECONDS);
                unknown(gadget.field, this.missing(1));
              }
            }
            """);

    Run run = Run.json(folder);

    assertEquals(List.of("Waiter.java:10 TimedWaitIgnored"), run.findings());
    assertEquals(
        "note: 2 types in 1 file could not be resolved, first: org.lib.Gadget (%s:3); pass --classpath, or point at the Maven project folder, for full results"
            .formatted(file),
        run.note());
    assertEquals(0, run.status());
  }

  @Test
  void manyFilesThatDoNotResolveAreStillOneNote() throws IOException {
    for (String name : List.of("A", "B", "C")) {
      Code.write(
          folder,
          name + ".java",
          "import org.lib.*;\n" + Code.faulty(name) + "class X" + name + " extends Gadget {}\n");
    }

    Run run = Run.json(folder);

    assertEquals(3, run.findings().size());
    assertTrue(run.note().startsWith("note: 2 types in 3 files could not be resolved"), run.out());
  }

  @Test
  void otherErrorsAreOneNoteToo() throws IOException {
    Path file =
        Code.write(
            folder,
            "Waiter.java",
            Code.faulty("Waiter").replace("void run(", "int x = \"\"; int y = 1L; void run("));

    Run run = Run.json(folder);

    assertEquals(List.of("Waiter.java:7 TimedWaitIgnored"), run.findings());
    assertTrue(
        run.note()
            .startsWith(
                "note: the compiler reports 2 errors in 1 file, first: %s:6: incompatible types"
                    .formatted(file)),
        run.out());
  }

  @Test
  void aFileThatCannotBeParsedIsLeftOutAndNamedWithItsLine() throws IOException {
    Path broken = Code.write(folder, "Broken.java", "class Broken {\n  void run( {\n  }\n}\n");
    Code.write(folder, "Waiter.java", Code.faulty("Waiter"));
    Code.write(folder, "sub/Other.java", Code.faulty("Other"));

    Run run = Run.json(folder);

    assertEquals(
        List.of("Waiter.java:7 TimedWaitIgnored", "Other.java:7 TimedWaitIgnored"), run.findings());
    assertTrue(
        run.note().startsWith("note: cannot be parsed, left out: %s:2: ".formatted(broken)),
        run.out());
    assertEquals(2, run.files());
    assertEquals(0, run.status());
  }

  @Test
  void nothingThatCouldBeParsedIsAFailure() throws IOException {
    Code.write(folder, "Broken.java", "class Broken {");

    Run text = Run.check(folder);
    Run json = Run.json(folder);

    assertEquals(2, text.status());
    assertTrue(text.out().contains("error: no file could be analysed\n"), text.out());
    assertEquals(2, json.status());
    assertTrue(json.err().endsWith("bowline: no file could be analysed\n"), json.err());
    assertEquals(0, json.files());
  }

  @Test
  void aClassFileThatAClassNeedsAndIsNotThereIsANote() throws IOException {
    Code.write(folder, "src/lib/Base.java", "package lib; public class Base {}\n");
    Code.write(
        folder,
        "src/lib/Used.java",
        "package lib; public class Used extends Base { public void go() {} }\n");
    Path classes = Code.compile(folder.resolve("src"), folder.resolve("classes"));
    Files.delete(classes.resolve("lib/Base.class"));
    Code.write(
        folder,
        "app/Waiter.java",
        Code.faulty("Waiter").replace("System.out.println(\"go\")", "new lib.Used().go()"));

    Run run = Run.json("-cp", classes, folder.resolve("app"));

    assertEquals(List.of("Waiter.java:7 TimedWaitIgnored"), run.findings());
    assertTrue(run.note().contains("first: lib.Base ("), run.out());
    assertEquals(0, run.status());
  }
}
