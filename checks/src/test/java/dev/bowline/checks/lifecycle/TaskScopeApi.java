package dev.bowline.checks.lifecycle;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * {@code StructuredTaskScope} as various JDKs have it, for all of them to compile against: the one
 * at hand has none, or only its own. Ours are sources in the test resources.
 */
final class TaskScopeApi {
  private TaskScopeApi() {}

  /**
   * The javac option that puts one of them into {@code java.base}.
   *
   * @param name {@code jdk21} or {@code jdk25}
   */
  static String option(String name) {
    return "--patch-module=java.base=" + compiled(name);
  }

  private static Path compiled(String name) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      Path source =
          Path.of(
              TaskScopeApi.class
                  .getResource("/" + name + "/java/util/concurrent/StructuredTaskScope.java")
                  .toURI());
      Path classes = Files.createTempDirectory("task-scope");
      boolean compiles =
          javac
              .getTask(
                  null,
                  files,
                  null,
                  List.of(
                      "--patch-module=java.base=" + source.getParent().resolve("../../.."),
                      "-d",
                      classes.toString()),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      if (!compiles) {
        throw new AssertionError(source + " does not compile");
      }
      deleteAtExit(classes);
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Children come later than their folders, and are deleted sooner. */
  private static void deleteAtExit(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      paths.map(Path::toFile).forEach(File::deleteOnExit);
    }
  }
}
