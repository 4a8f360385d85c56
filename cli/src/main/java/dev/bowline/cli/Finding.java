package dev.bowline.cli;

import java.util.Comparator;

/**
 * One thing that a rule reports, as every report shows it. The names of the components are those of
 * the JSON report.
 *
 * @param file relative to the working directory where that is possible
 * @param line where the compiler would point, counted from 1
 * @param column counted from 1, in characters; a tab is one
 * @param endLine where the reported code ends; null when the compiler does not know
 * @param endColumn the first column behind the reported code; null like {@code endLine}
 * @param message without the name of the rule and the link
 * @param link the rule's page; null when it has none
 * @param source the line of code
 * @param fix the line as the rule would write it; null when it offers nothing
 */
record Finding(
    String rule,
    Level level,
    String file,
    int line,
    int column,
    Integer endLine,
    Integer endColumn,
    String message,
    String link,
    String source,
    String fix) {

  /** By place, so that reports read top to bottom and do not depend on the order of analysis. */
  static final Comparator<Finding> BY_PLACE =
      Comparator.comparing(Finding::file)
          .thenComparingInt(Finding::line)
          .thenComparingInt(Finding::column)
          .thenComparing(Finding::rule)
          .thenComparing(Finding::message);
}
