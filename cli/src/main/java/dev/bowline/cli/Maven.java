package dev.bowline.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs Maven in a project's folder: its own wrapper where it has one, else the one on the path. */
final class Maven {
  /** Long enough for a large project to compile and download all it needs. */
  private static final int MINUTES = 30;

  private static final boolean WINDOWS =
      System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");

  /** Headings that Maven prints as errors, before the error itself. */
  private static final Set<String> HEADINGS =
      Set.of(
          "", "COMPILATION ERROR :", "Some problems were encountered while processing the POMs:");

  /** Some are printed even without colours. */
  private static final Pattern CONTROL_SEQUENCE = Pattern.compile("\u001b\\[[\\d;]*m");

  /** Maven prints some of its messages with a label in the label. */
  private static final Pattern ERROR = Pattern.compile("(?:\\[(?:ERROR|FATAL)]\\s*)+(.*)");

  private final List<String> command;
  private final Path folder;

  private Maven(List<String> command, Path folder) {
    this.command = command;
    this.folder = folder;
  }

  /** The Maven for a project, if there is one. */
  static Optional<Maven> find(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    for (Path parent = absolute;
        parent != null && Files.exists(parent.resolve("pom.xml"));
        parent = parent.getParent()) {
      Path wrapper = parent.resolve(WINDOWS ? "mvnw.cmd" : "mvnw");
      if (Files.isRegularFile(wrapper)) {
        // A checkout may have lost the permission to execute.
        return Optional.of(
            new Maven(
                WINDOWS ? List.of(wrapper.toString()) : List.of("sh", wrapper.toString()),
                absolute));
      }
    }
    String name = WINDOWS ? "mvn.cmd" : "mvn";
    return Arrays.stream(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
        .map(entry -> new File(entry, name))
        .filter(file -> file.isFile() && file.canExecute())
        .findFirst()
        .map(mvn -> new Maven(List.of(mvn.getAbsolutePath()), absolute));
  }

  /**
   * Runs goals, quietly.
   *
   * @return nothing on success, else what Maven says is wrong, in one line
   */
  Optional<String> run(String... arguments) {
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of("-B", "-q", "-Dstyle.color=never"));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
    try {
      Path log = Files.createTempFile("bowline-maven", ".log");
      try {
        Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        process.getOutputStream().close();
        return outcome(process, log);
      } finally {
        Files.deleteIfExists(log);
      }
    } catch (IOException e) {
      return Optional.of("cannot run %s: %s".formatted(command.get(0), e.getMessage()));
    }
  }

  private static Optional<String> outcome(Process process, Path log) throws IOException {
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        return Optional.of("Maven was stopped after %d minutes".formatted(MINUTES));
      }
      return process.exitValue() == 0 ? Optional.empty() : Optional.of(firstError(log));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted while Maven ran");
    } finally {
      // Maven may have been started by a script that would leave it running.
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String firstError(Path log) throws IOException {
    // Not Files.readString, which fails on what is not in that character set.
    String text = new String(Files.readAllBytes(log), Charset.defaultCharset());
    List<String> lines =
        CONTROL_SEQUENCE.matcher(text).replaceAll("").lines().map(String::strip).toList();
    return lines.stream()
        .map(ERROR::matcher)
        .filter(Matcher::matches)
        .map(error -> error.group(1))
        .filter(line -> !HEADINGS.contains(line))
        .findFirst()
        .or(() -> lines.stream().filter(line -> !line.isEmpty()).findFirst())
        .orElse("Maven failed and said nothing");
  }
}
