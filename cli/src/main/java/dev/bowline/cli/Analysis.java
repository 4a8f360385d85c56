package dev.bowline.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Analyses units, one compilation each. A file that the compiler cannot digest is left out and the
 * unit compiled again; every turn leaves out at least one, so this ends.
 */
final class Analysis {
  private final Rules.Selection rules;
  private final Progress progress;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private final CompileErrors errors = new CompileErrors();
  private String hint;
  private int files;

  Analysis(Rules.Selection rules, Progress progress) {
    this.rules = rules;
    this.progress = progress;
  }

  /** Analyses one unit more. */
  void add(Unit unit) {
    hint = hint == null ? unit.hint() : hint;
    Set<SourceFile> sources = new LinkedHashSet<>(unit.sources());
    sources.addAll(unit.generated());
    while (!sources.isEmpty()) {
      Attempt attempt = new Attempt(unit, progress);
      RuleScan scan = new RuleScan(rules, attempt.errors());
      attempt.run(sources, rules.options(), scan);
      if (attempt.rejected().isEmpty()) {
        findings.addAll(scan.findings());
        notes.addAll(scan.notes());
        files += scan.files();
        errors.addAll(attempt.errors());
        leftOut.addAll(attempt.leftOut());
        return;
      }
      notes.addAll(attempt.rejected().values());
      sources.removeAll(attempt.rejected().keySet());
    }
  }

  /**
   * The findings by place, and what is to be known about them.
   *
   * @param before what was to be known before the analysis began
   */
  Result result(List<Note> before) {
    List<Note> all = new ArrayList<>(before);
    all.addAll(notes);
    errors.note(hint).ifPresent(all::add);
    if (!leftOut.isEmpty()) {
      all.add(
          Note.note(
              "%s left out, as the compiler could not place what is declared there, first: %s"
                  .formatted(Text.count(leftOut.size(), "file"), leftOut.get(0))));
    }
    if (files == 0) {
      all.add(Note.error("no file could be analysed"));
    }
    findings.sort(Finding.BY_PLACE);
    return new Result(findings, all, files);
  }

  /**
   * What came of it.
   *
   * @param files how many were analysed
   */
  record Result(List<Finding> findings, List<Note> notes, int files) {}
}
