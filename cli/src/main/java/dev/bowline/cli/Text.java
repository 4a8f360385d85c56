package dev.bowline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Small things that every message needs. */
final class Text {
  private Text() {}

  /** {@code 1 file}, {@code 1,234 files}. */
  static String count(int count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }

  /** The first line, and what kind of failure it is: an exception in a line of its own. */
  static String oneLine(Throwable failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage().strip();
    String first = message.lines().findFirst().orElse("");
    String kind = failure.getClass().getSimpleName();
    return first.isEmpty() ? kind : kind + ": " + first;
  }

  /** Breaks at spaces; a word that is longer than a line keeps a line to itself. */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.lines().toList()) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.strip().split(" +", -1)) {
        if (line.length() > 0 && line.length() + 1 + word.length() > width) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.length() > 0 ? " " : "").append(word);
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
