package dev.bowline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The shapes that most concurrent code has, each in one call: fan out over a collection, consume a
 * queue, do something now and then.
 *
 * <p>Each opens a {@link TaskGroup}, runs its bodies there, and returns when all of them have
 * ended. The first body that fails ends the context of the others. Bodies never run on the calling
 * thread; they are given a context of their own, and should use that one.
 *
 * <p>Where the given context ends meanwhile, and where the calling thread is interrupted, the
 * methods throw once everything has stopped.
 */
@SuppressWarnings("exports") // of annotations only: nobody should have to carry their modules
public final class Patterns {
  private Patterns() {}

  /**
   * Applies a function to every item, so many at a time.
   *
   * <p>The items are copied first, so the collection may be changed meanwhile.
   *
   * @param name what the group is called in dumps, logs and thread names
   * @param limit how many calls of the function may run at a time
   * @param items what to apply it to; may contain null
   * @return the results in the order of the items; cannot be modified
   * @throws ExecutionException if a call failed; the cause is what it threw first, the failures of
   *     others are suppressed in it
   * @throws CancelledException if the context ended before all calls had returned
   * @throws InterruptedException if the calling thread was interrupted
   * @throws IllegalArgumentException if the limit is less than one
   */
  public static <A extends @Nullable Object, B extends @Nullable Object> List<B> map(
      Context ctx, String name, int limit, Collection<A> items, Fn<A, B> function)
      throws ExecutionException, InterruptedException {
    Objects.requireNonNull(function, "function");
    List<A> copy = new ArrayList<>(items);
    List<Task<B>> tasks = new ArrayList<>(copy.size());
    try (TaskGroup group = TaskGroup.named(name).limit(limit).open(ctx)) {
      for (A item : copy) {
        if (group.ctx().isDone()) {
          break; // no call would start any more
        }
        tasks.add(group.fork(own -> function.apply(own, item)));
      }
      group.join();
    }
    List<B> results = new ArrayList<>(tasks.size());
    for (Task<B> task : tasks) {
      results.add(task.get());
    }
    return Collections.unmodifiableList(results);
  }

  /**
   * Does something with every item, so many at a time. The items are fetched one by one on the
   * calling thread, as places become free, so they may be endless.
   *
   * @param name what the group is called in dumps, logs and thread names
   * @param limit how many calls of the body may run at a time
   * @param items what to do it with; may contain null
   * @throws ExecutionException if a call failed; the cause is what it threw first, the failures of
   *     others are suppressed in it
   * @throws CancelledException if the context ended before all calls had returned
   * @throws InterruptedException if the calling thread was interrupted
   * @throws IllegalArgumentException if the limit is less than one
   */
  public static <A extends @Nullable Object> void forEach(
      Context ctx, String name, int limit, Iterable<A> items, Each<A> body)
      throws ExecutionException, InterruptedException {
    Objects.requireNonNull(body, "body");
    try (TaskGroup group = TaskGroup.named(name).limit(limit).open(ctx)) {
      for (A item : items) {
        if (group.ctx().isDone()) {
          break;
        }
        group.launch(own -> body.run(own, item));
      }
      group.join();
    }
  }

  /**
   * Has a number of workers take messages out of a mailbox, each one after the other. Returns when
   * the mailbox is closed and empty and the last message is done with. After a failure, and after
   * the end of the context, no more messages are taken; those left can be had with {@link
   * Mailbox#drain}.
   *
   * @param name what the group is called in dumps, logs and thread names
   * @param workers how many messages may be worked on at a time
   * @throws ExecutionException if the body failed; the cause is what it threw first, the failures
   *     of others are suppressed in it
   * @throws CancelledException if the context ended before the mailbox was empty
   * @throws InterruptedException if the calling thread was interrupted
   * @throws IllegalArgumentException if there is not at least one worker
   */
  public static <J> void workers(
      Context ctx, String name, int workers, Mailbox<J> mailbox, Each<J> body)
      throws ExecutionException, InterruptedException {
    Objects.requireNonNull(mailbox, "mailbox");
    Objects.requireNonNull(body, "body");
    try (TaskGroup group = TaskGroup.named(name).limit(workers).open(ctx)) {
      for (int i = 0; i < workers; i++) {
        group.launch(
            own -> {
              for (J job = mailbox.receive(own); job != null; job = mailbox.receive(own)) {
                body.run(own, job);
              }
            });
      }
      group.join();
    }
  }

  /**
   * Does something again and again, at a fixed rate: first at once, then at every multiple of the
   * period. A run that takes longer than the period makes the next ones late; those whose time has
   * passed are left out, not made up for, and reported to {@link TaskListener#dropped}.
   *
   * <p>Goes on until the context ends, and so always throws: {@link CancelledException} is the
   * ordinary end. The first failure of the body ends it, too; a body that should survive its
   * failures catches them.
   *
   * @param name what the group is called in dumps, logs and thread names
   * @param period from the start of one run to the start of the next
   * @throws ExecutionException if the body failed; the cause is what it threw
   * @throws CancelledException if the context ended
   * @throws InterruptedException if the calling thread was interrupted
   * @throws IllegalArgumentException if the period is not positive
   */
  public static void every(Context ctx, String name, Duration period, Action body)
      throws ExecutionException, InterruptedException {
    Objects.requireNonNull(body, "body");
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("the period must be positive, but was " + period);
    }
    try (TaskGroup group = TaskGroup.open(ctx, name)) {
      Metronome metronome =
          new Metronome(period, ticks -> group.reports().dropped(group.path(), ticks));
      group.launch(
          own -> {
            while (true) {
              body.run(own);
              metronome.awaitTick(own);
            }
          });
      group.join();
    }
  }

  /**
   * What {@link #map} applies.
   *
   * @param <A> the type of the items
   * @param <B> the type of the results
   */
  @FunctionalInterface
  public interface Fn<A extends @Nullable Object, B extends @Nullable Object> {
    /**
     * Makes a result of an item.
     *
     * @param ctx the context of this call, which ends when another call fails
     * @throws Exception to fail, and with it the whole
     */
    B apply(Context ctx, A item) throws Exception;
  }

  /**
   * What {@link #forEach} and {@link #workers} do.
   *
   * @param <A> the type of the items
   */
  @FunctionalInterface
  public interface Each<A extends @Nullable Object> {
    /**
     * Does something with an item.
     *
     * @param ctx the context of this call, which ends when another call fails
     * @throws Exception to fail, and with it the whole
     */
    void run(Context ctx, A item) throws Exception;
  }
}
