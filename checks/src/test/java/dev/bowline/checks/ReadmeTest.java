package dev.bowline.checks;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.errorprone.BugCheckerInfo;
import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what happens. */
final class ReadmeTest {
  private static final Path README = Path.of("../README.md");

  @Test
  void theCompilerSaysWhatTheFirstExampleShows() throws IOException {
    Compilation compilation =
        Fixtures.compile(
            Rules.all(),
            List.of(),
            JavaFileObjects.forSourceString(
                "Reports",
                "import dev.bowline.Context;\nimport java.util.concurrent.*;\n" + block("java")));
    assertThat(compilation.errors()).isEmpty();
    List<String> shown = block("text").lines().toList();
    assertThat(compilation.warnings()).hasSize(shown.size());
    for (String line : shown) {
      // The README breaks off after the first sentence.
      String start = line.substring(0, line.length() - 1);
      assertWithMessage(line)
          .that(
              compilation.warnings().stream()
                  .anyMatch(warning -> warning.getMessage(Locale.ROOT).startsWith(start)))
          .isTrue();
    }
  }

  @Test
  void theMavenLinesAreThoseOfTheExample() throws IOException {
    String pom = Files.readString(Path.of("../example/clean/pom.xml"));
    Matcher lines =
        Pattern.compile("<!-- bowline: begin -->\n(.*?) *<!-- bowline: end -->", Pattern.DOTALL)
            .matcher(pom);
    assertThat(lines.find()).isTrue();
    assertThat(block("xml").lines().map(String::strip).toList())
        .isEqualTo(lines.group(1).lines().map(String::strip).toList());
    assertThat(Files.readString(README))
        .contains(
            "```text\n" + Files.readString(Path.of("../example/clean/.mvn/jvm.config")) + "```");
  }

  @Test
  void theTableHasAllRules() throws IOException {
    String readme = Files.readString(README);
    for (var rule : Rules.all()) {
      BugCheckerInfo info = BugCheckerInfo.create(rule);
      String name = info.canonicalName();
      assertThat(readme)
          .contains("| [%s](docs/checks/%s.md) | %s |".formatted(name, name, info.message()));
    }
  }

  /** The first fenced block of this language. */
  private static String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(README));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }
}
