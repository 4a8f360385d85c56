package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/cli.md} and the command line say the same. */
final class CliPageTest {
  private static final Path PAGE = Path.of("../docs/cli.md");
  private static final Pattern CODE = Pattern.compile("`([^` ]+)[^`]*`");

  @TempDir Path folder;

  @Test
  void everyFieldOfTheJsonReportIsOnThePageAndTheOtherWayRound() throws IOException {
    Code.write(folder, "Waiter.java", Code.faulty("Waiter") + "class X extends org.lib.Base {}\n");
    Run run = Run.json(folder);
    assertFalse(run.findings().isEmpty());
    assertFalse(run.notes().isEmpty());

    Set<String> written = new TreeSet<>();
    collect("", run.report(), written);

    assertEquals(written, firstColumn("## JSON"));
  }

  private static void collect(String path, JsonElement element, Set<String> paths) {
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(each -> collect(path + "[]", each, paths));
    } else if (element.isJsonObject()) {
      for (Map.Entry<String, JsonElement> field : element.getAsJsonObject().entrySet()) {
        collect(
            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), paths);
      }
    } else {
      paths.add(path);
    }
  }

  @Test
  void everyOptionIsOnThePageAndTheOtherWayRound() throws IOException {
    CommandLine command = new CommandLine(new CheckCommand(Rules.bundled()));
    Set<String> options = new TreeSet<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      options.addAll(List.of(option.names()));
    }

    assertEquals(options, firstColumn("## Options"));
  }

  /** The code in the first column of the table in a section, parameters left out. */
  private static Set<String> firstColumn(String heading) throws IOException {
    Set<String> found = new TreeSet<>();
    section(heading)
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(0, line.indexOf('|', 1)))
        .forEach(cell -> CODE.matcher(cell).results().forEach(code -> found.add(code.group(1))));
    return found;
  }

  private static Stream<String> section(String heading) throws IOException {
    return Files.readString(PAGE)
        .lines()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "));
  }
}
