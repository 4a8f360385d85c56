package dev.bowline.benchmarks;

import dev.bowline.Context;
import dev.bowline.TaskGroup;
import java.util.concurrent.CountDownLatch;

/** Ways to have many tasks that wait for a latch. */
public enum Blocker {
  /** A group on virtual threads. */
  VIRTUAL_GROUP {
    @Override
    void block(int tasks, Blocked blocked) throws Exception {
      try (TaskGroup group =
          TaskGroup.named("g").threads(TaskGroup.Threads.VIRTUAL).open(Context.background())) {
        for (int i = 0; i < tasks; i++) {
          group.launch(ctx -> blocked.here());
        }
        blocked.measure();
        group.join();
      }
    }
  },

  /** A structured task scope with the default joiner. */
  SCOPE {
    @Override
    void block(int tasks, Blocked blocked) throws Exception {
      onNewJdk("BlockedInScope").block(tasks, blocked);
    }
  },

  /** A virtual-thread-per-task executor. */
  VIRTUAL_EXECUTOR {
    @Override
    void block(int tasks, Blocked blocked) throws Exception {
      onNewJdk("BlockedInVirtualExecutor").block(tasks, blocked);
    }
  },

  /** Virtual threads and nothing else. */
  VIRTUAL_THREADS {
    @Override
    void block(int tasks, Blocked blocked) throws Exception {
      onNewJdk("BlockedVirtualThreads").block(tasks, blocked);
    }
  };

  /** Starts so many tasks that go {@link Blocked#here}, measures, and waits for them. */
  abstract void block(int tasks, Blocked blocked) throws Exception;

  /** What a way is implemented by that only newer JDKs have. */
  interface Means {
    void block(int tasks, Blocked blocked) throws Exception;
  }

  /** Where the tasks wait. */
  static final class Blocked {
    private final CountDownLatch arrived;
    private final CountDownLatch release = new CountDownLatch(1);
    private long heap;

    Blocked(int tasks) {
      arrived = new CountDownLatch(tasks);
    }

    /** For tasks: waits. */
    void here() throws InterruptedException {
      arrived.countDown();
      release.await();
    }

    /** Once all tasks wait: looks at the heap, and lets them go. */
    void measure() throws InterruptedException {
      try {
        arrived.await();
        heap = BlockedTasks.liveHeap();
      } finally {
        release.countDown();
      }
    }

    long heap() {
      return heap;
    }
  }

  private static Means onNewJdk(String name) throws ReflectiveOperationException {
    Class<?> type = Class.forName(Blocker.class.getPackageName() + "." + name);
    return (Means) type.getDeclaredConstructor().newInstance();
  }
}
