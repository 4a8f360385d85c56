package dev.bowline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What the outcomes of its tasks mean for a group: whether it goes on, and what join throws. */
final class Verdict {
  private final TaskGroup.Policy policy;

  /** In the order they came. Guarded by this. */
  private final List<Throwable> failures = new ArrayList<>(0);

  /** What the first task threw that was cancelled. Guarded by this. */
  private @Nullable Throwable stopped;

  private volatile boolean won;

  Verdict(TaskGroup.Policy policy) {
    this.policy = policy;
  }

  /** A task has ended; cancels the group if it is not to go on. */
  void ended(TaskRun<?> task, CancellableContext group) {
    switch (task.state()) {
      case SUCCEEDED -> {
        if (policy == TaskGroup.Policy.FIRST_SUCCESS && !won) {
          won = true;
          group.cancel(new CancellationException("another task won"));
        }
      }
      case FAILED -> {
        if (policy != TaskGroup.Policy.SUPERVISE) {
          Throwable failure = task.failure();
          add(failure);
          if (policy == TaskGroup.Policy.FAIL_FAST) {
            group.cancel(failure);
          }
        }
      }
      default -> wasCancelled(task);
    }
  }

  private synchronized void add(Throwable failure) {
    failures.add(failure);
  }

  private synchronized void wasCancelled(TaskRun<?> task) {
    if (stopped == null) {
      stopped = task.thrown();
    }
  }

  /**
   * Throws what there is to report once all tasks have ended.
   *
   * @param why what the group's context ended with, null if it is live
   * @param ctx the context that the group was opened with
   */
  synchronized void report(@Nullable Throwable why, Context ctx)
      throws ExecutionException, CancelledException {
    Throwable outer = ctx.cause();
    boolean live = why == null || CancellableContext.saysNothing(why);
    if (outer != null && (live || why == outer)) {
      CancelledException cancelled = ctx.cancelled(outer);
      suppress(cancelled, outer);
      throw cancelled;
    }
    if (won || policy == TaskGroup.Policy.SUPERVISE) {
      return;
    }
    Throwable first = first(live ? null : why);
    if (first != null) {
      ExecutionException failed = new ExecutionException(first);
      suppress(failed, first);
      throw failed;
    }
  }

  private @Nullable Throwable first(@Nullable Throwable why) {
    if (failures.isEmpty() && stopped == null) {
      return null; // all have succeeded, even if somebody wanted to stop them
    }
    if (why != null) {
      return why;
    }
    if (!failures.isEmpty()) {
      return failures.get(0);
    }
    return policy == TaskGroup.Policy.FIRST_SUCCESS ? stopped : null;
  }

  /** Adds the other failures, each once, and not those that only pass on the first. */
  private void suppress(Exception thrown, Throwable first) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    seen.add(first);
    for (Throwable failure : failures) {
      if (!passesOn(failure, first) && seen.add(failure)) {
        thrown.addSuppressed(failure);
      }
    }
  }

  private static boolean passesOn(Throwable failure, Throwable first) {
    Throwable next = failure;
    for (int depth = 0; next != null && depth < 100; depth++) { // causes may form a circle
      if (next == first) {
        return true;
      }
      next = next.getCause();
    }
    return false;
  }
}
