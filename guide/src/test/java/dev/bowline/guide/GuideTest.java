package dev.bowline.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.guide.Examples.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The guide: its examples compile, and the compiler, with all rules, has nothing to say of them.
 */
final class GuideTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)(#[^)]*)?\\)");

  static List<Example> examples() {
    return Guide.examples();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void exampleCompilesWithoutAWord(Example example) {
    assertEquals("", String.join("\n\n", Guide.said().get(example.name())));
  }

  @Test
  void thereAreExamples() {
    assertFalse(examples().isEmpty(), "no Java block was found in " + Guide.PAGE);
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    String page = Files.readString(Guide.PAGE);
    List<String> headings =
        page.lines()
            .filter(line -> line.startsWith("#"))
            .map(
                line ->
                    line.replaceAll("^#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", ""))
            .map(heading -> "#" + heading.replace(' ', '-'))
            .toList();
    for (MatchResult link : LINK.matcher(page).results().toList()) {
      if (link.group(1).isEmpty()) {
        assertTrue(headings.contains(link.group(2)), link.group());
      } else if (!link.group(1).startsWith("https:")) {
        assertTrue(Files.exists(Guide.PAGE.resolveSibling(link.group(1))), link.group());
      }
    }
  }

  @Test
  void whatRulesReportIsFoundWithItsLine(@TempDir Path other) {
    Map<String, List<String>> found =
        Examples.compile(
            Examples.of(
                """
                # Page
                ```java
                import dev.bowline.Context;

                final class Stores {
                  Context ctx;
                }
                ```
                """),
            other);
    assertEquals(1, found.get("Stores").size(), found.toString());
    assertTrue(found.get("Stores").get(0).startsWith("line 6: [StoredContext]"), found.toString());
  }

  @Test
  void whatDoesNotCompileIsFound(@TempDir Path other) {
    Map<String, List<String>> found =
        Examples.compile(
            Examples.of("```java\nfinal class Broken extends Missing {}\n```\n"), other);
    assertTrue(
        found.get("Broken").get(0).startsWith("line 2: cannot find symbol"), found.toString());
  }

  static Stream<String> pagesWithoutExamples() {
    return Stream.of("", "```text\nclass None {}\n```\n", "no ```java here\n```\n");
  }

  @ParameterizedTest
  @MethodSource("pagesWithoutExamples")
  void otherBlocksAreNoExamples(String page) {
    assertEquals(List.of(), Examples.of(page));
  }
}
