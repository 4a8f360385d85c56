package dev.bowline.checks.lifecycle;

import static com.google.common.truth.Truth.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.bowline.checks.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class StructuredTaskScopeMisuseTest {
  private static final String IN_21 = TaskScopeApi.option("jdk21");
  private static final String IN_25 = TaskScopeApi.option("jdk25");

  @Test
  void reportsMisuse() {
    Fixtures.verify(
        StructuredTaskScopeMisuse.class, "scope/StructuredTaskScopeMisusePositive", IN_25);
  }

  @Test
  void acceptsTheProtocol() {
    Fixtures.verify(
        StructuredTaskScopeMisuse.class, "scope/StructuredTaskScopeMisuseNegative", IN_25);
  }

  @Test
  void reportsMisuseIn21() {
    Fixtures.verify(
        StructuredTaskScopeMisuse.class, "scope/StructuredTaskScopeMisuseIn21Positive", IN_21);
  }

  @Test
  void acceptsTheProtocolOf21() {
    Fixtures.verify(
        StructuredTaskScopeMisuse.class, "scope/StructuredTaskScopeMisuseIn21Negative", IN_21);
  }

  /** What is ours above is the JDK's here. */
  @Test
  @Tag("jdk25")
  void knowsTheScopesOfJdk25() {
    for (String fixture : List.of("Positive", "Negative")) {
      Fixtures.verify(
          StructuredTaskScopeMisuse.class,
          "scope/StructuredTaskScopeMisuse" + fixture,
          "--enable-preview",
          "--release=25");
    }
  }

  @Test
  @Tag("jdk25")
  void newerSyntaxPassesThrough() {
    Compilation compilation =
        Fixtures.compile(
            List.of(StructuredTaskScopeMisuse.class),
            List.of("--enable-preview", "--release=25"),
            JavaFileObjects.forSourceString(
                "Newer",
                """
                import module java.base;
                import java.util.concurrent.StructuredTaskScope.*;

                class Newer {
                  sealed interface Page {}
                  record Text(Subtask<String> body) implements Page {}
                  record Both(Page left, Page right) implements Page {}

                  static final ScopedValue<String> USER = ScopedValue.newInstance();

                  String show(Callable<String> task, Page page) throws Exception {
                    return ScopedValue.where(USER, "duke").call(() -> {
                      try (var scope = StructuredTaskScope.<String>open()) {
                        var _ = scope.fork(() -> { Supplier<Callable<String>> deep = () -> () -> task.call(); return deep.get().call(); });
                        Page forked = new Both(page, new Text(scope.fork(task)));
                        scope.join();
                        return switch (forked) {
                          case Both(_, Text(var body)) when body.state() == Subtask.State.SUCCESS -> body.get();
                          case Text(Subtask<String> body) -> body.get();
                          case Page _ -> { scope.fork(task); yield ""; }
                        };
                      }
                    });
                  }
                }
                """));
    assertThat(compilation.errors()).hasSize(1);
    assertThat(compilation.errors().get(0).getMessage(null)).contains("forks no more");
    assertThat(compilation.warnings()).isEmpty();
  }

  /** Without task scopes, calls of the same names mean nothing. */
  @Test
  void oddCodePassesThrough() {
    String source =
        """
        import java.util.concurrent.*;
        import java.util.function.*;

        class Odd {
          static class StructuredTaskScope implements AutoCloseable {
            static StructuredTaskScope open() { return new StructuredTaskScope(); }
            Supplier<String> fork(Callable<String> task) { return () -> ""; }
            StructuredTaskScope join() { return this; }
            @Override public void close() {}
          }
          record Kept(StructuredTaskScope scope, Supplier<Supplier<String>> deep) {
            Kept { scope.join().join(); }
          }
          Supplier<String> text = new StructuredTaskScope().fork(() -> StructuredTaskScope.open().join().fork(null).get());
          { StructuredTaskScope.open(); text.get(); }
          String run() {
            StructuredTaskScope scope = StructuredTaskScope.open();
            return scope.fork(() -> scope.fork(() -> "").get()).get();
          }
        }
        """;
    Fixtures.verifySource(StructuredTaskScopeMisuse.class, "Odd", source);
    Fixtures.verifySource(StructuredTaskScopeMisuse.class, "Odd", source, IN_21);
    Fixtures.verifySource(StructuredTaskScopeMisuse.class, "Odd", source, IN_25);
  }

  @Test
  void opensInTheHeaderOfATry() {
    Fixtures.verifyFix(
        StructuredTaskScopeMisuse.class,
        """
        import java.util.concurrent.Callable;
        import java.util.concurrent.StructuredTaskScope;

        class In {
          String run(Callable<String> task) throws InterruptedException {
            var scope = StructuredTaskScope.<String>open();
            var subtask = scope.fork(task);
            scope.join();
            return subtask.get();
          }
        }
        """,
        """
        import java.util.concurrent.Callable;
        import java.util.concurrent.StructuredTaskScope;

        class In {
          String run(Callable<String> task) throws InterruptedException {
            try (var scope = StructuredTaskScope.<String>open()) {
              var subtask = scope.fork(task);
              scope.join();
              return subtask.get();
            }
          }
        }
        """,
        IN_25);
  }

  @Test
  void doesNotOpenInTheHeaderWhatIsAssignedLater() {
    Fixtures.verifyNoFix(
        StructuredTaskScopeMisuse.class,
        """
        import java.util.concurrent.StructuredTaskScope;

        class In {
          private StructuredTaskScope<String, Void> kept;

          void run() throws InterruptedException {
            StructuredTaskScope<String, Void> scope;
            scope = StructuredTaskScope.open();
            scope.join();
            kept = StructuredTaskScope.open();
          }
        }
        """,
        IN_25);
  }

  @Test
  void throwsTheFailureAfterTheJoin() {
    Fixtures.verifyFix(
        StructuredTaskScopeMisuse.class,
        """
        import java.util.concurrent.Callable;
        import java.util.concurrent.StructuredTaskScope;

        class In {
          String run(Callable<String> task) throws Exception {
            try (var scope = new StructuredTaskScope.ShutdownOnFailure()) {
              var subtask = scope.fork(task);
              scope.join();
              return subtask.get();
            }
          }
        }
        """,
        """
        import java.util.concurrent.Callable;
        import java.util.concurrent.StructuredTaskScope;

        class In {
          String run(Callable<String> task) throws Exception {
            try (var scope = new StructuredTaskScope.ShutdownOnFailure()) {
              var subtask = scope.fork(task);
              scope.join();
              scope.throwIfFailed();
              return subtask.get();
            }
          }
        }
        """,
        IN_21);
  }

  @Test
  void throwsNoFailureThatTheMethodDoesNotDeclare() {
    Fixtures.verifyNoFix(
        StructuredTaskScopeMisuse.class,
        """
        import java.util.concurrent.Callable;
        import java.util.concurrent.StructuredTaskScope;

        class In {
          void run(Callable<String> task) throws InterruptedException {
            try (var scope = new StructuredTaskScope.ShutdownOnFailure()) {
              scope.fork(task);
              scope.join();
            }
          }

          void runIf(Callable<String> task, boolean waits) throws Exception {
            try (var scope = new StructuredTaskScope.ShutdownOnFailure()) {
              scope.fork(task);
              if (waits) scope.join();
              else scope.joinUntil(java.time.Instant.MAX);
            }
          }
        }
        """,
        IN_21);
  }
}
