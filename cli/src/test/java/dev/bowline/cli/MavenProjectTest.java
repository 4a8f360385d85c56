package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Projects that Maven is asked about. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class MavenProjectTest {
  private static final String HEAD =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
      """;

  private static final String PARENT =
      HEAD
          + """
            <groupId>shop</groupId>
            <artifactId>shop</artifactId>
            <version>1</version>
            <packaging>pom</packaging>
            <modules>
              <module>core</module>
              <module>app</module>
            </modules>
            <properties>
              <maven.compiler.release>17</maven.compiler.release>
              <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
            </properties>
            <build>
              <pluginManagement>
                <plugins>
                  <plugin>
                    <artifactId>maven-compiler-plugin</artifactId>
                    <version>3.14.1</version>
                  </plugin>
                  <plugin>
                    <artifactId>maven-resources-plugin</artifactId>
                    <version>3.3.1</version>
                  </plugin>
                </plugins>
              </pluginManagement>
            </build>
          </project>
          """;

  private static final String CORE =
      HEAD
          + """
            <parent><groupId>shop</groupId><artifactId>shop</artifactId><version>1</version></parent>
            <artifactId>core</artifactId>
          </project>
          """;

  private static final String APP =
      HEAD
          + """
            <parent><groupId>shop</groupId><artifactId>shop</artifactId><version>1</version></parent>
            <artifactId>app</artifactId>
            <dependencies>
              <dependency>
                <groupId>shop</groupId>
                <artifactId>core</artifactId>
                <version>1</version>
              </dependency>
              <dependency>
                <groupId>org.junit.jupiter</groupId>
                <artifactId>junit-jupiter</artifactId>
                <version>5.14.4</version>
                <scope>test</scope>
              </dependency>
            </dependencies>
          </project>
          """;

  @TempDir Path folder;

  @BeforeEach
  void sources() throws IOException {
    Code.write(
        folder,
        "core/src/main/java/core/Session.java",
        "package core;\n\npublic class Session {}\n");
    Code.write(
        folder,
        "app/src/main/java/app/Shop.java",
        "package app;\n\nclass Shop {\n  core.Session session;\n}\n");
    Code.write(folder, "app/src/test/java/app/ShopTest.java", Code.sleepyTest("ShopTest"));
  }

  private void poms() throws IOException {
    Code.write(folder, "pom.xml", PARENT);
    Code.write(folder, "core/pom.xml", CORE);
    Code.write(folder, "app/pom.xml", APP);
  }

  /** A Maven of the project's own that says what it is told to, and fails. */
  private void failingMaven(String output) throws IOException {
    Code.write(folder, "mvnw", "printf '%s'\nexit 1\n".formatted(output));
  }

  private Run check() {
    return Run.json("--opt", "Bowline:ContextTypes=core.Session", folder);
  }

  @Test
  void allModulesAreAnalysedWithTheirTestsAndFindEachOther() throws IOException {
    poms();

    Run run = check();

    assertEquals(
        List.of("Shop.java:4 StoredContext", "ShopTest.java:6 SleepInTest"), run.findings());
    assertEquals(List.of(), run.notes());
    assertEquals(3, run.files());
    assertEquals(0, run.status());
    assertEquals(3, run.err().lines().count(), run.err());
  }

  @Test
  void aProjectThatDoesNotCompileIsAnalysedAllTheSame() throws IOException {
    poms();
    Path broken =
        Code.write(
            folder,
            "core/src/main/java/core/Waiter.java",
            "package core;\n" + Code.faulty("Waiter").replace("\"go\"", "missing"));

    Run run = check();

    assertEquals(
        List.of(
            "Shop.java:4 StoredContext",
            "ShopTest.java:6 SleepInTest",
            "Waiter.java:8 TimedWaitIgnored"),
        run.findings());
    List<String> notes = run.notes();
    assertEquals(2, notes.size(), notes::toString);
    assertTrue(
        notes
            .get(0)
            .startsWith(
                "note: Maven could not compile %s, so generated code may not resolve: %s:[9,"
                    .formatted(folder, broken)),
        notes::toString);
    assertTrue(notes.get(0).endsWith("cannot find symbol"), notes::toString);
    assertTrue(notes.get(1).contains("Waiter.java:9: cannot find symbol"), notes::toString);
    assertEquals(0, run.status());
  }

  @Test
  void aPomThatMavenCannotReadLeavesTheUsualFolders() throws IOException {
    Code.write(folder, "pom.xml", HEAD);
    Code.write(folder, "core/pom.xml", CORE);
    Code.write(folder, "app/pom.xml", APP);

    Run run = check();

    assertTrue(run.findings().contains("Shop.java:4 StoredContext"), run.out());
    String note = run.notes().get(0);
    assertTrue(
        note.startsWith(
            "note: Maven cannot describe %s, taking src/main/java and src/test/java without class path: "
                .formatted(folder)),
        note);
    assertTrue(note.contains("pom.xml"), note);
    assertEquals(3, run.files());
    assertEquals(0, run.status());
  }

  @Test
  void theFirstErrorThatMavenPrintsIsTheReason() throws IOException {
    poms();
    failingMaven("[INFO] hello\\n[ERROR] COMPILATION ERROR : \\n[ERROR] no luck\\n[ERROR] more\\n");

    Run run = check();

    assertTrue(run.notes().get(0).endsWith("without class path: no luck"), run.out());
    assertEquals(3, run.files());
  }

  @Test
  void headingsAndColoursAreNotTheReason() throws IOException {
    poms();
    failingMaven(
        "\\033[0m[ERROR] [ERROR] Some problems were encountered while processing the POMs:\\n"
            + "[FATAL] no luck\\n[ERROR] more\\n");

    assertTrue(check().notes().get(0).endsWith("without class path: no luck"));
    failingMaven("\\033[0m\\033[0m[ERROR] no network\\n[ERROR] more\\n");
    assertTrue(check().notes().get(0).endsWith("without class path: no network"));
  }

  @Test
  void whatMavenPrintsMayBeInAnyCharacterSet() throws IOException {
    poms();
    failingMaven("[ERROR] sp\\303\\244t, sp\\344t\\n");

    Run run = check();

    assertTrue(run.notes().get(0).contains("without class path: sp"), run.out());
  }

  @Test
  void aMavenThatSaysNothingHasFailedAllTheSame() throws IOException {
    poms();
    failingMaven("");

    assertTrue(check().notes().get(0).endsWith(": Maven failed and said nothing"));
  }

  @Test
  void aDescriptionThatCannotBeReadLeavesTheUsualFolders() throws IOException {
    poms();
    Code.write(
        folder,
        "mvnw",
        """
        for argument; do
          case $argument in -Doutput=*) echo '<project' > "${argument#-Doutput=}" ;; esac
        done
        """);

    Run run = check();

    assertTrue(
        run.notes().get(0).contains("without class path: its effective pom cannot be read, "),
        run.out());
    assertEquals(3, run.files());
    assertEquals(2, run.err().lines().count(), run.err());
  }

  @Test
  void whatABuildCopiedIsNoSource() throws IOException {
    poms();
    failingMaven("[ERROR] no luck\\n");
    Code.write(folder, "app/target/it/pom.xml", APP);
    Code.write(folder, "app/target/it/src/main/java/app/Shop.java", "package app; class Shop {}\n");

    Run run = check();

    assertEquals(3, run.files());
    assertFalse(run.out().contains("duplicate"), run.out());
  }

  @Test
  void aProjectWithoutSourcesSaysWhatMavenSaid() throws IOException {
    Path empty = folder.resolve("empty");
    Code.write(empty, "pom.xml", HEAD);
    Code.write(empty, "mvnw", "echo '[ERROR] no luck'\nexit 1\n");

    Run run = Run.check(empty);

    assertEquals(2, run.status());
    assertTrue(
        run.err().contains("bowline: no .java file to analyse in %s; Maven".formatted(empty)),
        run.err());
    assertTrue(run.err().endsWith(": no luck\n"), run.err());
  }
}
