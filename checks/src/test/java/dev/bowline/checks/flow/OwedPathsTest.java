package dev.bowline.checks.flow;

import static com.google.common.truth.Truth.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.bowline.checks.Fixtures;
import dev.bowline.checks.lifecycle.ExecutorNotShutDown;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the fixtures of single rules cannot show. */
final class OwedPathsTest {
  @Test
  void findsTheOneOfTwoHundredInALongMethod() {
    StringBuilder source = new StringBuilder();
    source.append("import java.util.concurrent.*;\nfinal class Long {\n  void run(int n) {\n");
    for (int i = 0; i < 200; i++) {
      if (i == 123) {
        source.append("// BUG: Diagnostic contains: when the method ends\n");
      }
      source.append("    ExecutorService e%d = Executors.newCachedThreadPool();\n".formatted(i));
      for (int j = 0; j < 20; j++) {
        source.append("    System.out.println(n + %d);\n".formatted(j));
      }
    }
    for (int i = 0; i < 200; i++) {
      if (i != 123) {
        source.append("    e%d.shutdown();\n".formatted(i));
      }
    }
    source.append("  }\n}\n");
    Fixtures.verifySource(ExecutorNotShutDown.class, "Long.java", source.toString());
  }

  @Test
  void givesUpOnMoreWaysThanItCanFollow() {
    StringBuilder source = new StringBuilder();
    source.append(
        "import java.util.concurrent.*;\nfinal class Tangle {\n  void run(boolean... n) {\n");
    for (int i = 0; i < 12; i++) {
      source.append("    ExecutorService e%d = Executors.newCachedThreadPool();\n".formatted(i));
      source.append("    ExecutorService f%d = n[%d] ? e%d : null;\n".formatted(i, i, i));
      source.append("    if (n[%d]) { f%d = e%d; }\n".formatted(i, i, i));
    }
    for (int i = 0; i < 12; i++) {
      source.append("    e%d.shutdown();\n".formatted(i));
    }
    source.append("  }\n}\n");
    Fixtures.verifySource(ExecutorNotShutDown.class, "Tangle.java", source.toString());
  }

  @Test
  @Tag("jdk25")
  void followsNewerSyntax() {
    Compilation compilation =
        Fixtures.compile(
            List.of(ExecutorNotShutDown.class),
            List.of("-XepOpt:Bowline:NoteSkipped=true"),
            JavaFileObjects.forSourceString(
                "Newer",
                """
                import java.util.*;
                import java.util.concurrent.*;

                class Newer {
                  sealed interface Shape {}
                  record Circle(int radius, String name) implements Shape {}
                  record Ring(Circle inner) implements Shape {}

                  int recordPatterns(Shape shape) {
                    ExecutorService executor = Executors.newCachedThreadPool();
                    return switch (shape) {
                      case Circle(int radius, var name) when radius > 3 -> radius;
                      case Circle circle -> 2;
                      case Ring(Circle(var radius, var name)) -> radius;
                    };
                  }

                  void patterns(Object o) {
                    ExecutorService executor = Executors.newCachedThreadPool();
                    switch (o) {
                      case null -> {}
                      case String s when s.isEmpty() -> executor.shutdown();
                      default -> executor.shutdown();
                    }
                  }

                  void everyPattern(Object o) {
                    ExecutorService executor = Executors.newCachedThreadPool();
                    switch (o) {
                      case String s when s.isEmpty() -> executor.shutdown();
                      case null, default -> executor.shutdown();
                    }
                  }

                  void instanceofRecord(Object o) {
                    ExecutorService executor = Executors.newCachedThreadPool();
                    if (o instanceof Circle(int radius, String name) && radius > 2) {
                      executor.shutdown();
                    }
                  }

                  void unnamed(List<Circle> circles) {
                    try (var executor = Executors.newCachedThreadPool()) {
                      for (Circle _ : circles) {}
                    } catch (RuntimeException _) {
                    }
                  }

                  class Flexible extends Newer {
                    Flexible(int n) {
                      ExecutorService executor = Executors.newCachedThreadPool();
                      if (n < 0) throw new IllegalArgumentException();
                      super();
                    }
                  }
                }
                """));
    assertThat(compilation.errors()).isEmpty();
    assertThat(compilation.notes()).isEmpty();
    assertThat(compilation.warnings().stream().map(warning -> warning.getLineNumber()))
        .containsExactly(10L, 19L, 36L, 51L);
  }
}
