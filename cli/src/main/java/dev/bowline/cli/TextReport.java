package dev.bowline.cli;

import java.util.Collection;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi.Style;

/** For people: findings by file with the code they are about, then a table by rule. */
final class TextReport implements Report {
  private static final int WIDTH = 100;
  private static final String INDENT = "      ";

  private final boolean color;
  private final StringBuilder text = new StringBuilder();

  TextReport(boolean color) {
    this.color = color;
  }

  @Override
  public String render(Analysis.Result result, double seconds) {
    String file = null;
    for (Finding finding : result.findings()) {
      if (!finding.file().equals(file)) {
        file = finding.file();
        line(styled(Style.bold, file));
      }
      add(finding);
    }
    if (!result.findings().isEmpty()) {
      addTable(Report.byRule(result.findings()));
    }
    for (Note note : result.notes()) {
      line(label(note.kind()) + " " + note.message());
    }
    if (!result.notes().isEmpty()) {
      line("");
    }
    line(summary(result, seconds));
    return text.toString();
  }

  private void add(Finding finding) {
    line(
        "  %d:%d  %s  %s"
            .formatted(
                finding.line(),
                finding.column(),
                styled(styleOf(finding.level()), finding.level().toString()),
                styled(Style.bold, finding.rule())));
    for (String part : Text.wrap(finding.message(), WIDTH - INDENT.length())) {
      line(INDENT + part);
    }
    addSource(finding);
    if (finding.fix() != null) {
      line(INDENT + styled(Style.fg_green, "fix: ") + finding.fix().strip());
    }
    if (finding.link() != null) {
      line(INDENT + styled(Style.faint, finding.link()));
    }
    line("");
  }

  private void addSource(Finding finding) {
    Snippet snippet = Snippet.around(finding.source(), finding.column(), WIDTH);
    String number = Integer.toString(finding.line());
    line(INDENT + number + " | " + snippet.code());
    line(INDENT + " ".repeat(number.length()) + " | " + snippet.caret());
  }

  private void addTable(Collection<RuleCount> counts) {
    int width = counts.stream().mapToInt(count -> count.rule().length()).max().orElse(0);
    String names = "%-" + Math.max(width, "rule".length()) + "s  %-10s  ";
    String title = names + "%8s  %5s";
    line(styled(Style.bold, title.formatted("rule", "level", "findings", "files")));
    for (RuleCount count : counts) {
      line(
          String.format(
              Locale.ROOT,
              names + "%,8d  %,5d",
              count.rule(),
              count.level(),
              count.findings(),
              count.files()));
    }
    line("");
  }

  private static String summary(Analysis.Result result, double seconds) {
    int errors = (int) result.findings().stream().filter(f -> f.level() == Level.ERROR).count();
    return String.format(
        Locale.ROOT,
        "%s analysed in %.1f s: %s%s%s",
        Text.count(result.files(), "file"),
        seconds,
        result.findings().isEmpty()
            ? "no findings"
            : Text.count(result.findings().size(), "finding"),
        errors == 0 ? "" : " (" + Text.count(errors, "error") + ")",
        result.notes().isEmpty() ? "" : ", " + Text.count(result.notes().size(), "note"));
  }

  private String label(Note.Kind kind) {
    return kind == Note.Kind.ERROR
        ? styled(Style.fg_red, "error:")
        : styled(Style.fg_cyan, "note:");
  }

  private static Style styleOf(Level level) {
    return switch (level) {
      case ERROR -> Style.fg_red;
      case WARNING -> Style.fg_yellow;
      case SUGGESTION -> Style.fg_cyan;
    };
  }

  /** Not by way of picocli's markup, as the text may look like some. */
  private String styled(Style style, String plain) {
    return color ? Style.on(style) + plain + Style.reset.on() : plain;
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }
}
