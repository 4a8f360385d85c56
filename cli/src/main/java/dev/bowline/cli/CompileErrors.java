package dev.bowline.cli;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticListener;
import javax.tools.JavaFileObject;

/**
 * What javac itself has to say about the sources. Warnings are the build's business. Errors are
 * expected here, as the class path is often unknown: they are summed up, and names that do not
 * resolve apart from all others, because most of the others follow from them.
 */
final class CompileErrors implements DiagnosticListener<JavaFileObject> {
  private static final Pattern UNKNOWN_CLASS =
      Pattern.compile("symbol: +(?:class|interface|enum|@interface) ([\\w$.]+)");
  private static final Pattern UNKNOWN_PACKAGE = Pattern.compile("package ([\\w$.]+) does not");
  private static final Pattern UNKNOWN_CLASS_FILE =
      Pattern.compile("class file for ([\\w$.]+) not found");

  private static final String DUPLICATE_CLASS = "compiler.err.duplicate.class";

  private final Map<SourceFile, String> firstByFile = new LinkedHashMap<>();
  private final Map<String, String> unresolved = new LinkedHashMap<>();
  private final Set<String> unresolvedIn = new LinkedHashSet<>();
  private final Set<String> othersIn = new LinkedHashSet<>();
  private String firstOther;
  private int others;

  @Override
  public void report(Diagnostic<? extends JavaFileObject> diagnostic) {
    if (diagnostic.getKind() != Diagnostic.Kind.ERROR) {
      return;
    }
    String message = diagnostic.getMessage(Locale.ENGLISH);
    String where = "";
    if (diagnostic.getSource() instanceof SourceFile file) {
      where = "%s:%d".formatted(file.displayName(), diagnostic.getLineNumber());
      firstByFile.putIfAbsent(file, where + ": " + firstLine(message));
    }
    if (DUPLICATE_CLASS.equals(diagnostic.getCode())) {
      return; // the file is left out, which is a note of its own
    }
    Optional<String> type = unresolvedType(diagnostic, message);
    if (type.isPresent()) {
      addUnresolved(type.get(), where);
    } else {
      others++;
      othersIn.add(fileOf(where));
      if (firstOther == null) {
        firstOther = where.isEmpty() ? firstLine(message) : where + ": " + firstLine(message);
      }
    }
  }

  /** Adds a type that turned out to be missing, with the place that needed it. */
  void addUnresolved(String type, String where) {
    unresolved.putIfAbsent(simpleName(type), type + (where.isEmpty() ? "" : " (" + where + ")"));
    unresolvedIn.add(fileOf(where));
  }

  /** Whether javac understood all of it. */
  boolean isEmpty() {
    return unresolved.isEmpty() && others == 0;
  }

  /** The files with errors, each with its first one. */
  Map<SourceFile, String> firstByFile() {
    return firstByFile;
  }

  /** Adds up. */
  void addAll(CompileErrors more) {
    more.unresolved.forEach(unresolved::putIfAbsent);
    unresolvedIn.addAll(more.unresolvedIn);
    othersIn.addAll(more.othersIn);
    firstOther = firstOther == null ? more.firstOther : firstOther;
    others += more.others;
  }

  /**
   * One line that sums them up: on types that did not resolve if there are any, as most other
   * errors follow from those.
   *
   * @param hint what to do about types
   */
  Optional<Note> note(String hint) {
    if (!unresolved.isEmpty()) {
      return Optional.of(
          Note.note(
              "%s in %s could not be resolved, first: %s; %s for full results"
                  .formatted(
                      Text.count(unresolved.size(), "type"),
                      Text.count(unresolvedIn.size(), "file"),
                      unresolved.values().iterator().next(),
                      hint)));
    }
    return firstOther == null
        ? Optional.empty()
        : Optional.of(
            Note.note(
                "the compiler reports %s in %s, first: %s"
                    .formatted(
                        Text.count(others, "error"),
                        Text.count(othersIn.size(), "file"),
                        firstOther)));
  }

  private static Optional<String> unresolvedType(
      Diagnostic<? extends JavaFileObject> diagnostic, String message) {
    for (Pattern pattern : new Pattern[] {UNKNOWN_CLASS, UNKNOWN_CLASS_FILE}) {
      Matcher matcher = pattern.matcher(message);
      if (matcher.find()) {
        return Optional.of(matcher.group(1));
      }
    }
    Matcher matcher = UNKNOWN_PACKAGE.matcher(message);
    if (!matcher.find()) {
      return Optional.empty();
    }
    // The message names the package only; the code at that place, the type.
    String named = codeAt(diagnostic);
    return Optional.of(named.startsWith(matcher.group(1) + ".") ? named : matcher.group(1) + ".*");
  }

  private static String codeAt(Diagnostic<? extends JavaFileObject> diagnostic) {
    if (diagnostic.getSource() instanceof SourceFile file
        && diagnostic.getStartPosition() != Diagnostic.NOPOS
        && diagnostic.getEndPosition() != Diagnostic.NOPOS) {
      return file.getCharContent(true)
          .substring((int) diagnostic.getStartPosition(), (int) diagnostic.getEndPosition());
    }
    return "";
  }

  private static String simpleName(String type) {
    String last = type.substring(type.lastIndexOf('.') + 1);
    return last.equals("*") ? type : last;
  }

  private static String fileOf(String where) {
    return where.substring(0, Math.max(0, where.lastIndexOf(':')));
  }

  private static String firstLine(String message) {
    return message.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
  }
}
