package dev.bowline.checks;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.util.stream.Collectors.joining;

import com.google.errorprone.BugCheckerInfo;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.scanner.BuiltInCheckerSuppliers;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Rules, pages, the index and the list of settings say the same. */
final class RulePagesTest {
  private static final Path PAGES = Path.of("../docs/checks");
  private static final Path SETTINGS = Path.of("../docs/settings.md");
  private static final Pattern SETTING = Pattern.compile("-XepOpt:(\\w+:\\w+)=?");

  @TestFactory
  Stream<DynamicTest> everyRuleHasAPageAndALinkToIt() {
    assertThat(Rules.all()).isNotEmpty();
    return Rules.all().stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getSimpleName(),
                    () -> {
                      String name = rule.getSimpleName();
                      BugCheckerInfo info = BugCheckerInfo.create(rule);
                      assertThat(info.canonicalName()).isEqualTo(name);
                      assertThat(info.linkUrl()).isEqualTo(RulePages.URL + name + ".md");
                      assertThat(info.message().length()).isAtMost(100);
                      String page = Files.readString(PAGES.resolve(name + ".md"));
                      assertThat(page).startsWith("# " + name + "\n");
                      for (String section :
                          new String[] {"Instead", "Allow", "Settings", "Not reported"}) {
                        assertWithMessage(name).that(page).contains("\n## " + section + "\n");
                      }
                      assertWithMessage(name).that(page).contains("\n## Other tools\n");
                      assertWithMessage(name)
                          .that(page)
                          .contains("@SuppressWarnings(\"" + name + "\")");
                      for (String annotation : houseAnnotations(info)) {
                        assertWithMessage(name).that(page).contains("@" + annotation);
                      }
                    }));
  }

  @Test
  void everyPageHasARule() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(
              pages
                  .map(page -> page.getFileName().toString().replace(".md", ""))
                  .filter(name -> !name.equals("README"))
                  .toList())
          .containsExactlyElementsIn(Rules.all().stream().map(Class::getSimpleName).toList());
    }
  }

  @Test
  void noRuleHasTheNameOfABuiltInOne() {
    TreeSet<String> names = new TreeSet<>();
    Rules.all().forEach(rule -> names.addAll(BugCheckerInfo.create(rule).allNames()));
    BuiltInCheckerSuppliers.allChecks()
        .getAllChecks()
        .values()
        .forEach(builtIn -> assertThat(names).containsNoneIn(builtIn.allNames()));
  }

  @Test
  void indexIsWhatTheClassesSay() throws IOException {
    StringBuilder index =
        new StringBuilder(
            """
            # The rules

            Written from the classes: edit their `@BugPattern`, then run `mvn test -pl checks -am -Ddocs.update=true`.
            """);
    String topic = "";
    for (Class<? extends BugChecker> rule : byTopic()) {
      if (!topic.equals(topic(rule))) {
        topic = topic(rule);
        index.append("\n## ").append(topic).append("\n");
        index.append("| rule | what it reports | severity | fix | allowed by |\n");
        index.append("| --- | --- | --- | --- | --- |\n");
      }
      BugCheckerInfo info = BugCheckerInfo.create(rule);
      index.append(
          "| [%s](%s.md) | %s | %s | %s | %s |\n"
              .formatted(
                  info.canonicalName(),
                  info.canonicalName(),
                  info.message(),
                  info.defaultSeverity().name().toLowerCase(java.util.Locale.ROOT),
                  offersFix(rule) ? "yes" : "",
                  houseAnnotations(info).stream().map(a -> "`@" + a + "`").collect(joining(", "))));
    }
    compareOrUpdate(PAGES.resolve("README.md"), index.toString());
  }

  /** A setting that a class reads is on a page, and one that a page names is read. */
  @Test
  void settingsAreWhatTheClassesRead() throws IOException {
    Map<String, TreeSet<String>> pagesBySetting = new TreeMap<>();
    for (Class<? extends BugChecker> rule : Rules.all()) {
      String page = Files.readString(PAGES.resolve(rule.getSimpleName() + ".md"));
      // "RunsElsewhere=" after "-XepOpt:Bowline:RunsHere=" is spelled out in the list only.
      Matcher setting =
          SETTING.matcher(page.replace("`RunsElsewhere=", "`-XepOpt:Bowline:RunsElsewhere="));
      while (setting.find()) {
        pagesBySetting
            .computeIfAbsent(setting.group(1), name -> new TreeSet<>())
            .add(rule.getSimpleName());
      }
    }
    TreeSet<String> read = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher flag =
            Pattern.compile("get(?:List|Set)OrEmpty\\(\"(\\w+:\\w+)\"\\)")
                .matcher(Files.readString(source));
        while (flag.find()) {
          read.add(flag.group(1));
        }
      }
    }
    assertThat(pagesBySetting.keySet()).isEqualTo(read);
    String rows =
        pagesBySetting.entrySet().stream()
            .map(
                entry ->
                    "| `-XepOpt:%s=` | %s |\n"
                        .formatted(
                            entry.getKey(),
                            entry.getValue().stream()
                                .map(rule -> "[%s](checks/%s.md)".formatted(rule, rule))
                                .collect(joining(", "))))
            .collect(joining());
    compareOrUpdate(
        SETTINGS,
        """
        # Settings

        Written from the pages of the rules: run `mvn test -pl checks -am -Ddocs.update=true`.

        Every rule can be turned off, or made a warning or an error, with `-Xep:TheRule:OFF`, `WARN` or `ERROR` inside the `-Xplugin:ErrorProne` argument.
        Values of the settings below are lists, separated by commas; what they mean stands on the pages.

        | setting | used by |
        | --- | --- |
        """
            + rows
            + """

            `-XepOpt:Bowline:NoteSkipped=true` is for finding out why a rule is silent: it prints a note for each method on which the rules that follow paths gave up,
            because of a construct that their library for control flow does not know.
            """);
  }

  private static Iterable<Class<? extends BugChecker>> byTopic() {
    TreeMap<String, Class<? extends BugChecker>> sorted = new TreeMap<>();
    Rules.all().forEach(rule -> sorted.put(topic(rule) + rule.getSimpleName(), rule));
    return sorted.values();
  }

  private static String topic(Class<?> rule) {
    return rule.getPackageName().substring(rule.getPackageName().lastIndexOf('.') + 1);
  }

  /** The tests of fixes say which rules have one. */
  private static boolean offersFix(Class<?> rule) {
    Path test =
        Path.of(
            "src/test/java/%s/%sTest.java"
                .formatted(rule.getPackageName().replace('.', '/'), rule.getSimpleName()));
    try {
      return Files.readString(test).contains("Fixtures.verifyFix(");
    } catch (IOException e) {
      throw new AssertionError("no test for " + rule, e);
    }
  }

  private static Set<String> houseAnnotations(BugCheckerInfo info) {
    TreeSet<String> names = new TreeSet<>();
    for (Class<? extends Annotation> annotation : info.customSuppressionAnnotations()) {
      names.add(annotation.getSimpleName());
    }
    return names;
  }

  private static void compareOrUpdate(Path file, String text) throws IOException {
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(file, text);
    }
    assertWithMessage("%s is stale; mvn test -pl checks -am -Ddocs.update=true writes it", file)
        .that(Files.exists(file) ? Files.readString(file) : "")
        .isEqualTo(text);
  }
}
