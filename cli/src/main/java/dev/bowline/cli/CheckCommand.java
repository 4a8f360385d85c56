package dev.bowline.cli;

import com.google.errorprone.BugCheckerInfo;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bowline check}: analyse and report. */
@Command(
    name = "check",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    description = {
      "Reports where Java code starts work that nobody waits for, cancels, or sees fail.",
      "It reads sources only: the build need not know about it.%n"
    },
    parameterListHeading = "%nWhat to analyse:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  bowline check .",
      "      the Maven project in this folder, its modules and tests",
      "  bowline check --classpath 'lib/*' src",
      "      a folder of sources that uses the jars in lib",
      "  bowline check --error all --format json --output bowline.json src",
      "      every finding an error, the report in a file: for a build server",
      "  bowline check --list-rules",
      "      what the rules are called and what they say",
      "",
      "Exit status:",
      "  0  no finding is an error",
      "  1  at least one is",
      "  2  could not run, or a rule failed"
    })
final class CheckCommand implements Callable<Integer> {
  private static final int CLEAN = 0;
  private static final int FINDINGS = 1;
  private static final int FAILED = 2;

  /** The report's form. */
  enum Format {
    text,
    json
  }

  private final Rules rules;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "source folders, .java files, or folders of Maven projects")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = {"-cp", "--classpath"},
      paramLabel = "CP",
      description = "jars and class folders that the sources need, as for javac")
  private String classPath = "";

  @Option(
      names = "--release",
      paramLabel = "N",
      description = "the Java version that the sources are written for")
  private Integer release;

  @Option(names = "--only", paramLabel = "RULES", split = ",", description = "run only these rules")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--skip",
      paramLabel = "RULES",
      split = ",",
      description = "leave these rules out")
  private List<String> skip = new ArrayList<>();

  @Option(
      names = "--error",
      paramLabel = "RULES",
      split = ",",
      description = "make findings of these rules errors; \"all\" for every rule")
  private List<String> error = new ArrayList<>();

  @Option(
      names = "--opt",
      paramLabel = "NAME=VALUE",
      description = "a setting, as -XepOpt:NAME=VALUE in a build")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Format format = Format.text;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "write the report there, whole or not at all")
  private Path output;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Terminal.Color color = Terminal.Color.auto;

  @Option(names = "--list-rules", description = "show all rules and their pages")
  private boolean listRules;

  CheckCommand(Rules rules) {
    this.rules = rules;
  }

  @Override
  public Integer call() {
    if (listRules) {
      return listRules();
    }
    if (paths.isEmpty()) {
      throw new CannotRun(
          "no PATH given: name a source folder, a .java file or the folder of a Maven project");
    }
    int newest = Runtime.version().feature();
    if (release != null && (release < 8 || release > newest)) {
      throw new CannotRun(
          "--release %d: the JDK that runs this knows 8 to %d".formatted(release, newest));
    }
    Rules.Selection selection = rules.select(only, skip, error, settings);
    if (output == null) {
      return analyse(selection, this::print);
    }
    try (OutputFile file = OutputFile.open(output)) {
      return analyse(selection, file::write);
    }
  }

  private int analyse(Rules.Selection selection, Sink sink) {
    long start = System.nanoTime();
    PrintWriter err = spec.commandLine().getErr();
    List<Note> notes = new ArrayList<>();
    Analysis.Result result;
    try (Progress progress = new Progress(err, Terminal.isInteractive())) {
      Inputs inputs = new Inputs(Paths.classPath(classPath, notes), release, notes, progress);
      List<Unit> units = inputs.units(paths.stream().map(Paths::parse).toList());
      progress.expect(units.stream().mapToInt(unit -> unit.sources().size()).sum());
      Analysis analysis = new Analysis(selection, progress);
      units.forEach(analysis::add);
      result = analysis.result(notes);
    }
    sink.accept(report().render(result, (System.nanoTime() - start) / 1e9));
    return status(result, err);
  }

  private int status(Analysis.Result result, PrintWriter err) {
    List<Note> failures =
        result.notes().stream().filter(note -> note.kind() == Note.Kind.ERROR).toList();
    if (format != Format.text || output != null) {
      failures.forEach(failure -> err.println("bowline: " + failure.message()));
      err.flush();
    }
    if (!failures.isEmpty()) {
      return FAILED;
    }
    return result.findings().stream().anyMatch(finding -> finding.level() == Level.ERROR)
        ? FINDINGS
        : CLEAN;
  }

  private Report report() {
    return switch (format) {
      case json -> new JsonReport();
      case text ->
          new TextReport(output == null ? Terminal.colors(color) : color == Terminal.Color.always);
    };
  }

  private int listRules() {
    StringBuilder list = new StringBuilder();
    for (BugCheckerInfo rule : rules.list()) {
      list.append(
          "%s (%s)\n  %s\n"
              .formatted(rule.canonicalName(), Level.of(rule.defaultSeverity()), rule.message()));
      if (rule.linkUrl() != null) {
        list.append("  %s\n".formatted(rule.linkUrl()));
      }
    }
    print(list.toString());
    return CLEAN;
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }

  /** Where a report goes. */
  private interface Sink {
    void accept(String report);
  }
}
