package dev.bowline.cli;

/** A line of code, cut to a width around the column that a caret below it points at. */
record Snippet(String code, String caret) {
  private static final String CUT = "...";

  /**
   * Cuts.
   *
   * @param column counted from 1
   */
  static Snippet around(String line, int column, int width) {
    int at = Math.min(Math.max(column - 1, 0), line.length());
    int indent = line.length() - line.stripLeading().length();
    int from = Math.min(indent, at);
    if (at - from > width - 20) {
      from = at - width / 2;
    }
    int to = Math.min(line.length(), from + width);
    String before = from > indent ? CUT : "";
    String code = before + line.substring(from, to) + (to < line.length() ? CUT : "");
    // Tabs stay tabs, so that the caret stands where the terminal puts the character.
    String padding = line.substring(from, at).replaceAll("[^\t]", " ");
    return new Snippet(code, " ".repeat(before.length()) + padding + "^");
  }
}
