package dev.bowline.checks.model;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A marker in a snippet says what {@link Probe} must answer about the next line. */
final class RunSitesTest {
  @Test
  void bodiesRunHereElsewhereOrNobodyKnows() {
    Probe.verify(
        """
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.function.*;

        class Sites {
          // BUG: Diagnostic contains: <runs UNKNOWN>
          Runnable field = () -> {};

          void here(List<String> names, Map<String, String> map, Optional<String> optional) {
            // BUG: Diagnostic contains: <runs HERE>
            names.forEach(n -> {});
            // BUG: Diagnostic contains: <runs HERE>
            map.computeIfAbsent("a", k -> k);
            // BUG: Diagnostic contains: <runs HERE>
            optional.map(String::strip);
            // BUG: Diagnostic contains: <runs HERE>
            optional.orElseGet(((Supplier<String>) () -> ""));
            // BUG: Diagnostic contains: <runs HERE>
            org.junit.jupiter.api.Assertions.assertThrows(Exception.class, () -> {});
          }

          void elsewhere(ScheduledExecutorService pool, CompletableFuture<String> future, Timer timer)
              throws Exception {
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            new Thread(() -> {}, "name");
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            new Thread() { @Override public void run() {} };
            // BUG: Diagnostic contains: <starts-work>
            pool.execute(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                () -> {});
            // BUG: Diagnostic contains: <starts-work>
            pool.scheduleAtFixedRate(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                new Runnable() { @Override public void run() {} }, 1, 1, TimeUnit.DAYS);
            // BUG: Diagnostic contains: <starts-work>
            CompletableFuture.supplyAsync(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                () -> "");
            // BUG: Diagnostic contains: <starts-work>
            future.thenApplyAsync(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                s -> s);
            // BUG: Diagnostic contains: <starts-work>
            timer.schedule(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                new TimerTask() { @Override public void run() {} }, 1);
          }

          void unknown(CompletableFuture<String> future, List<Runnable> tasks, Consumer<Runnable> sink) {
            // BUG: Diagnostic contains: <runs UNKNOWN>
            future.thenApply(s -> s);
            // BUG: Diagnostic contains: <runs UNKNOWN>
            tasks.add(() -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            sink.accept(() -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            Callable<String> local = () -> "";
          }
        }
        """);
  }

  @Test
  void runSitesCanBeConfigured() {
    Probe.verify(
        """
        class Sites {
          static void twice(Runnable task) {}

          static void later(Runnable task) {}

          void use() {
            // BUG: Diagnostic contains: <runs HERE>
            twice(() -> {});
            // BUG: Diagnostic contains: <starts-work>
            later(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                () -> {});
          }
        }
        """,
        "-XepOpt:Bowline:RunsHere=Sites#twice",
        "-XepOpt:Bowline:RunsElsewhere=Sites#later");
  }

  @Test
  void methodTablesRefuseWhatNamesNoMethod() {
    assertThrows(IllegalArgumentException.class, () -> MethodTable.of(List.of("a.b.C.method")));
  }
}
