package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from an effective pom. */
final class MavenModuleTest {
  @TempDir Path folder;

  private MavenModule module(String content) throws IOException {
    Path pom =
        Code.write(
            folder,
            "effective.xml",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- Effective POM -->
            <project><groupId>g</groupId><artifactId>a</artifactId>%s</project>
            """
                .formatted(content));
    List<MavenModule> modules = MavenModule.read(pom);
    assertEquals(1, modules.size());
    return modules.get(0);
  }

  /** The options of a module with this configuration of the compiler plugin. */
  private List<String> options(String configuration) throws IOException {
    return module(plugin("maven-compiler-plugin", configuration)).options();
  }

  private static String plugin(String artifact, String content) {
    return "<build><plugins><plugin><artifactId>other</artifactId></plugin><plugin><artifactId>%s</artifactId>%s</plugin></plugins></build>"
        .formatted(artifact, content);
  }

  @Test
  void aReactorHasManyProjects() throws IOException {
    Path pom =
        Code.write(
            folder,
            "effective.xml",
            "<projects><project><groupId>g</groupId><artifactId>a</artifactId></project><project><groupId>g</groupId><artifactId>b</artifactId></project></projects>");

    assertEquals(
        List.of("g_a", "g_b"), MavenModule.read(pom).stream().map(MavenModule::id).toList());
  }

  @Test
  void theLanguageLevelIsThePluginsOrAProperty() throws IOException {
    assertEquals(List.of(), module("").options());
    assertEquals(
        List.of("--release", "11"),
        options("<configuration><release> 11 </release><source>8</source></configuration>"));
    assertEquals(
        List.of("-source", "8"), options("<configuration><source>1.8</source></configuration>"));
    assertEquals(
        List.of("--release", "17"),
        options(
            "<configuration><release>11</release><testRelease>17</testRelease></configuration>"));
    assertEquals(
        List.of("--release", "11"),
        module("<properties><maven.compiler.release>11</maven.compiler.release></properties>")
            .options());
  }

  @Test
  void aLanguageLevelThatThisJdkDoesNotKnowIsLeftToTheCompiler() throws IOException {
    for (String level : List.of("99", "7", "1.5", "${oops}")) {
      assertEquals(
          List.of(),
          options("<configuration><source>" + level + "</source></configuration>"),
          level);
    }
  }

  @Test
  void whatTheSourcesMaySeeIsKeptAndOtherArgumentsAreNot() throws IOException {
    assertEquals(
        List.of("--add-exports=a/b=ALL-UNNAMED", "--add-modules", "m", "-source", "17"),
        options(
            "<configuration><release>17</release><compilerArgs><arg>-Werror</arg><arg>--add-exports=a/b=ALL-UNNAMED</arg><arg>--add-modules</arg><arg>m</arg><arg>-Xlint</arg></compilerArgs></configuration>"));
  }

  @Test
  void sourceFoldersAreThoseThatExist() throws IOException {
    Path main = Files.createDirectories(folder.resolve("src/main/java"));
    Path more = Files.createDirectories(folder.resolve("src/more/java"));
    String helper =
        "<executions><execution><goals><goal>add-source</goal></goals><configuration><sources><source>%s</source><source>%s</source></sources></configuration></execution></executions>"
            .formatted(more, folder.resolve("gone"));
    MavenModule module =
        module(
            plugin("build-helper-maven-plugin", helper)
                .replace(
                    "<build>",
                    "<build><sourceDirectory>%s</sourceDirectory><testSourceDirectory>%s</testSourceDirectory>"
                        .formatted(main, folder.resolve("src/test/java"))));

    assertEquals(List.of(main, more), module.mainRoots());
    assertEquals(List.of(), module.testRoots());
  }

  @Test
  void anEffectivePomMayNotReachOut() throws IOException {
    Path pom =
        Code.write(
            folder,
            "effective.xml",
            "<!DOCTYPE project SYSTEM \"other.dtd\"><project><artifactId>a</artifactId></project>");

    assertThrows(IOException.class, () -> MavenModule.read(pom));
  }
}
