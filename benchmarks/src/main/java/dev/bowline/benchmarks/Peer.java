package dev.bowline.benchmarks;

import dev.bowline.Context;
import dev.bowline.Task;
import dev.bowline.TaskGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Ways to run tasks of which each returns 1, to wait for all, and to add up what they return. */
public enum Peer {
  /** A group on pooled platform threads. */
  GROUP {
    @Override
    ForkJoin open() {
      return tasks -> group(TaskGroup.Threads.PLATFORM, tasks);
    }
  },

  /** A group on virtual threads. */
  VIRTUAL_GROUP {
    @Override
    ForkJoin open() {
      return tasks -> group(TaskGroup.Threads.VIRTUAL, tasks);
    }
  },

  /** Submit and get on a pool that is there before and after. */
  CACHED_POOL {
    @Override
    ForkJoin open() {
      return pool(Executors.newCachedThreadPool(Peer::daemon));
    }
  },

  /** Submit and get on a pool that is there before and after. */
  FIXED_POOL {
    @Override
    ForkJoin open() {
      return pool(Executors.newFixedThreadPool(8, Peer::daemon));
    }
  },

  /** On the common pool. */
  FUTURES {
    @Override
    ForkJoin open() {
      return tasks -> {
        List<CompletableFuture<Integer>> futures = new ArrayList<>(tasks);
        for (int i = 0; i < tasks; i++) {
          futures.add(CompletableFuture.supplyAsync(Peer::body));
        }
        CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0])).get();
        int sum = 0;
        for (CompletableFuture<Integer> future : futures) {
          sum += future.get();
        }
        return sum;
      };
    }
  },

  /** A new platform thread for each task. */
  THREADS {
    @Override
    ForkJoin open() {
      return tasks -> {
        List<FutureTask<Integer>> futures = new ArrayList<>(tasks);
        for (int i = 0; i < tasks; i++) {
          FutureTask<Integer> future = new FutureTask<>(Peer::body);
          futures.add(future);
          new Thread(future).start();
        }
        return sum(futures);
      };
    }
  },

  /** A virtual-thread-per-task executor in a try-with-resources statement. */
  VIRTUAL_EXECUTOR {
    @Override
    ForkJoin open() {
      return onNewJdk("OfVirtualExecutor");
    }
  },

  /** A structured task scope with the default joiner. */
  SCOPE {
    @Override
    ForkJoin open() {
      return onNewJdk("OfScope");
    }
  };

  /**
   * Makes one, ready to be used many times.
   *
   * @throws UnsupportedOperationException if this JDK does not have it
   */
  abstract ForkJoin open();

  /** Forks so many tasks, joins, and adds up the results. */
  interface ForkJoin {
    int run(int tasks) throws Exception;
  }

  /** What each task does. */
  static Integer body() {
    return 1;
  }

  private static int group(TaskGroup.Threads threads, int tasks) throws Exception {
    List<Task<Integer>> forked = new ArrayList<>(tasks);
    try (TaskGroup group = TaskGroup.named("g").threads(threads).open(Context.background())) {
      for (int i = 0; i < tasks; i++) {
        forked.add(group.fork(ctx -> body()));
      }
      group.join();
      int sum = 0;
      for (Task<Integer> task : forked) {
        sum += task.get();
      }
      return sum;
    }
  }

  private static ForkJoin pool(ExecutorService pool) {
    Callable<Integer> body = Peer::body;
    return tasks -> {
      List<Future<Integer>> futures = new ArrayList<>(tasks);
      for (int i = 0; i < tasks; i++) {
        futures.add(pool.submit(body));
      }
      return sum(futures);
    };
  }

  static int sum(List<? extends Future<Integer>> futures) throws Exception {
    int sum = 0;
    for (Future<Integer> future : futures) {
      sum += future.get();
    }
    return sum;
  }

  private static Thread daemon(Runnable loop) {
    Thread thread = new Thread(loop);
    thread.setDaemon(true);
    return thread;
  }

  /** What is compiled only by a JDK that has what it uses. */
  private static ForkJoin onNewJdk(String name) {
    try {
      Class<?> type = Class.forName(Peer.class.getPackageName() + "." + name);
      return (ForkJoin) type.getDeclaredConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw new UnsupportedOperationException("compiled for an older JDK", e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }
}
