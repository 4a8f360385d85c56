package dev.bowline.checks.context;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.errorprone.BaseErrorProneJavaCompiler;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.UnusedVariable;
import com.google.errorprone.scanner.ScannerSupplier;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.bowline.checks.Fixtures;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class UnusedContextTest {
  @Test
  void reportsContextsThatEndHere() {
    Fixtures.verify(UnusedContext.class, "UnusedContextPositive");
  }

  @Test
  void acceptsFixedSignaturesAndWhatNeedsNoContext() {
    Fixtures.verify(UnusedContext.class, "UnusedContextNegative");
  }

  @Test
  void acceptsTestCode() {
    Fixtures.verify(UnusedContext.class, "UnusedContextInTest");
  }

  @Test
  void leavesWhatIsPrivateToUnusedVariable() {
    String source =
        """
        class In {
          void call() {
            hidden(null);
            new Inner().visible(null);
          }

          private static boolean hidden(io.grpc.Context ctx) {
            return fetch(io.grpc.Context.ROOT);
          }

          private static class Inner {
            final boolean visible(io.grpc.Context ctx) {
              return fetch(io.grpc.Context.ROOT);
            }
          }

          static boolean fetch(io.grpc.Context ctx) {
            return ctx.isCancelled();
          }
        }
        """;
    assertEquals(List.of("UnusedVariable", "UnusedVariable"), reporters(source));
    assertEquals(
        List.of("UnusedContext", "UnusedContext"), reporters(source, "-Xep:UnusedVariable:OFF"));
  }

  private static List<String> reporters(String source, String... options) {
    List<Class<? extends BugChecker>> checks = List.of(UnusedContext.class, UnusedVariable.class);
    return Compiler.compiler(
            new BaseErrorProneJavaCompiler(ScannerSupplier.fromBugCheckerClasses(checks)))
        .withOptions(
            Stream.concat(
                    Stream.of(
                        "-XDcompilePolicy=simple",
                        "--should-stop=ifError=FLOW",
                        "-XDaddTypeAnnotationsToSymbol=true"),
                    Stream.of(options))
                .toList())
        .compile(JavaFileObjects.forSourceString("In", source))
        .warnings()
        .stream()
        .map(warning -> warning.getMessage(Locale.ROOT))
        .map(message -> message.substring(1, message.indexOf(']')))
        .toList();
  }
}
