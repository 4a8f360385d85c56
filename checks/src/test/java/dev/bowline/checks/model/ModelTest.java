package dev.bowline.checks.model;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bowline.checks.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The vocabulary on snippets: a marker says what {@link Probe} must answer about the next line. */
final class ModelTest {
  @Test
  void contextTypesAreKnownByTheirFullNames() {
    verify(
        """
        import dev.bowline.annotations.ContextType;
        import java.util.List;

        class Variables<C extends dev.bowline.Context> {
          // BUG: Diagnostic contains: <context>
          dev.bowline.Context bowline;
          // BUG: Diagnostic contains: <context>
          dev.bowline.CancellableContext subtype;
          // BUG: Diagnostic contains: <context>
          io.grpc.Context grpc;
          // BUG: Diagnostic contains: <context>
          io.opentelemetry.context.Context otel;
          // BUG: Diagnostic contains: <context>
          C variable;
          // BUG: Diagnostic contains: <context>
          House house;
          // BUG: Diagnostic contains: <context>
          Room room;
          javax.naming.Context naming;
          dev.bowline.Context[] array;
          List<dev.bowline.Context> list;
          int primitive;
          Context ofTheSameSimpleName;

          interface Context {}

          @ContextType
          interface House {}

          interface Room extends House {}
        }
        """);
  }

  @Test
  void contextTypesCanBeConfigured() {
    verify(
        """
        class Variables {
          // BUG: Diagnostic contains: <context>
          Scope scope;
          String other;

          interface Scope {}
        }
        """,
        "-XepOpt:Bowline:ContextTypes=a.b.C,Variables.Scope");
  }

  @Test
  void contextMachineryIsWhatContextsAreMadeOf() {
    verify(
        """
        class House extends dev.bowline.Context {
          class Inner {
            void inner() {
              // BUG: Diagnostic contains: <machinery has none>
              here();
            }
          }

          static class Carrier {
            static class Scope implements io.opentelemetry.context.Scope {
              @Override
              public void close() {
                // BUG: Diagnostic contains: <machinery has none>
                here();
              }
            }
          }

          static void here() {}
        }

        class Neighbour {
          void here() {
            // BUG: Diagnostic contains: <has none>
            here();
          }
        }
        """);
  }

  @Test
  void rootContextsAreTheKnownAndTheConfiguredMembers() {
    verify(
        """
        class Roots {
          static Object empty() {
            // BUG: Diagnostic contains: <root>
            dev.bowline.Context.background();
            // BUG: Diagnostic contains: <root>
            io.opentelemetry.context.Context.root();
            dev.bowline.Context.todo();
            io.opentelemetry.context.Context.current();
            // BUG: Diagnostic contains: <root>
            return Roots.empty();
          }

          static Object background() {
            return background();
          }
        }
        """,
        "-XepOpt:Bowline:RootContexts=Roots.empty");
  }

  @Test
  void entryPointsAreWhatStartsAProcessOrARequest() {
    verify(
        """
        import dev.bowline.annotations.EntryPoint;

        class Program {
          // BUG: Diagnostic contains: <entry
          static final Object FIELD = here();

          static {
            // BUG: Diagnostic contains: <entry
            here();
          }

          // BUG: Diagnostic contains: <has none>
          final Object instance = here();

          public static void main(String... args) {
            // BUG: Diagnostic contains: <entry
            here();
            new Thread(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                () -> {
                  // BUG: Diagnostic contains: <entry
                  here();
                });
          }

          @EntryPoint
          void request() {
            // BUG: Diagnostic contains: <entry
            here();
          }

          void other() {
            // BUG: Diagnostic contains: <has none>
            here();
          }

          static class Nested {
            // BUG: Diagnostic contains: <has none>
            static final Object FIELD = here();

            void main() {
              // BUG: Diagnostic contains: <has none>
              here();
            }
          }

          static class Wrong {
            public static void main(String[] args, int more) {
              // BUG: Diagnostic contains: <has none>
              here();
            }
          }

          @EntryPoint
          static class Handler {
            void request() {
              // BUG: Diagnostic contains: <entry
              here();
            }
          }

          static Object here() {
            return null;
          }
        }
        """);
  }

  @Test
  void instanceMainOfATopLevelClassIsAnEntryPoint() {
    verify(
        """
        class Program {
          void main() {
            // BUG: Diagnostic contains: <entry
            here();
          }

          static void here() {}
        }
        """);
  }

  @Test
  void testCodeIsKnownByItsMethodsAndByItsFolder() {
    String source =
        """
        class Helper {
          void help() {
            // BUG: Diagnostic contains: <%s
            here();
          }

          static void here() {}
        }
        """;
    for (String path :
        List.of(
            "src/test/java/Helper.java",
            "module/src/integrationTest/java/Helper.java",
            "javatests/Helper.java")) {
      Fixtures.verifySource(Probe.class, path, source.formatted("test "));
    }
    for (String path :
        List.of("src/main/java/Helper.java", "src/testing/Helper.java", "contest/Helper.java")) {
      Fixtures.verifySource(Probe.class, path, source.formatted("has none"));
    }
    Fixtures.verifySource(
        Probe.class, "Helper.java", source.formatted("test "), "-XepCompilingTestOnlyCode");
  }

  @Test
  void testClassesAreTheSameInAllFrameworks() {
    for (String annotation :
        List.of(
            "org.junit.Test",
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.api.RepeatedTest(2)",
            "org.junit.jupiter.params.ParameterizedTest",
            "org.testng.annotations.Test",
            "Composed")) {
      verify(
          """
          class Cases {
            @%s
            void runs() {
              // BUG: Diagnostic contains: <test test-thread
              here();
            }

            static class Nested {
              void helper() {
                // BUG: Diagnostic contains: <test has none>
                here();
              }
            }

            static void here() {}

            @org.junit.jupiter.api.Test
            @interface Composed {}
          }

          class Neighbour {
            void run() {
              // BUG: Diagnostic contains: <has none>
              Cases.here();
            }
          }

          class Inherits extends Cases {
            void helper() {
              // BUG: Diagnostic contains: <test has none>
              here();
            }
          }
          """
              .formatted(annotation));
    }
    verify(
        """
        class Cases extends junit.framework.TestCase {
          public void testRuns() {
            // BUG: Diagnostic contains: <test test-thread
            here();
          }

          static void here() {}
        }
        """);
  }

  @Test
  void testThreadIsKnownThroughHelpersThatNothingElseUses() {
    verify(
        """
        import java.util.List;
        import java.util.concurrent.Executor;
        import org.junit.jupiter.api.Test;

        class Cases {
          @Test
          void runs(Executor executor, List<String> names) {
            first();
            both();
            // BUG: Diagnostic contains: <runs HERE>
            names.forEach(name -> inLambda());
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            executor.execute(() -> both());
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            executor.execute(this::referenced);
            referenced();
          }

          private void first() {
            second();
          }

          private void second() {
            // BUG: Diagnostic contains: <test test-thread
            here();
          }

          private void inLambda() {
            // BUG: Diagnostic contains: <test test-thread
            here();
          }

          private void both() {
            // BUG: Diagnostic contains: <test has none>
            here();
          }

          private void referenced() {
            // BUG: Diagnostic contains: <test has none>
            here();
          }

          private void recursive() {
            recursive();
            // BUG: Diagnostic contains: <test has none>
            here();
          }

          static void here() {}
        }
        """);
  }

  @Test
  void bodiesRunHereElsewhereOrNobodyKnows() {
    verify(
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
    verify(
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
  void startingWorkIsStartingAThreadOrHandingOverATask() {
    verify(
        """
        import java.util.concurrent.*;

        class Starts {
          void starts(Thread thread, ExecutorService pool, Callable<String> task) throws Exception {
            // BUG: Diagnostic contains: <starts-work starts-thread>
            thread.start();
            // BUG: Diagnostic contains: <starts-work>
            pool.submit(task);
            thread.interrupt();
            pool.shutdown();
          }

          void start() {
            start();
          }
        }
        """);
  }

  @Test
  @Tag("jdk25")
  void startingAVirtualThreadIsStartingWork() {
    verify(
        """
        class Starts {
          void starts(Runnable task) {
            // BUG: Diagnostic contains: <starts-work starts-thread>
            Thread.startVirtualThread(task);
            // BUG: Diagnostic contains: <starts-work starts-thread>
            Thread.ofVirtual().start(task);
            Thread.ofVirtual().unstarted(task);
          }
        }
        """);
  }

  @Test
  void blockingCallsSleepWaitOrReadAndWrite() {
    verify(
        """
        import java.io.*;
        import java.util.concurrent.*;
        import java.util.concurrent.locks.*;

        class Blocks {
          void sleeps() throws Exception {
            // BUG: Diagnostic contains: <sleeps waits blocks>
            Thread.sleep(1);
            // BUG: Diagnostic contains: <sleeps waits blocks>
            TimeUnit.DAYS.sleep(1);
            // BUG: Diagnostic contains: <sleeps waits blocks>
            LockSupport.parkNanos(1);
            TimeUnit.DAYS.toMillis(1);
          }

          void waits(Future<?> f, CountDownLatch l, BlockingQueue<String> q, Thread t, Lock k, Object o)
              throws Exception {
            // BUG: Diagnostic contains: <waits blocks>
            f.get();
            // BUG: Diagnostic contains: <waits blocks timed>
            l.await(1, TimeUnit.DAYS);
            // BUG: Diagnostic contains: <waits blocks>
            l.await();
            // BUG: Diagnostic contains: <waits blocks>
            q.take();
            // BUG: Diagnostic contains: <waits blocks>
            q.poll(1, TimeUnit.DAYS);
            q.poll();
            // BUG: Diagnostic contains: <waits blocks>
            t.join();
            // BUG: Diagnostic contains: <waits blocks>
            k.lock();
            // BUG: Diagnostic contains: <waits blocks acquires>
            k.tryLock(1, TimeUnit.DAYS);
            // BUG: Diagnostic contains: <acquires>
            k.tryLock();
            // BUG: Diagnostic contains: <waits blocks>
            o.wait();
            o.notifyAll();
          }

          void reads(InputStream in, BufferedReader reader, StringBuilder text) throws Exception {
            // BUG: Diagnostic contains: <blocks>
            in.read();
            // BUG: Diagnostic contains: <blocks>
            reader.readLine();
            text.append("a");
          }
        }
        """);
  }

  @Test
  void recheckingLoopsLookAgainAtMoreThanTheirCounter() {
    verify(
        """
        import java.util.*;

        class Loops {
          private volatile boolean done;
          private int state;

          void loops(Iterator<String> names, List<String> list) {
            while (!done) {
              // BUG: Diagnostic contains: <rechecking
              here();
            }
            do {
              // BUG: Diagnostic contains: <rechecking
              here();
            } while (state < 3);
            for (int i = 0; i < 3; i++) {
              // BUG: Diagnostic contains: <has none>
              here();
            }
            for (int i = 0; i < list.size(); i++) {
              // BUG: Diagnostic contains: <has none>
              here();
            }
            for (int i = 0; i < 10; i += 3) {
              // BUG: Diagnostic contains: <has none>
              here();
            }
            for (int i = 0; i < 3 && !done; i++) {
              // BUG: Diagnostic contains: <rechecking
              here();
            }
            int left = 3;
            while (left-- > 0) {
              // BUG: Diagnostic contains: <has none>
              here();
            }
            for (String name : list) {
              // BUG: Diagnostic contains: <has none>
              here();
            }
            for (String name : list) {
              if (done) {
                break;
              }
              // BUG: Diagnostic contains: <rechecking
              here();
            }
            while (true) {
              if (done) {
                return;
              }
              // BUG: Diagnostic contains: <rechecking
              here();
              Runnable later =
                  // BUG: Diagnostic contains: <runs UNKNOWN>
                  () -> {
                    // BUG: Diagnostic contains: <has none>
                    here();
                  };
            }
          }

          static void here() {}
        }
        """);
  }

  @Test
  void contextInScopeIsTheInnermostThatCouldBePassedOn() {
    verify(
        """
        import dev.bowline.*;
        import java.util.function.*;

        class InScope {
          void none(String name) {
            // BUG: Diagnostic contains: <has none>
            here();
          }

          // BUG: Diagnostic contains: <context>
          void parameter(Context ctx) {
            // BUG: Diagnostic contains: <has ctx>
            here();
            // BUG: Diagnostic contains: <context>
            Context local = ctx;
            // BUG: Diagnostic contains: <has local>
            here();
            {
              // BUG: Diagnostic contains: <context>
              Context inBlock = ctx;
            }
            // BUG: Diagnostic contains: <has local>
            here();
            // BUG: Diagnostic contains: <context>
            try (CancellableContext resource = ctx.withCancel()) {
              // BUG: Diagnostic contains: <has resource>
              here();
            } finally {
              // BUG: Diagnostic contains: <has local>
              here();
            }
          }

          void loops(Iterable<Context> contexts) {
            // BUG: Diagnostic contains: <context>
            for (Context each : contexts) {
              // BUG: Diagnostic contains: <has each>
              here();
            }
            // BUG: Diagnostic contains: <context>
            Context late;
            // BUG: Diagnostic contains: <has none>
            here();
          }

          // BUG: Diagnostic contains: <context>
          void lambdas(Context changed) {
            changed = changed.withCancel();
            // BUG: Diagnostic contains: <runs UNKNOWN>
            Runnable notCapturable = () -> here();
            // BUG: Diagnostic contains: <context>
            Consumer<Context> own = ctx -> here();
          }

          static class Nested {
            void method() {
              // BUG: Diagnostic contains: <has none>
              here();
            }
          }

          static void here() {}
        }
        """);
  }

  @Test
  void methodTablesRefuseWhatNamesNoMethod() {
    assertThrows(IllegalArgumentException.class, () -> MethodTable.of(List.of("a.b.C.method")));
  }

  private static void verify(String source, String... options) {
    Fixtures.verifySource(Probe.class, "Snippet.java", source, options);
  }
}
