package dev.bowline.cli;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Renders the result of a run. */
interface Report {
  /** The whole report. */
  String render(Analysis.Result result, double seconds);

  /**
   * A line of the table by rule.
   *
   * @param level the highest that any of the findings has
   * @param files in how many files it has findings
   */
  record RuleCount(String rule, Level level, int findings, int files) {}

  /** Counts findings by rule, in the order of the rules' names. */
  static Collection<RuleCount> byRule(List<Finding> findings) {
    Map<String, RuleCount> counts = new TreeMap<>();
    Map<String, Set<String>> files = new TreeMap<>();
    for (Finding finding : findings) {
      Set<String> in = files.computeIfAbsent(finding.rule(), rule -> new HashSet<>());
      in.add(finding.file());
      counts.merge(
          finding.rule(),
          new RuleCount(finding.rule(), finding.level(), 1, 1),
          (a, b) ->
              new RuleCount(
                  a.rule(),
                  a.level().compareTo(b.level()) > 0 ? a.level() : b.level(),
                  a.findings() + b.findings(),
                  in.size()));
    }
    return counts.values();
  }
}
