package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Sources to analyse. */
final class Code {
  /** Where {@link #faulty} has its fault. */
  static final int FAULT = 7;

  private Code() {}

  /** Writes a file, with the folders that lead to it. */
  static Path write(Path folder, String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  /** A class with a {@code TimedWaitIgnored} in line {@link #FAULT}. */
  static String faulty(String name) {
    return """
        import java.util.concurrent.CountDownLatch;
        import java.util.concurrent.TimeUnit;

        class %s {
          /** Goes on when it may. */
          void run(CountDownLatch ready) throws InterruptedException {
            ready.await(3, TimeUnit.SECONDS);
            System.out.println("go");
          }
        }
        """
        .formatted(name);
  }

  /** A class that no rule has anything to say about. */
  static String clean(String name) {
    return "class %s {}\n".formatted(name);
  }

  /** A test class with a {@code SleepInTest} in line 6. */
  static String sleepyTest(String name) {
    return """
        import org.junit.jupiter.api.Test;

        class %s {
          @Test
          void waitsForTheServer() throws InterruptedException {
            Thread.sleep(500);
            assert Boolean.getBoolean("up");
          }
        }
        """
        .formatted(name);
  }

  /** The jar with JUnit's annotations. */
  static Path junit() {
    CodeSource source = Test.class.getProtectionDomain().getCodeSource();
    return Path.of(source.getLocation().getPath());
  }

  /** Compiles all that is in a folder. */
  static Path compile(Path sources, Path classes) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertEquals(0, status);
    return classes;
  }
}
