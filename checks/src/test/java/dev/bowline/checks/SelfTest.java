package dev.bowline.checks;

import static com.google.common.truth.Truth.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** We live by our own rules: these two modules come before the plugin, so a test applies it. */
final class SelfTest {
  @Test
  void checksPassTheirOwnRules() throws IOException {
    assertNoFindings(Path.of("src/main/java"));
    assertNoFindings(Path.of("src/test/java"));
  }

  @Test
  void annotationsPassTheRules() throws IOException {
    assertNoFindings(Path.of("../annotations/src/main/java"));
  }

  private static void assertNoFindings(Path root) throws IOException {
    Compilation compilation =
        Fixtures.compile(
            Rules.all(),
            List.of(
                "--add-exports=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED",
                "--add-exports=jdk.compiler/com.sun.tools.javac.processing=ALL-UNNAMED",
                "--add-exports=jdk.compiler/com.sun.tools.javac.tree=ALL-UNNAMED",
                "--add-exports=jdk.compiler/com.sun.tools.javac.util=ALL-UNNAMED"),
            sources(root));
    assertThat(compilation.errors()).isEmpty();
    assertThat(compilation.warnings()).isEmpty();
  }

  private static JavaFileObject[] sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      JavaFileObject[] sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(SelfTest::source)
              .toArray(JavaFileObject[]::new);
      assertThat(sources).isNotEmpty();
      return sources;
    }
  }

  private static JavaFileObject source(Path file) {
    try {
      return JavaFileObjects.forResource(file.toUri().toURL());
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }
}
