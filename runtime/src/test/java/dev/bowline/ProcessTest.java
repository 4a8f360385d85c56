package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show. */
@Timeout(120)
final class ProcessTest {
  @TempDir private Path folder;

  /**
   * Runs a class of the tests in a fresh JVM and returns its exit status; output goes to a file.
   */
  private int run(List<String> options, Class<?> main) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(
        String.join(File.pathSeparator, root(TaskGroup.class), root(main), folder.toString()));
    command.add(main.getName());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output().toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still runs");
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private Path output() {
    return folder.resolve("output");
  }

  /** The folder that the class was loaded from. */
  private static String root(Class<?> type) throws URISyntaxException {
    String file = type.getName().replace('.', '/') + ".class";
    URI uri = type.getResource("/" + file).toURI();
    String path = Path.of(uri).toString();
    return path.substring(0, path.length() - file.length());
  }

  @Test
  void worksWithNothingButTheBaseModule() throws Exception {
    int status = run(List.of("--limit-modules", "java.base"), Ordinary.class);
    assertEquals(0, status, Files.readString(output()));
  }

  @Test
  void touchesNeitherFlightRecorderEventsNorJmxByItself() throws Exception {
    Path loaded = folder.resolve("loaded");
    int status = run(List.of("-Xlog:class+load:file=" + loaded), Ordinary.class);
    assertEquals(0, status, Files.readString(output()));
    String classes = Files.readString(loaded);
    assertTrue(classes.contains(" dev.bowline.TaskEvents "), "does the log say anything?");
    assertFalse(classes.contains(" dev.bowline.TaskEvent "));
    assertFalse(classes.contains(" jdk.jfr.Event "));
    assertFalse(classes.contains(" javax.management."));
  }

  @Test
  void findsListenersAndSkipsThoseThatCannotBeLoaded() throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(
        services.resolve(TaskListener.class.getName()),
        List.of("no.such.Listener", Printing.class.getName()));
    int status = run(List.of(), Ordinary.class);
    String output = Files.readString(output());
    assertEquals(0, status, output);
    assertTrue(output.contains("a task listener cannot be loaded"), output);
    assertTrue(output.contains("listener heard of ordinary/t"), output);
  }

  @Test
  void aFatalFailureHaltsTheProcessWithADump() throws Exception {
    int status = run(List.of(), Fatal.class);
    String output = Files.readString(output());
    assertEquals(2, status, output);
    assertTrue(output.contains("task failed group=fatal task=t"), output);
    assertTrue(output.contains("1 task of fatal at "), output);
    assertFalse(output.contains("hook"), output);
  }

  /** Forks, joins, and checks the result. */
  static final class Ordinary {
    private Ordinary() {}

    public static void main(String[] args) throws ExecutionException, InterruptedException {
      try (TaskGroup group = TaskGroup.open(Context.background(), "ordinary")) {
        Task<Integer> task = group.fork("t", ctx -> 42);
        group.join();
        if (task.get() != 42) {
          throw new IllegalStateException("no result");
        }
      }
    }
  }

  /** Fails in a way that it does not want to survive. */
  static final class Fatal {
    private Fatal() {}

    public static void main(String[] args) throws InterruptedException {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
      TaskGroup.Builder builder =
          TaskGroup.named("fatal")
              .policy(TaskGroup.Policy.SUPERVISE)
              .fatal(failure -> failure instanceof VirtualMachineError);
      try (TaskGroup group = builder.open(Context.background())) {
        group.launch("sleeper", ctx -> ctx.sleep(Duration.ofHours(1)));
        group.launch(
            "t",
            ctx -> {
              throw new InternalError("on purpose");
            });
        group.await();
      }
    }
  }

  /** Found through the file that the test writes. */
  public static final class Printing implements TaskListener {
    @Override
    public void started(Task<?> task) {
      System.out.println("listener heard of " + task.group() + "/" + task.name());
    }
  }
}
