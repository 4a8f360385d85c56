package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own that a test starts, sends signals to, and reads the output of. All waits have a
 * deadline; closing makes sure that it has ended.
 */
final class ChildJvm implements AutoCloseable {
  private static final long LIMIT_SECONDS = 20;

  /** Follows the last line. */
  private static final String END = "end of output";

  private final Process process;
  private final Worker<Void> reader;
  private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
  private final List<String> lines = new ArrayList<>();

  private ChildJvm(Process process) {
    this.process = process;
    reader = Worker.start(this::readAll);
  }

  /** Starts the JVM that runs this test with the given options, main class and arguments. */
  static ChildJvm start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx64m"));
    command.addAll(arguments);
    return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** The folder of a class; for one that its module is patched with, the folder of the patch. */
  static String folderOf(Class<?> type) throws URISyntaxException {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    String path = Path.of(type.getResource(file).toURI()).toString();
    return path.substring(0, path.length() - file.length());
  }

  /** Waits until it has written a line in which the text occurs. */
  void awaitLine(String text) throws InterruptedException {
    while (true) {
      String line = nextLine();
      assertTrue(!line.equals(END), () -> "no line with " + text + " in " + lines);
      if (line.contains(text)) {
        return;
      }
    }
  }

  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertTrue(kill.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "kill hangs");
    assertTrue(kill.exitValue() == 0, "kill failed");
  }

  /** Waits until it has ended. */
  int exitCode() throws InterruptedException {
    assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), () -> "still runs: " + lines);
    return process.exitValue();
  }

  /** Waits until it has ended, and returns everything that it has written. */
  List<String> allLines() throws InterruptedException {
    while (!nextLine().equals(END)) {}
    return lines;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    reader.close();
  }

  private String nextLine() throws InterruptedException {
    String line = unread.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertTrue(line != null, () -> "writes no more lines than " + lines);
    if (!line.equals(END)) {
      lines.add(line);
    }
    return line;
  }

  private Void readAll() throws IOException {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        unread.add(line);
      }
    } finally {
      unread.add(END);
    }
    return null;
  }
}
