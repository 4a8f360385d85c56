package dev.bowline.checks;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static com.google.testing.compile.Compiler.javac;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who reports fifteen everyday hazards: Error Prone as it comes, and with these rules beside it.
 */
final class HazardsTest {
  private static final Path README = Path.of("../README.md");
  private static final String NOBODY = "";

  /** The code is what the README shows; the context is what it needs to compile. */
  record Hazard(String code, String errorProne, String bowline, String context) {
    @Override
    public String toString() {
      return code;
    }

    String className() {
      return "Hazard" + HAZARDS.indexOf(this);
    }

    String source() {
      return """
      package hazards;

      import java.util.concurrent.*;
      import java.util.concurrent.locks.*;

      class %s {
        %s
      }
      """
          .formatted(className(), context.formatted(code));
    }
  }

  private static final ImmutableList<Hazard> HAZARDS =
      ImmutableList.of(
          new Hazard(
              "try { latch.await(); } catch (InterruptedException e) { System.err.println(e); }",
              NOBODY,
              "InterruptSwallowed",
              "void use(CountDownLatch latch) { %s }"),
          new Hazard(
              "latch.await(3, TimeUnit.SECONDS);",
              NOBODY,
              "TimedWaitIgnored",
              "void use(CountDownLatch latch) throws InterruptedException { %s }"),
          new Hazard(
              "pool.shutdown(); pool.awaitTermination(1, TimeUnit.SECONDS);",
              NOBODY,
              "TimedWaitIgnored",
              "void use(ExecutorService pool) throws InterruptedException { %s }"),
          new Hazard(
              "ExecutorService pool = Executors.newFixedThreadPool(4); pool.execute(task);",
              NOBODY,
              "ExecutorNotShutDown",
              "void use(Runnable task) { %s }"),
          new Hazard(
              "lock.lock(); task.run();",
              NOBODY,
              "PermitNotReleased",
              "private final Lock lock = new ReentrantLock(); void use(Runnable task) { %s }"),
          new Hazard(
              "lock.lock(); try { task.run(); } finally { System.out.println(); }",
              NOBODY,
              "PermitNotReleased",
              "private final Lock lock = new ReentrantLock(); void use(Runnable task) { %s }"),
          new Hazard(
              "lock.lockInterruptibly(); task.run(); lock.unlock();",
              NOBODY,
              "PermitNotReleased",
              "private final Lock lock = new ReentrantLock(); void use(Runnable task) throws"
                  + " InterruptedException { %s }"),
          new Hazard(
              "permits.acquire(); task.run(); permits.release();",
              NOBODY,
              "PermitNotReleased",
              "private final Semaphore permits = new Semaphore(4); void use(Runnable task) throws"
                  + " InterruptedException { %s }"),
          new Hazard(
              "Thread thread = new Thread(task);",
              NOBODY,
              "ThreadNotStarted",
              "void use(Runnable task) { %s }"),
          new Hazard(
              "new Thread(task).start();",
              NOBODY,
              "ThreadNotJoined",
              "void use(Runnable task) { %s }"),
          new Hazard(
              "stage.thenRun(task);",
              NOBODY,
              "FutureUnobserved",
              "void use(CompletionStage<String> stage, Runnable task) { %s }"),
          new Hazard(
              "future.whenComplete((result, failure) -> System.out.println(failure));",
              "FutureReturnValueIgnored",
              NOBODY,
              "void use(CompletableFuture<String> future) { %s }"),
          new Hazard(
              "Future<?> unused = pool.submit(task);",
              NOBODY,
              "FutureUnobserved",
              "void use(ExecutorService pool, Callable<String> task) { %s }"),
          new Hazard(
              "timer.scheduleAtFixedRate(task, 1, 1, TimeUnit.SECONDS);",
              "FutureReturnValueIgnored",
              NOBODY,
              "void use(ScheduledExecutorService timer, Runnable task) { %s }"),
          new Hazard(
              "if (!map.containsKey(key)) { map.put(key, value); }",
              NOBODY,
              "CheckThenAct",
              "void use(ConcurrentMap<String, String> map, String key, String value) { %s }"));

  /** Error Prone on variables that nobody reads: true, and not what is wrong here. */
  private static final ImmutableSet<String> NOT_ABOUT_THE_HAZARD =
      ImmutableSet.of("UnusedVariable", "UnnamedVariable");

  private static final Pattern CHECK = Pattern.compile("^\\[(\\w+)\\]");

  @TempDir static Path folder;

  private static ImmutableSetMultimap<String, String> alone;
  private static ImmutableSetMultimap<String, String> together;

  @BeforeAll
  static void compileBothWays() throws IOException {
    alone =
        findings(
            Rules.all().stream()
                .map(rule -> " -Xep:" + rule.getSimpleName() + ":OFF")
                .collect(joining()));
    together = findings("");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hazards")
  void isReportedByWhomTheTableSays(Hazard hazard) {
    String name = hazard.className();
    assertWithMessage("Error Prone").that(alone.get(name)).isEqualTo(names(hazard.errorProne()));
    assertWithMessage("with Bowline")
        .that(together.get(name))
        .isEqualTo(
            ImmutableSet.builder()
                .addAll(names(hazard.errorProne()))
                .addAll(names(hazard.bowline()))
                .build());
  }

  static Stream<Hazard> hazards() {
    return HAZARDS.stream();
  }

  @Test
  void theReadmeShowsTheTable() throws IOException {
    String table =
        HAZARDS.stream()
            .map(
                hazard ->
                    "| `%s` | %s | %s |\n"
                        .formatted(
                            hazard.code().replace("|", "\\|"),
                            orDash(hazard.errorProne()),
                            withBowline(hazard)))
            .collect(
                joining(
                    "", "| | Error Prone's defaults | with Bowline |\n| --- | --- | --- |\n", ""));
    String readme = Files.readString(README);
    Matcher block =
        Pattern.compile("(?s)(<!-- hazards: begin -->\n)(.*?)(<!-- hazards: end -->)")
            .matcher(readme);
    assertWithMessage("the marks around the table").that(block.find()).isTrue();
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(
          README, readme.substring(0, block.start(2)) + table + readme.substring(block.end(2)));
    } else {
      assertWithMessage("stale; mvn test -pl checks -am -Ddocs.update=true writes it")
          .that(block.group(2))
          .isEqualTo(table);
    }
  }

  private static String withBowline(Hazard hazard) {
    if (hazard.bowline().isEmpty()) {
      return hazard.errorProne().isEmpty() ? "–" : "the same";
    }
    return "[%s](docs/checks/%s.md)".formatted(hazard.bowline(), hazard.bowline());
  }

  private static String orDash(String name) {
    return name.isEmpty() ? "–" : name;
  }

  private static ImmutableSet<String> names(String name) {
    return name.isEmpty() ? ImmutableSet.of() : ImmutableSet.of(name);
  }

  /** What the compiler reports, by class. */
  private static ImmutableSetMultimap<String, String> findings(String flags) throws IOException {
    ImmutableList.Builder<JavaFileObject> sources = ImmutableList.builder();
    for (Hazard hazard : HAZARDS) {
      Path file = Files.writeString(folder.resolve(hazard.className() + ".java"), hazard.source());
      sources.add(JavaFileObjects.forResource(file.toUri().toURL()));
    }
    Compilation compilation =
        javac()
            .withOptions(
                "-XDcompilePolicy=simple",
                "--should-stop=ifError=FLOW",
                "-XDaddTypeAnnotationsToSymbol=true",
                "-proc:none",
                "-processorpath",
                System.getProperty("java.class.path"),
                "-Xplugin:ErrorProne" + flags)
            .compile(sources.build());
    assertThat(compilation.errors()).isEmpty();
    ImmutableSetMultimap.Builder<String, String> findings = ImmutableSetMultimap.builder();
    compilation
        .diagnostics()
        .forEach(
            diagnostic -> {
              Matcher check = CHECK.matcher(diagnostic.getMessage(Locale.ROOT));
              if (check.find() && !NOT_ABOUT_THE_HAZARD.contains(check.group(1))) {
                String file = Path.of(diagnostic.getSource().toUri()).getFileName().toString();
                findings.put(file.replace(".java", ""), check.group(1));
              }
            });
    return findings.build();
  }
}
