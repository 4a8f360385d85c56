package dev.bowline;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that tasks run on. Tasks take over nothing through them from the thread that forks,
 * such as inheritable thread locals: a pooled thread could not, and both kinds should behave alike.
 */
final class TaskThreads {
  /**
   * Since JDK 24 a virtual thread that blocks in a synchronized block no longer pins its carrier.
   */
  private static final int VIRTUAL_BY_DEFAULT = 24;

  private static final long IDLE_SECONDS = 2;

  private TaskThreads() {}

  /**
   * What starts tasks on threads of the kind.
   *
   * @throws UnsupportedOperationException if this JDK has none of the kind
   */
  static Executor of(TaskGroup.Threads kind) {
    boolean virtual =
        kind == TaskGroup.Threads.VIRTUAL
            || (kind == TaskGroup.Threads.AUTO
                && Runtime.version().feature() >= VIRTUAL_BY_DEFAULT);
    if (!virtual) {
      return Pool.SHARED;
    }
    ThreadFactory factory = Virtual.FACTORY;
    if (factory == null) {
      throw new UnsupportedOperationException(
          "virtual threads need JDK 21; this is " + Runtime.version());
    }
    return task -> factory.newThread(task).start();
  }

  /** One for the process: starting a platform thread costs as much as fifty tasks. */
  private static final class Pool {
    static final Executor SHARED =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Pool::newIdleThread);

    private static Thread newIdleThread(Runnable loop) {
      Thread thread = new Thread(null, loop, "bowline-idle", 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(TaskThreads.class.getClassLoader());
      return thread;
    }
  }

  private static final class Virtual {
    /** Null where there are no virtual threads. */
    static final @Nullable ThreadFactory FACTORY = find();

    /** By reflection, for this class is compiled for JDK 17. */
    private static @Nullable ThreadFactory find() {
      try {
        Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        builder =
            type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(builder, false);
        return (ThreadFactory) type.getMethod("factory").invoke(builder);
      } catch (ClassNotFoundException e) {
        return null;
      } catch (InvocationTargetException e) {
        return null; // a preview that is turned off
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("Thread.ofVirtual() is not as expected", e);
      }
    }
  }
}
