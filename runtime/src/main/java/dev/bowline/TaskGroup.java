package dev.bowline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that are started in one block of code and have all ended when the block is left.
 *
 * <pre>{@code
 * try (TaskGroup group = TaskGroup.open(ctx, "page")) {
 *   Task<User> user = group.fork("user", c -> users.load(c, id));
 *   Task<List<Order>> orders = group.fork("orders", c -> orderBook.of(c, id));
 *   group.join();
 *   return new Page(user.get(), orders.get());
 * }
 * }</pre>
 *
 * <p><b>Failure.</b> Unless another {@link Policy} is chosen, the first task to fail cancels the
 * others, and {@link #join} throws an {@link ExecutionException} with that failure as its cause and
 * all later ones as suppressed exceptions. A task that stops because it is cancelled has not
 * failed.
 *
 * <p><b>Cancellation.</b> The group has a context of its own, which ends with the one that the
 * group was opened with, when a failure ends it, after its {@link Builder#timeout}, by {@link
 * #cancel}, and when the group has been joined or is closed. Every task is given a context made
 * from that, and its thread is interrupted once when it ends. Tasks that ignore both go on, and the
 * group waits for them; {@link #alive} tells which.
 *
 * <p><b>Threads.</b> Each task has a thread of its own, named {@code group/task}, never the
 * caller's: a virtual one since JDK 24, otherwise one borrowed from a pool of daemon threads that
 * all groups share (see {@link Threads}). The context class loader is that of the thread that
 * forks; thread locals are not inherited, see {@link Builder#decorate}. What a task leaves in a
 * thread local may be found there by a later one, unless it is on a virtual thread.
 *
 * <p>Any thread may fork, cancel and look, the tasks of the group included. Only the thread that
 * opened the group, its owner, may wait and close. No parameter may be null unless it says so.
 */
@SuppressWarnings({
  "exports", // of annotations only: nobody should have to carry their modules
  "StoredContext" // a group is what its contexts are about, and is closed where they end
})
public final class TaskGroup implements AutoCloseable {
  /** How the groups within a group come to know its name. */
  private static final Context.Key<String> PATH = Context.Key.of("dev.bowline.TaskGroup");

  private final String path;
  private final Thread owner = Thread.currentThread();
  private final Context outer;
  private final CancellableContext ctx;
  private final Executor threads;
  private final @Nullable UnaryOperator<Runnable> decorator;

  /** Null without a limit. */
  private final @Nullable Places places;

  private final long stragglerNanos;
  private final boolean forgetful;
  private final TaskList tasks = new TaskList();
  private final Headcount headcount = new Headcount();
  private final Verdict verdict;
  private final Reports reports;

  /** Whether the owner has come to wait, whatever came of it. */
  private volatile boolean asked;

  /** Whether results may be read, since the owner has waited. */
  private volatile boolean waited;

  /** For the owner alone. */
  private boolean joined;

  private volatile boolean closed;

  @SuppressWarnings("MustBeClosedChecker") // in close
  private TaskGroup(Context outer, Builder builder) {
    this.outer = outer;
    String around = outer.get(PATH);
    path = around == null ? builder.name : around + "/" + builder.name;
    threads = builder.starter == null ? TaskThreads.of(builder.threads) : builder.starter;
    decorator = builder.decorator;
    stragglerNanos = builder.stragglerInterval.toNanos();
    forgetful = builder.policy == Policy.SUPERVISE;
    reports = new Reports(builder.listeners, forgetful, builder.fatal, builder.halt);
    Context named = outer.with(PATH, path);
    if (builder.timeout == null) {
      ctx = CancellableContext.open(named, tasks);
    } else {
      long now = System.nanoTime();
      ctx = CancellableContext.open(named, now + Context.nanos(builder.timeout), now, tasks);
    }
    verdict = new Verdict(builder.policy, ctx);
    places = builder.limit == 0 ? null : new Places(ctx, builder.limit);
  }

  /**
   * Opens a group with no limit, no timeout, and the policy {@link Policy#FAIL_FAST}. The calling
   * thread becomes its owner.
   *
   * @param ctx until when the tasks may run
   * @param name what the group does, for thread names, logs and dumps
   * @return the group, to be closed by the caller
   */
  @MustBeClosed
  public static TaskGroup open(Context ctx, String name) {
    return named(name).open(ctx);
  }

  /**
   * Starts to describe a group that {@link #open(Context, String)} is too simple for.
   *
   * @param name what the group does, for thread names, logs and dumps
   */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /**
   * Returns the context of the group as a whole. The tasks should use the one that they are given;
   * this one is for what belongs to all of them. It ends no later than the group is joined or
   * closed.
   */
  public Context ctx() {
    return ctx;
  }

  /**
   * Starts a task. Its name is its number in the group.
   *
   * <p>Blocks while as many tasks run as the group's limit allows. So a task of a group with a
   * limit should not fork in the same group: it waits for a place while it holds one.
   *
   * <p>If the group has been cancelled the task is not run, and returned as {@link
   * Task.State#CANCELLED}. The same happens if the calling thread is interrupted while it waits for
   * a place; its interrupt flag stays set, so that the next method that blocks throws.
   *
   * @param body what the task does
   * @return the task
   * @throws IllegalStateException if the group has been joined or closed
   * @throws RejectedExecutionException if there is no thread to be had
   */
  public <T extends @Nullable Object> Task<T> fork(Work<T> body) {
    return start(null, body);
  }

  /**
   * Starts a task with a name, as {@link #fork(Work)} does.
   *
   * @param name what people are to see of the task; need not be unique
   * @param body what the task does
   * @return the task
   * @throws IllegalStateException if the group has been joined or closed
   * @throws RejectedExecutionException if there is no thread to be had
   */
  public <T extends @Nullable Object> Task<T> fork(String name, Work<T> body) {
    return start(Objects.requireNonNull(name, "name"), body);
  }

  /**
   * Starts a task without a result, as {@link #fork(Work)} does.
   *
   * @param body what the task does
   * @return the task; may be ignored, since the group knows it
   * @throws IllegalStateException if the group has been joined or closed
   * @throws RejectedExecutionException if there is no thread to be had
   */
  @CanIgnoreReturnValue
  public Task<@Nullable Void> launch(Action body) {
    return start(null, work(body));
  }

  /**
   * Starts a task with a name and without a result, as {@link #fork(Work)} does.
   *
   * @param name what people are to see of the task; need not be unique
   * @param body what the task does
   * @return the task; may be ignored, since the group knows it
   * @throws IllegalStateException if the group has been joined or closed
   * @throws RejectedExecutionException if there is no thread to be had
   */
  @CanIgnoreReturnValue
  public Task<@Nullable Void> launch(String name, Action body) {
    return start(Objects.requireNonNull(name, "name"), work(body));
  }

  /**
   * Starts a task as {@link #fork(String, Work)} does, unless that would have to wait for a place.
   *
   * @param name what people are to see of the task; need not be unique
   * @param body what the task does
   * @return the task, or empty if as many tasks run as the limit allows
   * @throws IllegalStateException if the group has been joined or closed
   * @throws RejectedExecutionException if there is no thread to be had
   */
  public <T extends @Nullable Object> Optional<Task<T>> tryFork(String name, Work<T> body) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(body, "body");
    enter();
    if (places != null && !places.tryTake()) {
      headcount.leave();
      return Optional.empty();
    }
    return Optional.of(startInPlace(name, body));
  }

  /**
   * Waits until all tasks have ended, and throws what they failed with. Afterwards nothing can be
   * forked and {@link #ctx()} has ended.
   *
   * <p>With no task at all, or if all have succeeded, it returns at once or as soon as they have.
   *
   * @throws ExecutionException if the work was not done. The cause is what ended the context of the
   *     group: the first failure, a {@link java.util.concurrent.TimeoutException}, what was given
   *     to {@link #cancel}; or, if nothing did, the first failure. Other failures are suppressed
   *     exceptions, in the order in which the tasks ended. See {@link Policy} for what counts
   * @throws CancelledException if the context that the group was opened with has ended; the
   *     failures of tasks are suppressed exceptions
   * @throws InterruptedException if the calling thread was interrupted, before or while it waited.
   *     Then the group is cancelled, the interrupt flag is clear, and this method may be called
   *     again
   * @throws IllegalStateException if called by another thread than the owner, after a join that has
   *     reported, or after close
   */
  public void join() throws ExecutionException, InterruptedException {
    checkOwner("join");
    if (joined || closed) {
      throw new IllegalStateException(this + " has been " + (closed ? "closed" : "joined"));
    }
    waitForTasks(Long.MAX_VALUE);
    joined = true;
    Throwable why = ctx.cause();
    ctx.close();
    verdict.report(why, outer);
  }

  /**
   * Waits until all tasks have ended, however they ended: who wants partial results asks each task
   * for its state. Afterwards nothing can be forked; {@link #join} may still be called, to throw.
   *
   * @throws CancelledException if the context that the group was opened with has ended
   * @throws InterruptedException as {@link #join} does
   * @throws IllegalStateException if called by another thread than the owner, or after close
   */
  public void await() throws InterruptedException {
    awaitFor(Long.MAX_VALUE);
  }

  /**
   * Waits until all tasks have ended, however they ended, but no longer than the given time. If it
   * is over the group stays as it is: open, with its tasks running.
   *
   * @param timeout how long, to the nanosecond; zero and negative ones do not wait
   * @return whether all tasks have ended; then all is as after {@link #await()}
   * @throws CancelledException if all tasks have ended, and so has the context that the group was
   *     opened with
   * @throws InterruptedException as {@link #join} does
   * @throws IllegalStateException if called by another thread than the owner, or after close
   */
  public boolean await(Duration timeout) throws InterruptedException {
    return awaitFor(Context.nanos(timeout));
  }

  /**
   * Returns all tasks, in fork order, those that were not run because the group was cancelled
   * included. A group that supervises does not keep tasks that have ended: some of those may be
   * missing.
   */
  public List<Task<?>> tasks() {
    return List.copyOf(tasks.all());
  }

  /** Returns the tasks that have not ended, in fork order. */
  public List<Task<?>> alive() {
    return List.copyOf(tasks.alive());
  }

  /**
   * Ends the context of this group, unless it has ended, and so asks all tasks to stop. Does not
   * wait for them.
   *
   * @param cause what the context ends with, and what {@link #join} reports if any task has not
   *     succeeded; null for an end that is nobody's fault, which join does not report
   * @return true if this call ended it
   */
  @CanIgnoreReturnValue
  public boolean cancel(@Nullable Throwable cause) {
    return ctx.cancel(cause);
  }

  /**
   * Cancels what has not been joined and waits until all tasks have ended, for however long that
   * takes: no task outlives its group. Every ten seconds those that still run are logged with their
   * stacks. An interrupt does not end the wait; it is in the thread's interrupt flag afterwards.
   *
   * <p>Does nothing if the group is closed.
   *
   * @throws IllegalStateException if called by another thread than the owner; or, once all tasks
   *     have ended, if there were any and the owner never called {@link #join} or {@link #await},
   *     so that failures would have been lost. These are logged
   */
  @Override
  public void close() {
    checkOwner("close");
    if (closed) {
      return;
    }
    closed = true;
    ctx.close();
    waitForStragglers();
    waited = true;
    LiveGroups.remove(this);
    if (!asked && !tasks.isEmpty()) {
      for (TaskRun<?> task : tasks.all()) {
        Throwable failure = task.failure();
        if (failure != null) {
          reports.unseen(task, failure);
        }
      }
      throw new IllegalStateException(this + " has tasks that nobody waited for: call join");
    }
  }

  /** For people who debug; the format may change. */
  @Override
  public String toString() {
    String state = closed ? "closed" : headcount.isShut() ? "joined" : "open";
    String cancelled = ctx.isDone() && state.equals("open") ? ", cancelled" : "";
    return "TaskGroup[" + path + ", " + state + cancelled + ", " + headcount.inside() + " alive]";
  }

  /** Its name, after those of the groups around it. */
  String path() {
    return path;
  }

  @Nullable UnaryOperator<Runnable> decorator() {
    return decorator;
  }

  Reports reports() {
    return reports;
  }

  Verdict verdict() {
    return verdict;
  }

  /** A task that had a place has ended. */
  void freePlace() {
    if (places != null) {
      places.free();
    }
  }

  /** The thread of a task is done with it. */
  void leave() {
    headcount.leave();
  }

  /** Results that are there by luck are as good as none. */
  void checkWaited(String what) {
    if (!waited) {
      throw new IllegalStateException(what + " before the owner of " + this + " has waited");
    }
  }

  private static Work<@Nullable Void> work(Action body) {
    Objects.requireNonNull(body, "body");
    return ctx -> {
      body.run(ctx);
      return null;
    };
  }

  private <T extends @Nullable Object> Task<T> start(@Nullable String name, Work<T> body) {
    Objects.requireNonNull(body, "body");
    enter();
    if (places != null && !places.tryTake()) {
      Throwable refused = places.take();
      if (refused != null) {
        TaskRun<T> task = new TaskRun<>(this, name, ctx, body);
        add(task);
        task.neverStart(refused);
        headcount.leave();
        return task;
      }
    }
    return startInPlace(name, body);
  }

  private void enter() {
    if (!headcount.enter()) {
      throw new IllegalStateException("fork in " + this);
    }
  }

  private <T extends @Nullable Object> Task<T> startInPlace(@Nullable String name, Work<T> body) {
    TaskRun<T> task = new TaskRun<>(this, name, ctx, body);
    boolean running = false;
    try {
      Throwable over = ctx.cause();
      if (over == null) {
        task.prepare();
      }
      add(task);
      if (over == null) {
        over = ctx.cause(); // the end may have come before the task was in the list
      }
      if (over != null) {
        task.neverStart(over);
        return task;
      }
      threads.execute(task);
      running = true;
      return task;
    } catch (RejectedExecutionException | OutOfMemoryError e) { // the latter by Thread.start
      RejectedExecutionException rejected =
          e instanceof RejectedExecutionException already
              ? already
              : new RejectedExecutionException("no thread for a task of " + this, e);
      task.neverStart(rejected);
      throw rejected;
    } finally {
      if (!running) {
        freePlace();
        headcount.leave();
      }
    }
  }

  private void add(TaskRun<?> task) {
    tasks.add(task);
    if (task.number() == 1) {
      LiveGroups.add(this);
    }
    if (forgetful) {
      tasks.tidy(headcount.inside());
    }
  }

  @CanIgnoreReturnValue
  private boolean awaitFor(long nanos) throws InterruptedException {
    checkOwner("await");
    if (closed) {
      throw new IllegalStateException(this + " has been closed");
    }
    if (!waitForTasks(nanos)) {
      return false;
    }
    ctx.close();
    outer.check();
    return true;
  }

  /** Waits until all tasks have ended, and lets no more come; false if the time is over before. */
  @CanIgnoreReturnValue
  private boolean waitForTasks(long nanos) throws InterruptedException {
    asked = true;
    long start = System.nanoTime();
    while (true) {
      // The interrupt of a context that has ended says no more than the context does.
      if (Thread.interrupted() && !outer.isDone()) {
        InterruptedException interrupted =
            new InterruptedException("interrupted while waiting for group " + path);
        ctx.cancel(interrupted);
        throw interrupted;
      }
      long left = nanos - (System.nanoTime() - start);
      boolean all = headcount.shutIfEmpty();
      if (all || left <= 0) {
        waited = true;
        return all;
      }
      headcount.park(this, left);
    }
  }

  private void waitForStragglers() {
    boolean interrupted = false;
    long loggedAt = System.nanoTime();
    while (!headcount.shutIfEmpty()) {
      headcount.park(this, stragglerNanos - (System.nanoTime() - loggedAt));
      interrupted |= Thread.interrupted();
      if (System.nanoTime() - loggedAt >= stragglerNanos) {
        List<Task<?>> alive = alive();
        if (!alive.isEmpty()) {
          reports.stragglers(path, alive);
        }
        loggedAt = System.nanoTime();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void checkOwner(String what) {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          what + " of " + this + " by " + Thread.currentThread() + "; it belongs to " + owner);
    }
  }

  /** What the outcome of one task means for the others, and for {@link TaskGroup#join}. */
  public enum Policy {
    /** The first failure cancels the others. */
    FAIL_FAST,
    /** All run to their end; then join throws if any failed. */
    COLLECT,
    /**
     * The first success cancels the others and join returns, whatever else failed. If no task
     * succeeds join throws.
     */
    FIRST_SUCCESS,
    /**
     * Failures are logged and told to listeners as soon as they happen, and concern nobody else;
     * join does not throw for them. Checked exceptions are logged as warnings, others as errors.
     * For groups that live long: they forget tasks that have ended.
     */
    SUPERVISE
  }

  /** Which threads tasks run on. They are daemon threads, which do not keep the JVM alive. */
  public enum Threads {
    /** Virtual ones since JDK 24, which blocking never pins; platform threads before. */
    AUTO,
    /** Platform threads of a pool that grows without bound; idle ones end after two seconds. */
    PLATFORM,
    /** Virtual threads, which need JDK 21. */
    VIRTUAL
  }

  /** Describes a group and opens it, once. For one thread. */
  public static final class Builder {
    private final String name;
    private final List<TaskListener> listeners = new ArrayList<>(0);
    private int limit;
    private @Nullable Duration timeout;
    private Policy policy = Policy.FAIL_FAST;
    private Threads threads = Threads.AUTO;
    private @Nullable Executor starter;
    private @Nullable UnaryOperator<Runnable> decorator;
    private Predicate<Throwable> fatal = failure -> false;
    private IntConsumer halt = Runtime.getRuntime()::halt;
    private Duration stragglerInterval = Duration.ofSeconds(10);
    private boolean opened;

    private Builder(String name) {
      this.name = Objects.requireNonNull(name, "name");
    }

    /**
     * Lets at most so many tasks run at once; further forks wait.
     *
     * @param limit how many, at least 1; more than half a billion count as that
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Builder limit(int limit) {
      if (limit <= 0) {
        throw new IllegalArgumentException("limit of " + limit);
      }
      this.limit = Math.min(limit, Places.MAX);
      return configure();
    }

    /**
     * Cancels the group when the time since its opening is over, with a {@link
     * java.util.concurrent.TimeoutException} that {@link TaskGroup#join} reports unless all tasks
     * have succeeded.
     *
     * @param timeout how long, to the nanosecond; if zero or negative no task is run
     */
    public Builder timeout(Duration timeout) {
      this.timeout = Objects.requireNonNull(timeout, "timeout");
      return configure();
    }

    /** Chooses what a failure means; {@link Policy#FAIL_FAST} otherwise. */
    public Builder policy(Policy policy) {
      this.policy = Objects.requireNonNull(policy, "policy");
      return configure();
    }

    /** Chooses the kind of threads; {@link Threads#AUTO} otherwise. */
    public Builder threads(Threads threads) {
      this.threads = Objects.requireNonNull(threads, "threads");
      return configure();
    }

    /** Adds a listener, which is told after those added before. */
    public Builder listener(TaskListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return configure();
    }

    /**
     * Wraps what every task runs, for example to carry thread locals over:
     *
     * <pre>{@code
     * .decorate(io.opentelemetry.context.Context.current()::wrap)
     * }</pre>
     *
     * <p>The decorator is called on the thread that forks. What it returns is run on the thread of
     * the task and has to run there what it was given, once. What the decorator throws comes out of
     * the fork; what its result throws makes the task a failed one. Of two decorators the one added
     * first is the outer one.
     */
    public Builder decorate(UnaryOperator<Runnable> decorator) {
      Objects.requireNonNull(decorator, "decorator");
      UnaryOperator<Runnable> outer = this.decorator;
      this.decorator = outer == null ? decorator : task -> outer.apply(decorator.apply(task));
      return configure();
    }

    /**
     * Says which failures the process must not survive: for example {@link VirtualMachineError}s.
     * On such a failure listeners are told, it is logged, all tasks are dumped to {@code
     * System.err}, and the process is halted with status 2, without shutdown hooks.
     *
     * @param fatal whether a failure is fatal; what it throws is logged and means no
     */
    public Builder fatal(Predicate<Throwable> fatal) {
      this.fatal = Objects.requireNonNull(fatal, "fatal");
      return configure();
    }

    /**
     * Opens the group. The calling thread becomes its owner.
     *
     * @param ctx until when the tasks may run
     * @return the group, to be closed by the caller
     * @throws IllegalStateException if this builder has opened a group before
     * @throws UnsupportedOperationException if virtual threads are asked for and this JDK has none
     */
    @MustBeClosed
    public TaskGroup open(Context ctx) {
      Objects.requireNonNull(ctx, "ctx");
      TaskGroup group = new TaskGroup(ctx, configure());
      opened = true;
      return group;
    }

    /** For tests: what starts tasks instead of the threads of this package. */
    Builder starter(Executor starter) {
      this.starter = starter;
      return configure();
    }

    /** For tests: what to do instead of halting the process. */
    Builder halt(IntConsumer halt) {
      this.halt = halt;
      return configure();
    }

    /** For tests: how often stragglers are logged. */
    Builder stragglerInterval(Duration interval) {
      stragglerInterval = interval;
      return configure();
    }

    private Builder configure() {
      if (opened) {
        throw new IllegalStateException("group " + name + " has been opened");
      }
      return this;
    }
  }
}
