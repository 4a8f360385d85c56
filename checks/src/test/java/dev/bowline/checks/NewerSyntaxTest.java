package dev.bowline.checks;

import static com.google.common.truth.Truth.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Syntax that is newer than the JDK that the rules are built with passes through them. */
@Tag("jdk25")
final class NewerSyntaxTest {
  @Test
  void passesThrough() {
    Compilation compilation =
        Fixtures.compile(
            Rules.all(),
            List.of(),
            JavaFileObjects.forSourceString(
                "Newer",
                """
                import module java.base;

                class Newer {
                  sealed interface Shape {}
                  record Circle(double radius) implements Shape {}
                  record Pair(Shape left, Shape right) implements Shape {}

                  Newer(int checked) {
                    if (checked < 0) throw new IllegalArgumentException();
                    super();
                  }

                  static double area(Shape shape) {
                    return switch (shape) {
                      case Circle(var radius) when radius > 1 -> radius;
                      case Circle _ -> 0;
                      case Pair(Circle(double left), Pair(_, var right)) -> left + area(right);
                      case Pair _ -> 2;
                    };
                  }

                  /// Runs for as long as it takes.
                  static void run() throws Exception {
                    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                      var _ = executor.submit(() -> area(new Circle(2)));
                      executor.awaitTermination(1, TimeUnit.SECONDS);
                    }
                    var thread = Thread.ofVirtual().start(() -> {});
                    var _ = thread.join(Duration.ofSeconds(1));
                  }
                }
                """));
    assertThat(compilation.errors()).isEmpty();
    assertThat(compilation.warnings()).hasSize(1);
    assertThat(compilation.warnings().get(0).getMessage(null)).startsWith("[TimedWaitIgnored]");
  }

  /** JDK 25 starts these, too. */
  @Test
  void compactSourceFilesHaveAnEntryPoint() {
    Compilation compilation =
        Fixtures.compile(
            Rules.all(),
            List.of(),
            JavaFileObjects.forSourceString(
                "Program",
                """
                void main() {
                  System.out.println(dev.bowline.Context.background().isDone());
                }
                """));
    assertThat(compilation.errors()).isEmpty();
    assertThat(compilation.warnings()).isEmpty();
  }
}
