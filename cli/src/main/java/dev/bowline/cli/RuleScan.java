package dev.bowline.cli;

import com.google.errorprone.DescriptionListener;
import com.google.errorprone.ErrorProneError;
import com.google.errorprone.fixes.AppliedFix;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.scanner.ErrorProneScannerTransformer;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.CompletionFailure;
import com.sun.tools.javac.tree.JCTree.JCCompilationUnit;
import com.sun.tools.javac.util.Context;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Runs the rules over attributed files, one file at a time. Error Prone's own analyser gives up at
 * the first compile error and ends the compilation when a check fails; here neither may keep the
 * other rules and the other files from being heard.
 */
final class RuleScan implements Attempt.Analysed {
  /** A class file that is missing is met once by every rule that asks, and then known. */
  private static final int MISSING_CLASSES_PER_FILE = 100;

  private final Rules.Selection rules;
  private final ErrorProneScannerTransformer scanner;
  private final CompileErrors errors;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private int files;

  RuleScan(Rules.Selection rules, CompileErrors errors) {
    this.rules = rules;
    this.scanner = rules.scanner();
    this.errors = errors;
  }

  /** What the rules report. */
  List<Finding> findings() {
    return findings;
  }

  /** Rules that failed, with the file. */
  List<Note> notes() {
    return notes;
  }

  /** The number of files seen. */
  int files() {
    return files;
  }

  @Override
  public void file(SourceFile file, TreePath tree, Context context) {
    files++;
    Set<String> crashed = new HashSet<>();
    ErrorProneScannerTransformer usable = scanner;
    // What was found before a failure is found again after it, so a failed turn counts for nothing.
    for (int missing = 0; missing < MISSING_CLASSES_PER_FILE; ) {
      List<Finding> found = new ArrayList<>();
      try {
        usable.apply(tree, context, listener(file, tree, found));
        findings.addAll(found);
        return;
      } catch (ErrorProneError e) {
        if (!crashed.add(e.checkName())) {
          break;
        }
        notes.add(crash(e.checkName(), file, e.getCause()));
        usable = rules.without(crashed).scanner();
      } catch (CompletionFailure e) {
        // Not a rule's fault: the class path lacks what one of the classes on it needs.
        missing++;
        errors.addUnresolved(e.sym.flatName().toString(), file.displayName() + ":1");
      } catch (RuntimeException | AssertionError | StackOverflowError | LinkageError e) {
        notes.add(crash("Error Prone", file, e));
        return;
      }
    }
    notes.add(Note.error("no rule could finish on %s, left out".formatted(file.displayName())));
  }

  private static Note crash(String what, SourceFile file, Throwable failure) {
    return Note.error(
        "%s crashed on %s, its findings there are missing: %s"
            .formatted(what, file.displayName(), Text.oneLine(failure)));
  }

  private DescriptionListener listener(SourceFile file, TreePath path, List<Finding> findings) {
    JCCompilationUnit tree = (JCCompilationUnit) path.getCompilationUnit();
    return description -> findings.add(finding(description, file, tree));
  }

  private Finding finding(Description description, SourceFile file, JCCompilationUnit tree) {
    int position = Math.max(0, description.position.getPreferredPosition());
    int line = line(tree, position);
    int end = description.position.getEndPosition(tree.endPositions);
    boolean ends = end >= position;
    return new Finding(
        description.checkName,
        rules.level(description),
        file.displayName(),
        line,
        column(tree, position, line),
        ends ? line(tree, end) : null,
        ends ? column(tree, end, line(tree, end)) : null,
        message(description),
        description.getLink(),
        file.lineAt(position),
        fix(description, file, tree));
  }

  private static int line(JCCompilationUnit tree, int position) {
    return tree.getLineMap().getLineNumber(position);
  }

  /** Unlike javac's own column, a tab counts as one. */
  private static int column(JCCompilationUnit tree, int position, int line) {
    return position - tree.getLineMap().getStartPosition(line) + 1;
  }

  /** {@link Description#getRawMessage} is the rule's own text, without its name and link. */
  private static String message(Description description) {
    return description.getRawMessage().strip();
  }

  private static String fix(Description description, SourceFile file, JCCompilationUnit tree) {
    return description.fixes.stream()
        .map(fix -> AppliedFix.apply(file.getCharContent(true), tree.endPositions, fix))
        .filter(Objects::nonNull)
        .findFirst()
        .map(fix -> fix.isRemoveLine() ? "remove this line" : fix.snippet())
        .orElse(null);
  }
}
