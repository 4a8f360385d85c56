package dev.bowline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A process that stops in good order: it finishes what it can within a time limit, tells what it
 * could not finish, and exits with a code that says which of the two it was.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   Service.main(
 *       "mailer",
 *       (ctx, svc) -> {
 *         Mailbox<Mail> mails = Mailbox.bounded(100);
 *         svc.consume(
 *             "senders", mails, own -> Patterns.workers(own, "senders", 4, mails, Mailer::send));
 *         HttpServer server = startServer(mails);
 *         svc.onStop("http", own -> server.stop(1));
 *         Patterns.every(ctx, "metrics", MINUTE, own -> report());
 *       });
 * }
 * }</pre>
 *
 * <p>It stops when the process gets SIGTERM or SIGINT, when {@link #stop} is called, when its body
 * returns or throws, or when the thread that runs it is interrupted; whichever comes first. It then
 * goes through these steps, on the thread that runs it:
 *
 * <ol>
 *   <li>The actions given to {@link #onStop} run, the last one first: nothing new comes in.
 *   <li>The context of the body and of {@link #background()} is cancelled.
 *   <li>The mailboxes given to {@link #consume} are closed, the last one first, and their consumers
 *       take out what is left, for up to {@link Options#drain}. Their context is not that of the
 *       body: it is cancelled when this is over.
 *   <li>All tasks are waited for, until {@link Options#deadline} after the beginning. At half of
 *       the time that is left, those that still run are interrupted a second time.
 *   <li>Those that run then are logged with their stacks, and told to {@link
 *       TaskListener#straggler}.
 * </ol>
 *
 * <p>No step takes all of the time: each action and the draining have at most half of what is left
 * to the deadline.
 *
 * <p>The exit code is 1 if the body threw, else {@link Options#exitOnTimeout} if there was a task
 * that did not end, else 0. A body that ends because it was cancelled has not thrown; one that
 * throws because an action has closed its socket has.
 *
 * <p><b>Signals.</b> A second signal ends the JVM at once: what all tasks do is written to {@code
 * System.err}, the exit code is 128 and the number of the signal, and shutdown hooks do not run.
 * Signals need the module {@code jdk.unsupported}, which is there in a program on the class path;
 * one on the module path has to require it. Without it, a shutdown hook takes the place of the
 * signals: all is the same, but for the exit code, which is 143 for SIGTERM, and for loggers, which
 * may have shut down in a hook of their own. Under {@code -Xrs} there is neither: SIGTERM ends the
 * JVM as if there were no service. Both cases are logged at the start.
 *
 * <p>All methods may be called from any thread. No parameter may be null.
 */
@SuppressWarnings("exports") // of annotations only: nobody should have to carry their modules
public final class Service {
  private final StopRequest stop;
  private final TaskGroup background;
  private final TaskGroup consuming;

  // Guarded by this; the one that was given last is the first.
  private final Deque<StopAction> onStop = new ArrayDeque<>();
  private final Deque<Consumer> consumers = new ArrayDeque<>();
  private boolean draining;

  /** Runs on the given groups: one for tasks that nobody waits for, one for consumers. */
  Service(StopRequest stop, TaskGroup background, TaskGroup consuming) {
    this.stop = stop;
    this.background = background;
    this.consuming = consuming;
  }

  /**
   * Runs a service with the default options and exits. To be called by {@code main}, as its last
   * statement.
   *
   * @param name what the service is called in logs, dumps and thread names
   * @param body what it does, on a thread of its own
   */
  public static void main(String name, ServiceMain body) {
    main(Options.named(name), body);
  }

  /**
   * Runs a service and exits, by {@link System#exit}: other shutdown hooks run after everything
   * that is described above.
   *
   * @param body what the service does, on a thread of its own
   */
  @SuppressWarnings("resource") // a second signal still counts while other shutdown hooks run
  public static void main(Options options, ServiceMain body) {
    Objects.requireNonNull(body, "body");
    StopRequest stop = new StopRequest();
    Signals.take(options.signals, options.deadline, stop);
    System.exit(new ServiceRun(options, stop).run(body));
  }

  /**
   * Runs a service and returns the exit code, for tests and for who has more to do before the exit.
   * Signals are handled as they were before when this returns.
   *
   * <p>Blocks until the service has stopped. If the calling thread is interrupted the service
   * stops, and its interrupt flag is set on return.
   *
   * @param options tests that run beside each other give no {@link Options#signals}
   * @param body what the service does, on a thread of its own
   * @return the exit code
   * @throws java.util.concurrent.RejectedExecutionException if there is no thread to be had
   */
  @SuppressWarnings("try") // signals are for the time of the run
  public static int run(Options options, ServiceMain body) {
    Objects.requireNonNull(body, "body");
    StopRequest stop = new StopRequest();
    try (Signals signals = Signals.take(options.signals, options.deadline, stop)) {
      return new ServiceRun(options, stop).run(body);
    }
  }

  /**
   * Has an action run when the service stops, before anything is cancelled: close what lets new
   * work in. The actions run one after the other, the last one given first. A failure is logged,
   * and does not keep the others from running.
   *
   * <p>An action has half of the time that is left to the deadline. When that is over it is
   * cancelled, which interrupts it, and the next one runs.
   *
   * <p>An action given when the service has begun to stop runs once the tasks have ended.
   *
   * @param name what the task is called in logs, dumps and its thread's name
   * @param action runs on a thread of its own
   * @return this
   */
  @CanIgnoreReturnValue
  public synchronized Service onStop(String name, Action action) {
    onStop.push(
        new StopAction(
            Objects.requireNonNull(name, "name"), Objects.requireNonNull(action, "action")));
    return this;
  }

  /**
   * Starts a task that takes messages out of a mailbox until it is closed and empty. When the
   * service stops it is given time to get that far: the mailbox is closed when the body and the
   * background tasks have been cancelled, and only when its consumer has returned or {@link
   * Options#drain} is over is the context of this task cancelled as well. What is in the mailbox
   * then is lost, which is logged and does not change the exit code.
   *
   * <p>Of several mailboxes the one given last is closed first, and the next one when its consumer
   * has returned. So a consumer may send to the mailboxes given before its own.
   *
   * <p>A consumer that fails is logged, as a background task is, and the service goes on. If the
   * service has begun to stop and is beyond this step, the mailbox is closed and nothing started.
   *
   * @param name what the task is called in logs, dumps and its thread's name
   * @param mailbox is closed by the service; senders get an {@link IllegalStateException} then
   * @param consumer returns when {@link Mailbox#receive} has returned null; for several workers
   *     {@link Patterns#workers}
   * @return this
   */
  @CanIgnoreReturnValue
  public synchronized Service consume(String name, Mailbox<?> mailbox, Action consumer) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(mailbox, "mailbox");
    Objects.requireNonNull(consumer, "consumer");
    if (draining) {
      mailbox.close();
    } else {
      consumers.push(new Consumer(name, mailbox, Step.launch(consuming, name, consumer)));
    }
    return this;
  }

  /**
   * Returns the group for tasks that nobody waits for but the service: {@code
   * background().launch(name, action)}. It lives as long as the service. A task that fails is
   * logged, told to {@link TaskListener#uncaught}, and harms nobody else.
   *
   * <p>Tasks launched when the service has begun to stop are cancelled before they start; when all
   * of the group have ended then, launching throws an {@link IllegalStateException}. Only the
   * service can wait for the group or close it.
   */
  public TaskGroup background() {
    return background;
  }

  /**
   * Asks the service to stop. Returns at once, so tasks may call it. Does nothing if the service
   * stops already.
   *
   * @param reason for the log
   */
  public void stop(String reason) {
    stop.make(reason);
  }

  /** Takes out the action that is to run next; null if there is none. */
  synchronized @Nullable StopAction nextStopAction() {
    return onStop.poll();
  }

  /** Takes out all consumers, in the order in which they are to stop. No more come after that. */
  synchronized List<Consumer> takeConsumers() {
    draining = true;
    List<Consumer> all = List.copyOf(consumers);
    consumers.clear();
    return all;
  }

  /** What a service does. */
  @FunctionalInterface
  public interface ServiceMain {
    /**
     * Runs until there is nothing more to do, or until the context ends. Once it returns or throws
     * the service stops.
     *
     * @param ctx ends when the service stops, after the actions given to {@link #onStop}; then the
     *     thread is interrupted, and once more later
     * @param svc the service, to tell it what belongs to it
     * @throws CancelledException if the context has ended; that is no failure, and neither is any
     *     other {@link InterruptedException} once the context has ended
     * @throws Exception anything else makes the exit code 1
     */
    void run(Context ctx, Service svc) throws Exception;
  }

  /** How a service runs. For one thread; not to be changed while the service runs. */
  public static final class Options {
    private static final int MAX_EXIT_CODE = 255;

    final String name;
    Duration drain = Duration.ofSeconds(5);
    Duration deadline = Duration.ofSeconds(30);
    List<String> signals = List.of("TERM", "INT");
    int exitOnTimeout = 1;
    @Nullable TaskListener listener;
    Predicate<Throwable> fatal = failure -> false;

    private Options(String name) {
      this.name = Objects.requireNonNull(name, "name");
    }

    /**
     * Makes options with the defaults.
     *
     * @param name what the service is called in logs, dumps and thread names
     */
    public static Options named(String name) {
      return new Options(name);
    }

    /**
     * Sets how long consumers may go on when the service stops; 5 seconds otherwise. It is no
     * longer than half of the time left to the deadline.
     *
     * @param limit to the nanosecond; zero means that what is in the mailboxes is given up
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    @CanIgnoreReturnValue
    public Options drain(Duration limit) {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("drain of " + limit);
      }
      drain = limit;
      return this;
    }

    /**
     * Sets how long stopping may take in all; 30 seconds otherwise. It should be less than what the
     * process is given before it is killed.
     *
     * @param limit to the nanosecond
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    @CanIgnoreReturnValue
    public Options deadline(Duration limit) {
      if (limit.isNegative() || limit.isZero()) {
        throw new IllegalArgumentException("deadline of " + limit);
      }
      deadline = limit;
      return this;
    }

    /**
     * Sets the signals that stop the service; TERM and INT otherwise. One that the system does not
     * know, or that the JVM keeps to itself, is logged when the service starts.
     *
     * @param names without {@code SIG}; none for a service that no signal stops
     * @return this
     */
    @CanIgnoreReturnValue
    public Options signals(String... names) {
      signals = List.of(names);
      return this;
    }

    /**
     * Sets the exit code for the case that tasks still run at the deadline; 1 otherwise.
     *
     * @return this
     * @throws IllegalArgumentException if it is not between 0 and 255
     */
    @CanIgnoreReturnValue
    public Options exitOnTimeout(int code) {
      if (code < 0 || code > MAX_EXIT_CODE) {
        throw new IllegalArgumentException("exit code " + code);
      }
      exitOnTimeout = code;
      return this;
    }

    /**
     * Sets who is told of all tasks that the service runs itself, beside the listeners of the
     * process.
     *
     * @return this
     */
    @CanIgnoreReturnValue
    public Options listener(TaskListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Sets which failures of the tasks that the service runs itself end the process at once, as
     * {@link TaskGroup.Builder#fatal} has it; none otherwise. For states in which going on does
     * more harm than stopping.
     *
     * @param fatal whether a failure is fatal; what it throws is logged and means no
     * @return this
     */
    @CanIgnoreReturnValue
    public Options fatal(Predicate<Throwable> fatal) {
      this.fatal = Objects.requireNonNull(fatal, "fatal");
      return this;
    }
  }

  /** What to do before tasks are cancelled. */
  record StopAction(String name, Action action) {}

  /** Who empties a mailbox. */
  record Consumer(String name, Mailbox<?> mailbox, Step step) {}
}
