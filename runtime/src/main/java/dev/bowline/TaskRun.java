package dev.bowline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A task of a group, and what its thread runs. The state of its gate is that of the task. */
@SuppressWarnings("StoredContext") // it is this context's task: both end together
final class TaskRun<T extends @Nullable Object> extends InterruptGate implements Task<T>, Runnable {
  private static final int SUCCEEDED = LEFT;
  private static final int FAILED = LEFT + 1;

  /** The result is what it threw. */
  private static final int CANCELLED = LEFT + 2;

  /** The result is why its context had ended before it started. */
  private static final int NEVER_STARTED = LEFT + 3;

  private static final VarHandle ENDED;

  static {
    try {
      ENDED = MethodHandles.lookup().findVarHandle(TaskRun.class, "ended", CountDownLatch.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final TaskGroup group;
  private final @Nullable String givenName;
  private final long forkedAt = System.nanoTime();

  /** Set by the list of tasks: the number in the group, and the task forked before. */
  private int number;

  private @Nullable TaskRun<?> older;

  /** What only a task that has not ended needs. */
  private @Nullable CancellableContext ctx;

  private @Nullable Work<T> body;
  private @Nullable Runnable decorated;
  private @Nullable ClassLoader loader;

  /** These are published by leaving the gate. */
  private int outcome;

  private @Nullable Object result;
  private long endedAt;

  /** For those who wait for this task; null as long as nobody does. */
  private volatile @Nullable CountDownLatch ended;

  TaskRun(TaskGroup group, @Nullable String name, CancellableContext groupCtx, Work<T> body) {
    this.group = group;
    givenName = name;
    this.body = body;
    ctx = CancellableContext.ofTask(groupCtx, this);
  }

  // What the group does with it.

  /** Takes over what the thread of the task is to have from the calling thread. */
  void prepare() {
    loader = Thread.currentThread().getContextClassLoader();
    UnaryOperator<Runnable> decorator = group.decorator();
    if (decorator != null) {
      decorated = Objects.requireNonNull(decorator.apply(this::runBody), "decorated task");
    }
  }

  /** Ends it without running it. */
  void neverStart(Throwable cause) {
    end(NEVER_STARTED, cause);
  }

  void follow(@Nullable TaskRun<?> before) {
    older = before;
    number = before == null ? 1 : before.number + 1;
  }

  int number() {
    return number;
  }

  @Nullable TaskRun<?> older() {
    return older;
  }

  void setOlder(@Nullable TaskRun<?> before) {
    older = before;
  }

  /** Null once it has ended. */
  @Nullable CancellableContext context() {
    return ctx;
  }

  /** What it threw if it failed, else null; whether or not the owner has waited. */
  @Nullable Throwable failure() {
    return gateState() == FAILED ? (Throwable) result : null;
  }

  // On its thread.

  @Override
  @SuppressWarnings("ReferenceEquality") // whether it is the same loader
  public void run() {
    Thread thread = Thread.currentThread();
    String idleName = thread.getName();
    ClassLoader idleLoader = thread.getContextClassLoader();
    try {
      thread.setName(group.path() + "/" + name());
      if (loader != idleLoader) {
        thread.setContextClassLoader(loader);
      }
      enter();
      Throwable over = ctx.cause(); // only now: from here on the end of the context interrupts
      if (over != null) {
        end(NEVER_STARTED, over);
        group.freePlace();
      } else {
        runAndTell();
      }
    } finally {
      thread.setName(idleName);
      if (loader != idleLoader) {
        thread.setContextClassLoader(idleLoader);
      }
      Thread.interrupted(); // whatever it was, it was meant for this task
      group.leave();
    }
  }

  private void runAndTell() {
    group.reports().started(this);
    Object event = TaskEvents.begin();
    try {
      if (decorated == null) {
        runBody();
      } else {
        decorated.run();
        if (outcome == 0) {
          threw(new IllegalStateException("the decorator did not run the task"));
        }
      }
    } catch (Throwable thrown) { // by the decorator: the body's is caught
      threw(thrown);
    }
    end(outcome, result);
    group.freePlace();
    Throwable failure = failure();
    if (failure != null) {
      group.reports().failed(this, failure);
    }
    TaskEvents.commit(event, this);
    group.reports().ended(this);
  }

  private void runBody() {
    Work<T> once = body;
    body = null;
    if (once == null) {
      throw new IllegalStateException("the task has been run before");
    }
    try {
      result = once.run(ctx);
      outcome = SUCCEEDED;
    } catch (Throwable thrown) { // it is kept for whoever joins, whatever it is
      threw(thrown);
    }
  }

  private void threw(Throwable thrown) {
    boolean stopped =
        thrown instanceof InterruptedException || thrown instanceof ClosedByInterruptException;
    result = thrown;
    outcome = stopped && ctx.isDone() ? CANCELLED : FAILED;
  }

  /** From here on there is a state, and no interrupt. */
  private void end(int left, @Nullable Object with) {
    CancellableContext over = ctx;
    result = with;
    endedAt = System.nanoTime();
    body = null;
    decorated = null;
    tell(); // there is nothing left to interrupt, and what follows is not to be disturbed
    Verdict verdict = group.verdict(); // first, so that who sees the state sees what it led to
    switch (left) {
      case SUCCEEDED -> verdict.succeeded();
      case FAILED -> verdict.failed((Throwable) with);
      default -> verdict.cancelled((Throwable) with);
    }
    leave(left);
    ctx = null;
    over.close();
    CountDownLatch awaited = ended;
    if (awaited != null) {
      awaited.countDown();
    }
  }

  // For everybody.

  @Override
  public String name() {
    return givenName == null ? Integer.toString(number) : givenName;
  }

  @Override
  public String group() {
    return group.path();
  }

  @Override
  public State state() {
    return switch (gateState()) {
      case SUCCEEDED -> State.SUCCEEDED;
      case FAILED -> State.FAILED;
      case CANCELLED, NEVER_STARTED -> State.CANCELLED;
      default -> State.RUNNING;
    };
  }

  @Override
  public T get() {
    group.checkWaited("get");
    if (gateState() != SUCCEEDED) {
      throw new IllegalStateException(
          "no result of " + this, state() == State.RUNNING ? null : thrown());
    }
    return value();
  }

  @Override
  public Throwable exception() {
    group.checkWaited("exception");
    if (gateState() <= SUCCEEDED) {
      throw new IllegalStateException("no exception of " + this);
    }
    return thrown();
  }

  @Override
  public T await() throws ExecutionException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before waiting for " + this);
    }
    if (state() == State.RUNNING) {
      ENDED.compareAndSet(this, null, new CountDownLatch(1));
      if (state() == State.RUNNING) { // else whoever ended it may not have seen the latch
        ended.await();
      }
    }
    if (gateState() != SUCCEEDED) {
      throw new ExecutionException(thrown());
    }
    return value();
  }

  @Override
  public void cancel() {
    CancellableContext live = ctx;
    if (live != null && !live.isDone()) {
      live.cancel(new CancellationException("task " + group() + "/" + name() + " was cancelled"));
    }
  }

  @Override
  public Duration age() {
    long until = state() == State.RUNNING ? System.nanoTime() : endedAt;
    return Duration.ofNanos(until - forkedAt);
  }

  @Override
  public StackTraceElement[] stack() {
    Thread runner = thread();
    StackTraceElement[] frames = runner == null ? null : runner.getStackTrace();
    // If it has ended meanwhile the thread may have been with another task.
    return frames == null || state() != State.RUNNING ? new StackTraceElement[0] : frames;
  }

  @Override
  public String toString() {
    return "Task[" + group() + "/" + name() + ", " + state() + "]";
  }

  @SuppressWarnings("unchecked") // the body is the only source of a result that has succeeded
  private T value() {
    return (T) result;
  }

  /** What a task threw that has ended and not succeeded. */
  Throwable thrown() {
    Throwable cause = (Throwable) result;
    return gateState() == NEVER_STARTED ? new CancelledException(cause) : cause;
  }
}
