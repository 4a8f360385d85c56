import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** What {@code ./run} starts, once it has the class paths: compiles, judges, times, and prints. */
class Compare {
  private static final long TIMEOUT_MINUTES = 10;
  private static final Pattern FINDING =
      Pattern.compile("(?m)^(\\S.*\\.java):(\\d+): (?:warning|error): (.*)$");

  private final Path home = Path.of(setting("home"));
  private final Path work = Path.of(setting("work"));
  private final int rounds = Integer.parseInt(setting("rounds"));
  private final int copies = Integer.parseInt(setting("copies"));

  /** A tool: how it is run, and which of the two forms of the sources it is given. */
  private record Arm(String name, List<String> options, String form) {}

  /**
   * A method or nested class with or without a leak; a helper has none and is no case of its own.
   */
  private record Case(
      String file, String name, long firstLine, long lastLine, boolean leaks, boolean helper) {
    boolean contains(Finding finding) {
      return file.equals(finding.file) && firstLine <= finding.line && finding.line <= lastLine;
    }

    @Override
    public String toString() {
      return file.replace(".java", ".") + name;
    }
  }

  private record Finding(String file, long line, String message) {}

  private record Compiled(int status, double seconds, String output) {}

  public static void main(String[] args) throws Exception {
    new Compare().run();
  }

  private void run() throws Exception {
    layOut();
    List<Case> cases = cases();
    long leaks = cases.stream().filter(Case::leaks).count();
    long clean = cases.stream().filter(c -> !c.leaks && !c.helper).count();
    System.out.printf("%d cases: %d leak, %d do not.%n%n", leaks + clean, leaks, clean);

    List<Arm> able = new ArrayList<>();
    Map<Arm, String> counts = new LinkedHashMap<>();
    StringBuilder details = new StringBuilder();
    for (Arm arm : arms()) {
      Compiled compiled = compile(arm, "set");
      if (compiled.status != 0) {
        System.out.printf("%s could not run: %s%n%n", arm.name, reason(compiled));
        continue;
      }
      able.add(arm);
      counts.put(arm, judge(arm, cases, findings(compiled.output), details));
    }

    Map<Arm, String> onSet = times(able, "set");
    Map<Arm, String> onCopies = times(able, "copies");
    System.out.println(
        "| tool | leaks found | missed | wrong | the set | the set, × " + copies + " |");
    System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
    for (Arm arm : able) {
      System.out.printf(
          "| %s | %s | %s | %s |%n", arm.name, counts.get(arm), onSet.get(arm), onCopies.get(arm));
    }
    System.out.printf(
        "%nJDK %s; median seconds of %d rounds, and the ratio to plain javac.%n%n",
        Runtime.version().feature(), rounds);
    System.out.print(details);
  }

  private List<Arm> arms() throws IOException {
    // Both plugins need javac's internals opened, and the project has that list already.
    List<String> opened =
        Files.readAllLines(home.resolve("../.mvn/jvm.config")).stream()
            .filter(line -> !line.isBlank())
            .map(line -> "-J" + line)
            .toList();
    String errorProne = setting("errorProne");
    return List.of(
        new Arm("plain javac", List.of("-proc:none"), "all"),
        new Arm(
            "Error Prone: MustBeClosedChecker",
            concat(
                opened,
                errorProne(errorProne, "-XepDisableAllChecks -Xep:MustBeClosedChecker:WARN")),
            "all"),
        new Arm(
            "Bowline: " + setting("rule"),
            concat(
                opened,
                errorProne(
                    errorProne + File.pathSeparator + setting("bowline"),
                    "-XepDisableAllChecks -Xep:%s:WARN -XepOpt:Bowline:CancelHandles=%s"
                        .formatted(setting("rule"), setting("handles")))),
            "withoutMustBeClosed"),
        new Arm(
            "Checker Framework: Resource Leak Checker",
            concat(
                opened,
                List.of(
                    "-processorpath",
                    setting("checkerFramework"),
                    "-processor",
                    "org.checkerframework.checker.resourceleak.ResourceLeakChecker",
                    "-Awarns")),
            "all"));
  }

  private static List<String> errorProne(String processorPath, String flags) {
    return List.of(
        "-proc:none",
        "-processorpath",
        processorPath,
        "-XDcompilePolicy=simple",
        "-XDaddTypeAnnotationsToSymbol=true",
        "--should-stop=ifError=FLOW",
        "-Xplugin:ErrorProne " + flags);
  }

  /**
   * The sources in two forms: as they are, and for Bowline, which leaves to Error Prone whatever
   * carries {@code @MustBeClosed}, without it. Line numbers are the same. Each form is there once,
   * and again with many copies.
   */
  private void layOut() throws Exception {
    for (String form : List.of("all", "withoutMustBeClosed")) {
      for (Path source : sources(home.resolve("src"))) {
        Path relative = home.resolve("src").relativize(source);
        String text = Files.readString(source);
        if (form.equals("withoutMustBeClosed")) {
          text = text.replaceAll("@MustBeClosed\\b|import \\S+\\.MustBeClosed;", "");
        }
        write(work.resolve(form + "-sources").resolve(relative), text);
        if (relative.startsWith("api")) {
          continue;
        }
        write(work.resolve(form + "-set").resolve(relative.getFileName()), text);
        for (int i = 0; i < copies; i++) {
          write(
              work.resolve(form + "-copies/copy" + i).resolve(relative.getFileName()),
              text.replace("package cases;", "package cases.copy" + i + ";"));
        }
      }
      // What the cases call is compiled before, and by javac alone: the tools see class files.
      List<String> command = javac(work.resolve(form + "-api"), setting("annotations"));
      command.add("-proc:none");
      sources(work.resolve(form + "-sources/api")).forEach(file -> command.add(file.toString()));
      Compiled api = start(command);
      if (api.status != 0) {
        throw new IllegalStateException(api.output);
      }
    }
  }

  private Compiled compile(Arm arm, String amount) throws Exception {
    Path classes = Files.createTempDirectory(work, "classes");
    List<String> command =
        javac(
            classes, work.resolve(arm.form + "-api") + File.pathSeparator + setting("annotations"));
    command.addAll(arm.options);
    Path files = work.resolve("files");
    write(
        files,
        sources(work.resolve(arm.form + "-" + amount)).stream()
            .map(Path::toString)
            .collect(Collectors.joining("\n")));
    command.add("@" + files);
    Compiled compiled = start(command);
    try (Stream<Path> written = Files.walk(classes)) {
      written.sorted(Collections.reverseOrder()).forEach(path -> path.toFile().delete());
    }
    return compiled;
  }

  private List<String> javac(Path classes, String classPath) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
            "-encoding",
            "UTF-8",
            "-Xmaxwarns",
            "1000000",
            "-d",
            classes.toString(),
            "-cp",
            classPath));
  }

  private Compiled start(List<String> command) throws Exception {
    Path output = Files.createTempFile(work, "javac", ".log");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .directory(work.toFile()) // where javac leaves its notes on a crash
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      throw new IllegalStateException("javac takes longer than " + TIMEOUT_MINUTES + " minutes");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    String said = Files.readString(output);
    Files.delete(output);
    return new Compiled(process.exitValue(), seconds, said);
  }

  /** The methods and nested classes of each file's outer class. */
  private List<Case> cases() throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var files = compiler.getStandardFileManager(null, null, null);
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null,
                files,
                null,
                List.of("-proc:none"),
                null,
                files.getJavaFileObjectsFromPaths(sources(home.resolve("src/cases"))));
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    List<Case> cases = new ArrayList<>();
    for (CompilationUnitTree unit : task.parse()) {
      Path path = Path.of(unit.getSourceFile().toUri());
      List<String> lines = Files.readAllLines(path);
      LineMap map = unit.getLineMap();
      for (Tree member : ((ClassTree) unit.getTypeDecls().get(0)).getMembers()) {
        String name;
        ModifiersTree modifiers;
        if (member instanceof MethodTree method) {
          name = method.getName().toString();
          modifiers = method.getModifiers();
        } else if (member instanceof ClassTree nested) {
          name = nested.getSimpleName().toString();
          modifiers = nested.getModifiers();
        } else {
          continue;
        }
        long first = map.getLineNumber(positions.getStartPosition(unit, member));
        long last = map.getLineNumber(positions.getEndPosition(unit, member));
        boolean leaks =
            lines.subList((int) first - 1, (int) last).stream()
                .anyMatch(l -> l.endsWith("// leak"));
        // An enum or a private member is there for the others' sake.
        boolean helper =
            modifiers.getFlags().contains(Modifier.PRIVATE) || member.getKind() == Tree.Kind.ENUM;
        cases.add(new Case(path.getFileName().toString(), name, first, last, leaks, helper));
      }
    }
    return cases;
  }

  private static List<Finding> findings(String output) {
    List<Finding> findings = new ArrayList<>();
    Matcher matcher = FINDING.matcher(output);
    while (matcher.find()) {
      findings.add(
          new Finding(
              Path.of(matcher.group(1)).getFileName().toString(),
              Long.parseLong(matcher.group(2)),
              matcher.group(3)));
    }
    return findings;
  }

  /** A case counts once, however much is said about it. */
  private static String judge(
      Arm arm, List<Case> cases, List<Finding> findings, StringBuilder details) {
    Map<String, List<String>> wrong = new TreeMap<>();
    List<String> found = new ArrayList<>();
    TreeSet<String> missed =
        cases.stream()
            .filter(Case::leaks)
            .map(Case::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    for (Finding finding : findings) {
      Case at = cases.stream().filter(c -> c.contains(finding)).findFirst().orElse(null);
      if (at != null && at.leaks) {
        if (missed.remove(at.toString())) {
          found.add(at.toString());
        }
      } else {
        wrong
            .computeIfAbsent(
                at != null ? at.toString() : finding.file + ":" + finding.line,
                key -> new ArrayList<>())
            .add(finding.line + " " + finding.message.replaceAll("(\\[[^]]*]).*", "$1"));
      }
    }
    if (!findings.isEmpty()) {
      details.append("## ").append(arm.name).append("\nmissed:\n");
      missed.forEach(name -> details.append("  ").append(name).append('\n'));
      details.append("wrong:\n");
      wrong.forEach(
          (name, at) -> details.append("  %s: %s%n".formatted(name, String.join(", ", at))));
      details.append('\n');
    }
    return arm.name.equals("plain javac")
        ? "– | – | –"
        : found.size() + " | " + missed.size() + " | " + wrong.size();
  }

  /**
   * Rounds in which each arm has its turn, after one that does not count; the first arm changes.
   */
  private Map<Arm, String> times(List<Arm> arms, String amount) throws Exception {
    Map<Arm, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = 0; round <= rounds && rounds > 0; round++) {
      for (int i = 0; i < arms.size(); i++) {
        Arm arm = arms.get((round + i) % arms.size());
        Compiled compiled = compile(arm, amount);
        if (compiled.status != 0) {
          throw new IllegalStateException(arm.name + ": " + reason(compiled));
        }
        if (round > 0) {
          seconds.computeIfAbsent(arm, key -> new ArrayList<>()).add(compiled.seconds);
        }
      }
    }
    Map<Arm, String> shown = new LinkedHashMap<>();
    for (Arm arm : arms) {
      shown.put(
          arm,
          rounds == 0
              ? "–"
              : "%.2f s (%.2f)"
                  .formatted(
                      median(seconds.get(arm)),
                      median(seconds.get(arm)) / median(seconds.get(arms.get(0)))));
    }
    return shown;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String reason(Compiled compiled) {
    if (compiled.output.contains("is not a valid checker name")) {
      return setting("bowline").isEmpty()
          ? "no plugin in checks/target; mvn -pl checks -am package builds it"
          : "the plugin has no rule " + setting("rule");
    }
    return compiled.output.lines().limit(20).collect(Collectors.joining("\n"));
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<String> concat(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static String setting(String name) {
    return System.getProperty(name);
  }
}
