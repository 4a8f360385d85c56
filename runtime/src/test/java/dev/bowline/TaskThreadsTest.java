package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinWorkerThread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which threads tasks run on, and what they find there. Rules T1 to T5. */
@Timeout(60)
final class TaskThreadsTest {
  private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();
  private static final ThreadLocal<String> INHERITABLE = new InheritableThreadLocal<>();

  /** By reflection, since the tests are compiled for JDK 17. */
  private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
    return Runtime.version().feature() >= 21
        && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
  }

  private static Thread threadOf(TaskGroup.Builder builder) throws Exception {
    try (TaskGroup group = builder.open(Context.background())) {
      Task<Thread> task = group.fork(ctx -> Thread.currentThread());
      group.join();
      return task.get();
    }
  }

  @Test
  void choosesVirtualThreadsWhereBlockingDoesNotPin() throws Exception {
    Thread thread = threadOf(TaskGroup.named("g"));
    assertEquals(Runtime.version().feature() >= 24, isVirtual(thread));
    assertTrue(thread.isDaemon());
  }

  @Test
  void takesPlatformThreadsOnRequest() throws Exception {
    Thread thread = threadOf(TaskGroup.named("g").threads(TaskGroup.Threads.PLATFORM));
    assertEquals(false, isVirtual(thread));
    assertTrue(thread.isDaemon());
  }

  @Test
  void takesVirtualThreadsOnRequestOrSaysThatThereAreNone() throws Exception {
    TaskGroup.Builder builder = TaskGroup.named("g").threads(TaskGroup.Threads.VIRTUAL);
    if (Runtime.version().feature() >= 21) {
      assertTrue(isVirtual(threadOf(builder)));
    } else {
      assertThrows(UnsupportedOperationException.class, () -> threadOf(builder));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TaskGroup.Threads.class,
      names = {"AUTO", "PLATFORM"})
  void neverRunsOnTheCallersThreadNorInTheCommonPool(TaskGroup.Threads threads) throws Exception {
    Thread thread = threadOf(TaskGroup.named("g").threads(threads));
    assertNotSame(Thread.currentThread(), thread);
    assertTrue(!(thread instanceof ForkJoinWorkerThread));
  }

  @ParameterizedTest
  @EnumSource(
      value = TaskGroup.Threads.class,
      names = {"AUTO", "PLATFORM"})
  void namesTheThreadAfterTheTask(TaskGroup.Threads threads) throws Exception {
    try (TaskGroup group = TaskGroup.named("g").threads(threads).open(Context.background())) {
      Task<String> named = group.fork("t", ctx -> Thread.currentThread().getName());
      Task<String> numbered = group.fork(ctx -> Thread.currentThread().getName());
      group.join();
      assertEquals("g/t", named.get());
      assertEquals("g/2", numbered.get());
    }
  }

  @Test
  void aPooledThreadKeepsNeitherNameNorClassLoader() throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
      Thread.currentThread().setContextClassLoader(loader);
      Thread thread = threadOf(TaskGroup.named("g").threads(TaskGroup.Threads.PLATFORM));
      // join has returned, so the thread is done with the task; it may have another one of a test.
      assertNotEquals("g/1", thread.getName());
      assertNotSame(loader, thread.getContextClassLoader());
    } finally {
      Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TaskGroup.Threads.class,
      names = {"AUTO", "PLATFORM"})
  void givesTheTaskTheClassLoaderOfTheForkerAndNoThreadLocals(TaskGroup.Threads threads)
      throws Exception {
    LOCAL.set("owner's");
    INHERITABLE.set("owner's");
    try (URLClassLoader loader = new URLClassLoader(new URL[0]);
        TaskGroup group = TaskGroup.named("g").threads(threads).open(Context.background())) {
      Thread.currentThread().setContextClassLoader(loader);
      Task<ClassLoader> task = group.fork(ctx -> Thread.currentThread().getContextClassLoader());
      Task<List<String>> locals = group.fork(ctx -> readLocals());
      group.join();
      assertSame(loader, task.get());
      List<String> none = new ArrayList<>();
      none.add(null);
      none.add(null);
      assertEquals(none, locals.get());
    } finally {
      Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
      LOCAL.remove();
      INHERITABLE.remove();
    }
  }

  private static List<String> readLocals() {
    List<String> read = new ArrayList<>();
    read.add(LOCAL.get());
    read.add(INHERITABLE.get());
    return read;
  }

  @Test
  void decoratorsRunOnTheForkersThreadAndWrapTheBody() throws Exception {
    LOCAL.set("carried over");
    List<String> events = new ArrayList<>();
    try (TaskGroup group =
        TaskGroup.named("g")
            .decorate(TaskThreadsTest::carryLocal)
            .decorate(
                task -> {
                  events.add("decorated on " + Thread.currentThread().getName());
                  return task;
                })
            .open(Context.background())) {
      Task<String> task = group.fork(ctx -> LOCAL.get());
      group.join();
      assertEquals("carried over", task.get());
      assertEquals(List.of("decorated on " + Thread.currentThread().getName()), events);
    } finally {
      LOCAL.remove();
    }
  }

  private static Runnable carryLocal(Runnable task) {
    String value = LOCAL.get();
    return () -> {
      LOCAL.set(value);
      try {
        task.run();
      } finally {
        LOCAL.remove();
      }
    };
  }

  @Test
  void theFirstDecoratorIsTheOuterOne() throws Exception {
    List<String> events = new ArrayList<>();
    try (TaskGroup group =
        TaskGroup.named("g")
            .decorate(task -> () -> say(events, "outer", task))
            .decorate(task -> () -> say(events, "inner", task))
            .open(Context.background())) {
      group.launch(ctx -> events.add("body"));
      group.join();
      assertEquals(List.of("outer", "inner", "body"), events);
    }
  }

  private static void say(List<String> events, String what, Runnable then) {
    events.add(what);
    then.run();
  }

  @Test
  void whatADecoratorThrowsComesOutOfTheFork() throws Exception {
    IllegalStateException broken = new IllegalStateException("broken");
    boolean[] fails = {true};
    try (TaskGroup group =
        TaskGroup.named("g")
            .limit(1)
            .decorate(
                task -> {
                  if (fails[0]) {
                    throw broken;
                  }
                  return task;
                })
            .open(Context.background())) {
      assertSame(
          broken, assertThrows(IllegalStateException.class, () -> group.fork("t", ctx -> 1)));
      fails[0] = false;
      Task<Integer> task = group.fork(ctx -> 1);
      group.join();
      assertEquals(1, task.get());
      assertEquals(List.of(task), group.tasks());
    }
  }

  @Test
  void whatTheDecoratedTaskThrowsIsItsFailure() throws Exception {
    IllegalStateException broken = new IllegalStateException("broken");
    try (TaskGroup group =
        TaskGroup.named("g")
            .decorate(
                task ->
                    () -> {
                      task.run();
                      throw broken;
                    })
            .open(Context.background())) {
      group.launch(ctx -> {});
      assertSame(broken, assertThrows(ExecutionException.class, group::join).getCause());
    }
  }

  @Test
  void aDecoratorThatRunsTheTaskNeverOrTwiceFailsIt() throws Exception {
    try (TaskGroup group =
        TaskGroup.named("g").decorate(task -> () -> {}).open(Context.background())) {
      group.launch(ctx -> {});
      assertInstanceOf(
          IllegalStateException.class,
          assertThrows(ExecutionException.class, group::join).getCause());
    }
    try (TaskGroup group =
        TaskGroup.named("g")
            .decorate(
                task ->
                    () -> {
                      task.run();
                      task.run();
                    })
            .open(Context.background())) {
      Task<Void> task = group.launch(ctx -> {});
      assertInstanceOf(
          IllegalStateException.class,
          assertThrows(ExecutionException.class, group::join).getCause());
      assertEquals(Task.State.FAILED, task.state());
    }
    try (TaskGroup group = TaskGroup.named("g").decorate(task -> null).open(Context.background())) {
      assertThrows(NullPointerException.class, () -> group.fork("t", ctx -> 1));
      group.join();
      assertNull(group.ctx().get(Context.Key.of("none")));
    }
  }
}
