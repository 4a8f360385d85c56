package dev.bowline.checks.lifecycle;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class TaskOutlivesResourceTest {
  @Test
  void reportsTasksThatNothingInTheBlockWaitsFor() {
    Fixtures.verify(TaskOutlivesResource.class, "TaskOutlivesResourcePositive");
  }

  @Test
  void acceptsAnyWaitInTheBlockAndWhatClosingDoesNoHarmTo() {
    Fixtures.verify(TaskOutlivesResource.class, "TaskOutlivesResourceNegative");
  }

  @Test
  void reportsConfiguredMethods() {
    Fixtures.verifySource(
        TaskOutlivesResource.class,
        "Pool.java",
        """
        import java.io.InputStream;

        interface Pool extends java.util.concurrent.Executor {
          void launch(Runnable task);

          static void use(Pool pool) throws java.io.IOException {
            try (InputStream in = InputStream.nullInputStream()) {
              // BUG: Diagnostic contains: 'in'
              pool.launch(() -> System.out.println(in));
            }
          }
        }
        """,
        "-XepOpt:Bowline:RunsElsewhere=Pool#launch");
  }

  @Test
  @Tag("jdk25")
  void acceptsExecutorsAndScopesThatCloseFirst() {
    Fixtures.verifySource(
        TaskOutlivesResource.class,
        "Scopes.java",
        """
        import java.io.InputStream;
        import java.net.http.HttpClient;
        import java.util.concurrent.Executor;
        import java.util.concurrent.Executors;

        class Scopes {
          void closesFirst() throws Exception {
            try (InputStream in = InputStream.nullInputStream();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
              executor.submit(() -> in.read());
            }
          }

          void closesLast() throws Exception {
            try (var executor = Executors.newVirtualThreadPerTaskExecutor();
                InputStream in = InputStream.nullInputStream()) {
              // BUG: Diagnostic contains: 'in'
              executor.submit(() -> in.read());
              executor.submit(() -> executor.submit(() -> 1));
            }
          }

          void shared(Executor pool) {
            try (var client = HttpClient.newHttpClient()) {
              pool.execute(() -> System.out.println(client));
            }
          }
        }
        """);
  }
}
