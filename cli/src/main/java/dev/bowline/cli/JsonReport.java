package dev.bowline.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.Collection;
import java.util.List;

/**
 * One JSON object. Its shape is that of the records here and of {@link Finding}, and is described
 * for users in {@code docs/cli.md}; what is not known is absent.
 */
final class JsonReport implements Report {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  @Override
  public String render(Analysis.Result result, double seconds) {
    Document document =
        new Document(
            new Tool("bowline", Version.BOWLINE, Version.ERROR_PRONE),
            result.findings(),
            result.notes(),
            new Summary(
                result.files(), result.findings().size(), Report.byRule(result.findings())));
    return GSON.toJson(document) + "\n";
  }

  /** The whole report. */
  private record Document(Tool tool, List<Finding> findings, List<Note> notes, Summary summary) {}

  /** Who reports. */
  private record Tool(String name, String version, String errorProne) {}

  /** The sums; {@code files} counts what was analysed. */
  private record Summary(int files, int findings, Collection<RuleCount> byRule) {}
}
