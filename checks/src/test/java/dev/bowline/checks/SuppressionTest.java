package dev.bowline.checks;

import static com.google.common.truth.Truth.assertThat;

import com.google.errorprone.BugCheckerInfo;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.bowline.annotations.Detached;
import dev.bowline.annotations.HoldsContext;
import dev.bowline.annotations.StartsContext;
import dev.bowline.annotations.WaitsOnPurpose;
import dev.bowline.checks.context.ContextFirstParameter;
import dev.bowline.checks.context.ContextNotForwarded;
import dev.bowline.checks.context.RootContextOutsideMain;
import dev.bowline.checks.context.StoredContext;
import dev.bowline.checks.failure.FutureUnobserved;
import dev.bowline.checks.failure.ScheduledTaskMayDie;
import dev.bowline.checks.failure.TimedWaitIgnored;
import dev.bowline.checks.lifecycle.CancelHandleLeaked;
import dev.bowline.checks.lifecycle.ExecutorNotShutDown;
import dev.bowline.checks.lifecycle.PermitNotReleased;
import dev.bowline.checks.lifecycle.ThreadNotJoined;
import dev.bowline.checks.testcode.LeakCheckMissing;
import dev.bowline.checks.testcode.SleepInTest;
import dev.bowline.checks.testcode.UntimedWaitInTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule is silent below its annotations, at every level where Java allows them. */
final class SuppressionTest {
  private static final String HOLDS = "@HoldsContext(reason = \"one object a request\")";
  private static final String STARTS = "@StartsContext(reason = \"starts here\")";
  private static final String DETACHED = "@Detached(reason = \"lives as long as the process\")";
  private static final String WAITS = "@WaitsOnPurpose(reason = \"tests a clock\")";

  /** A source with one fault, and a marker wherever an annotation can stand above it. */
  private static final String STORED =
      """
      import dev.bowline.annotations.*;
      /*class*/ class A {
        /*class*/ static class B {
          /*field*/ dev.bowline.Context ctx;
        }
        /*method*/ Object anonymous() {
          /*local*/ Object holder = new Object() { /*field*/ dev.bowline.Context ctx; };
          return holder;
        }
      }
      """;

  private static final String ROOT =
      """
      import dev.bowline.annotations.*;
      /*class*/ class A {
        /*field*/ Runnable task = () -> dev.bowline.Context.background().isDone();
        /*method*/ void method() {
          /*local*/ Object root = dev.bowline.Context.background();
        }
        /*constructor*/ A() { dev.bowline.Context.background().isDone(); }
      }
      """;

  private static final String WITHHELD =
      """
      import dev.bowline.Context;
      import dev.bowline.annotations.*;
      /*class*/ abstract class A {
        /*field*/ final java.util.function.Function<Context, String> field = ctx -> load();
        /*method*/ String method(Context ctx) { return load(); }
        String other(Context ctx) {
          /*local*/ String row = load();
          return row;
        }
        static String load() { return ""; }
        static String load(Context ctx) { return ""; }
      }
      """;

  private static final String SLEEP =
      """
      import dev.bowline.annotations.*;
      /*class*/ class A {
        /*method*/ @org.junit.jupiter.api.Test void method() throws Exception { Thread.sleep(100); }
      }
      """;

  private static final String UNTIMED =
      """
      import dev.bowline.annotations.*;
      /*class*/ class A {
        /*method*/ @org.junit.jupiter.api.Test void method(Thread thread) throws Exception {
          thread.join();
        }
      }
      """;

  private static final String UNWATCHED =
      """
      import dev.bowline.annotations.*;
      /*class*/ class A {
        /*method*/ @org.junit.jupiter.api.Test void method() {
          /*local*/ java.util.Timer timer = new java.util.Timer();
        }
      }
      """;

  private static final String FIRST =
      """
      /*class*/ class A {
        /*method*/ void method(String id, /*parameter*/ dev.bowline.Context ctx) {}
      }
      """;

  private static final String WAIT =
      """
      /*class*/ class A {
        /*field*/ Step step = () -> new Latch().await(1, java.util.concurrent.TimeUnit.SECONDS);
        /*method*/ void method(Latch latch) {
          /*local*/ Step local = () -> latch.await(1, java.util.concurrent.TimeUnit.SECONDS);
        }
        interface Step { void run() throws InterruptedException; }
        static class Latch extends java.util.concurrent.CountDownLatch { Latch() { super(1); } }
      }
      """;

  /** The start, and the creation, may stand elsewhere than what has the annotation. */
  private static final String THREAD =
      """
      import dev.bowline.annotations.*;
      /*class*/ class A {
        /*field*/ private final Thread worker;
        /*constructor*/ A(Runnable task) {
          worker = new Thread(task);
          worker.start();
        }
        /*method*/ void method(Runnable task) {
          /*local*/ Thread thread = new Thread(task);
          thread.start();
        }
      }
      """;

  private static final String EXECUTOR =
      """
      import dev.bowline.annotations.*;
      import java.util.concurrent.*;
      /*class*/ class A {
        /*field*/ private final ExecutorService workers;
        /*constructor*/ A(Runnable task) {
          workers = Executors.newCachedThreadPool();
          workers.execute(task);
        }
        /*method*/ void method(Runnable task) {
          /*local*/ ExecutorService pool = Executors.newCachedThreadPool();
          pool.execute(task);
        }
      }
      """;

  private static final String FUTURE =
      """
      import dev.bowline.annotations.*;
      import java.util.concurrent.*;
      /*class*/ class A {
        /*method*/ void method(ExecutorService pool, Runnable task) {
          /*local*/ Future<?> done = pool.submit(task);
        }
      }
      """;

  private static final String HANDLE =
      """
      /*class*/ class A {
        /*field*/ private final java.util.Timer timer;
        /*constructor*/ A() {
          timer = new java.util.Timer();
        }
        /*method*/ void method() {
          /*local*/ java.util.Timer local = new java.util.Timer();
          local.purge();
        }
      }
      """;

  private static final String PERMIT =
      """
      /*class*/ class A {
        private final java.util.concurrent.Semaphore permits = new java.util.concurrent.Semaphore(1);
        /*method*/ void method(Runnable task) throws InterruptedException {
          permits.acquire();
          task.run();
          permits.release();
        }
      }
      """;

  private static final String SCHEDULED =
      """
      import dev.bowline.annotations.*;
      /*class*/ class A {
        /*field*/ final java.util.concurrent.Future<?> field =
            java.util.concurrent.Executors.newScheduledThreadPool(1).scheduleAtFixedRate(
                () -> { throw new IllegalStateException(); },
                1, 1, java.util.concurrent.TimeUnit.SECONDS);
        /*method*/ void method(java.util.concurrent.ScheduledExecutorService scheduler) {
          /*local*/ java.util.concurrent.Future<?> local =
              scheduler.scheduleAtFixedRate(
                  () -> { throw new IllegalStateException(); },
                  1, 1, java.util.concurrent.TimeUnit.SECONDS);
          local.cancel(true);
        }
      }
      """;

  static Stream<Arguments> places() {
    return Stream.of(
        Arguments.of(ThreadNotJoined.class, THREAD, DETACHED, List.of("class")),
        Arguments.of(ThreadNotJoined.class, THREAD, DETACHED, List.of("field", "local")),
        Arguments.of(ThreadNotJoined.class, THREAD, DETACHED, List.of("constructor", "method")),
        Arguments.of(ThreadNotJoined.class, THREAD, null, List.of("class")),
        Arguments.of(ThreadNotJoined.class, THREAD, null, List.of("field", "local")),
        Arguments.of(ThreadNotJoined.class, THREAD, null, List.of("constructor", "method")),
        Arguments.of(ExecutorNotShutDown.class, EXECUTOR, DETACHED, List.of("class")),
        Arguments.of(ExecutorNotShutDown.class, EXECUTOR, DETACHED, List.of("field", "local")),
        Arguments.of(
            ExecutorNotShutDown.class, EXECUTOR, DETACHED, List.of("constructor", "method")),
        Arguments.of(ExecutorNotShutDown.class, EXECUTOR, null, List.of("class")),
        Arguments.of(ExecutorNotShutDown.class, EXECUTOR, null, List.of("field", "local")),
        Arguments.of(ExecutorNotShutDown.class, EXECUTOR, null, List.of("constructor", "method")),
        Arguments.of(FutureUnobserved.class, FUTURE, DETACHED, List.of("class")),
        Arguments.of(FutureUnobserved.class, FUTURE, DETACHED, List.of("method")),
        Arguments.of(FutureUnobserved.class, FUTURE, DETACHED, List.of("local")),
        Arguments.of(FutureUnobserved.class, FUTURE, null, List.of("local")),
        Arguments.of(ScheduledTaskMayDie.class, SCHEDULED, DETACHED, List.of("class")),
        Arguments.of(ScheduledTaskMayDie.class, SCHEDULED, DETACHED, List.of("field", "method")),
        Arguments.of(ScheduledTaskMayDie.class, SCHEDULED, null, List.of("field", "local")),
        Arguments.of(LeakCheckMissing.class, UNWATCHED, DETACHED, List.of("class")),
        Arguments.of(LeakCheckMissing.class, UNWATCHED, DETACHED, List.of("method")),
        Arguments.of(LeakCheckMissing.class, UNWATCHED, DETACHED, List.of("local")),
        Arguments.of(LeakCheckMissing.class, UNWATCHED, null, List.of("class")),
        Arguments.of(LeakCheckMissing.class, UNWATCHED, null, List.of("local")),
        Arguments.of(CancelHandleLeaked.class, HANDLE, null, List.of("class")),
        Arguments.of(CancelHandleLeaked.class, HANDLE, null, List.of("field", "local")),
        Arguments.of(CancelHandleLeaked.class, HANDLE, null, List.of("constructor", "method")),
        Arguments.of(PermitNotReleased.class, PERMIT, null, List.of("class")),
        Arguments.of(PermitNotReleased.class, PERMIT, null, List.of("method")),
        Arguments.of(StoredContext.class, STORED, HOLDS, List.of("class", "field")),
        Arguments.of(StoredContext.class, STORED, null, List.of("class", "field")),
        Arguments.of(RootContextOutsideMain.class, ROOT, STARTS, List.of("class")),
        Arguments.of(
            RootContextOutsideMain.class,
            ROOT,
            STARTS,
            List.of("field", "method", "local", "constructor")),
        Arguments.of(
            RootContextOutsideMain.class,
            ROOT,
            null,
            List.of("field", "method", "local", "constructor")),
        Arguments.of(RootContextOutsideMain.class, ROOT, "@EntryPoint", List.of("class")),
        Arguments.of(ContextNotForwarded.class, WITHHELD, STARTS, List.of("class")),
        Arguments.of(
            ContextNotForwarded.class, WITHHELD, STARTS, List.of("field", "method", "local")),
        Arguments.of(
            ContextNotForwarded.class, WITHHELD, null, List.of("field", "method", "local")),
        Arguments.of(SleepInTest.class, SLEEP, WAITS, List.of("class")),
        Arguments.of(SleepInTest.class, SLEEP, WAITS, List.of("method")),
        Arguments.of(SleepInTest.class, SLEEP, null, List.of("method")),
        Arguments.of(UntimedWaitInTest.class, UNTIMED, WAITS, List.of("class")),
        Arguments.of(UntimedWaitInTest.class, UNTIMED, WAITS, List.of("method")),
        Arguments.of(UntimedWaitInTest.class, UNTIMED, null, List.of("method")),
        Arguments.of(ContextFirstParameter.class, FIRST, null, List.of("class")),
        Arguments.of(ContextFirstParameter.class, FIRST, null, List.of("method")),
        Arguments.of(ContextFirstParameter.class, FIRST, null, List.of("parameter")),
        Arguments.of(TimedWaitIgnored.class, WAIT, null, List.of("class")),
        Arguments.of(TimedWaitIgnored.class, WAIT, null, List.of("field", "local")),
        Arguments.of(TimedWaitIgnored.class, WAIT, null, List.of("field", "method")));
  }

  @ParameterizedTest
  @MethodSource("places")
  void isSilentBelowAnnotation(
      Class<? extends BugChecker> rule, String source, String annotation, List<String> places) {
    String stated =
        annotation != null
            ? annotation
            : "@SuppressWarnings(\"%s\")".formatted(rule.getSimpleName());
    String annotated = source;
    for (String place : places) {
      assertThat(source).contains("/*" + place + "*/");
      annotated = annotated.replace("/*" + place + "*/", stated);
    }
    assertThat(findings(rule, source)).isNotEmpty();
    assertThat(findings(rule, annotated)).isEmpty();
  }

  /** The design's table: which annotation silences which of the rules that exist. */
  @Test
  void annotationsSilenceTheRulesThatTheyName() {
    assertThat(silencedBy(HoldsContext.class)).containsExactly("StoredContext");
    assertThat(silencedBy(StartsContext.class))
        .containsExactly("ContextNotForwarded", "RootContextOutsideMain");
    assertThat(silencedBy(WaitsOnPurpose.class))
        .containsExactly("SleepInTest", "UntimedWaitInTest");
    assertThat(silencedBy(Detached.class))
        .containsExactly(
            "ExecutorNotShutDown",
            "FutureUnobserved",
            "LeakCheckMissing",
            "ScheduledTaskMayDie",
            "ThreadNotJoined");
  }

  private static List<String> silencedBy(Class<?> annotation) {
    return Rules.all().stream()
        .map(BugCheckerInfo::create)
        .filter(rule -> rule.customSuppressionAnnotations().contains(annotation))
        .map(BugCheckerInfo::canonicalName)
        .toList();
  }

  private static List<?> findings(Class<? extends BugChecker> rule, String source) {
    Compilation compilation =
        Fixtures.compile(
            List.of(rule),
            List.of("-XepAllErrorsAsWarnings", "-XepAllSuggestionsAsWarnings"),
            JavaFileObjects.forSourceString("A", source));
    assertThat(compilation.errors()).isEmpty();
    return compilation.warnings();
  }
}
