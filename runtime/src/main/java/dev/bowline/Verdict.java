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
@SuppressWarnings({
  "StoredContext", // that of the group which this is about
  "ReferenceEquality" // whether it is the same failure
})
final class Verdict {
  private final TaskGroup.Policy policy;
  private final CancellableContext group;

  /** In the order they came. Guarded by this. */
  private final List<Throwable> failures = new ArrayList<>(0);

  /** What stopped the first task that was cancelled. Guarded by this. */
  private @Nullable Throwable stopped;

  private volatile boolean won;

  Verdict(TaskGroup.Policy policy, CancellableContext group) {
    this.policy = policy;
    this.group = group;
  }

  void succeeded() {
    if (policy == TaskGroup.Policy.FIRST_SUCCESS && !won) {
      won = true;
      group.cancel(new CancellationException("another task won"));
    }
  }

  void failed(Throwable failure) {
    if (policy != TaskGroup.Policy.SUPERVISE) {
      add(failure);
    }
    if (policy == TaskGroup.Policy.FAIL_FAST) {
      group.cancel(failure);
    }
  }

  private synchronized void add(Throwable failure) {
    failures.add(failure);
  }

  synchronized void cancelled(Throwable by) {
    if (stopped == null) {
      stopped = by;
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
