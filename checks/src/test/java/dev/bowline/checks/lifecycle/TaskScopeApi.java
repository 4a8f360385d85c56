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
enum TaskScopeApi {
  JDK21,
  JDK25;

  private static final String SOURCE = "/java/util/concurrent/StructuredTaskScope.java";

  private String option;

  /** The javac option that puts this one into {@code java.base}. */
  synchronized String option() {
    if (option == null) {
      option = "--patch-module=java.base=" + compiled();
    }
    return option;
  }

  private Path compiled() {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      Path source =
          Path.of(
              TaskScopeApi.class
                  .getResource("/" + name().toLowerCase(java.util.Locale.ROOT) + SOURCE)
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
