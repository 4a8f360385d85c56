package com.example.metrics;

import com.google.errorprone.annotations.MustBeClosed;
import dev.bowline.Context;
import dev.bowline.Task;
import dev.bowline.TaskGroup;
import dev.bowline.TaskListener;
import dev.bowline.testing.Checkpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/** Tasks that end in every way there is, for what listens to them. */
final class Tasks {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Tasks() {}

  /** In the group "work": two that succeed, one that fails, one that is cancelled. */
  static void endInAllWays(TaskListener listener) throws InterruptedException {
    Checkpoint begun = Checkpoint.named("begun");
    try (TaskGroup group = group("work", TaskGroup.Policy.COLLECT, listener)) {
      group.launch(ctx -> {});
      group.launch(ctx -> {});
      group.launch(
          ctx -> {
            throw new IOException("disk full");
          });
      Task<?> endless =
          group.launch(
              ctx -> {
                begun.reach();
                ctx.sleep(LIMIT.multipliedBy(2));
              });
      begun.await(LIMIT);
      endless.cancel();
      group.await();
    }
  }

  /** In the group "background": a failure of a task with a name, and two of tasks without. */
  static void failUnheard(TaskListener listener) throws InterruptedException {
    try (TaskGroup group = group("background", TaskGroup.Policy.SUPERVISE, listener)) {
      group.launch("flush", Tasks::fail);
      group.launch(Tasks::fail);
      group.launch(Tasks::fail);
      group.await();
    }
  }

  /** Returns what is measured while one task of the group "live" runs. */
  static <T> T whileOneRuns(TaskListener listener, Supplier<T> measure) throws Exception {
    try (TaskGroup group = group("live", TaskGroup.Policy.FAIL_FAST, listener)) {
      Task<T> measured = group.fork(ctx -> measure.get());
      group.join();
      return measured.get();
    }
  }

  @MustBeClosed
  private static TaskGroup group(String name, TaskGroup.Policy policy, TaskListener listener) {
    return TaskGroup.named(name)
        .policy(policy)
        .timeout(LIMIT)
        .listener(listener)
        .open(Context.background());
  }

  private static void fail(Context ctx) {
    throw new IllegalStateException("a bug");
  }
}
