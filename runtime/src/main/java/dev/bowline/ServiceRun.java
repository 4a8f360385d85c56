package dev.bowline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Runs a service on the calling thread: starts its body, waits for the request to stop, and stops
 * it, step by step. An interrupt of the thread is a request, too, and is in its flag afterwards.
 */
final class ServiceRun {
  private static final System.Logger log = System.getLogger("dev.bowline");

  private final Service.Options options;
  private final StopRequest stop;
  private boolean interrupted;

  /** In {@link System#nanoTime()}; means nothing before the service is to stop. */
  private long deadline;

  ServiceRun(Service.Options options, StopRequest stop) {
    this.options = options;
    this.stop = stop;
  }

  /** Returns the exit code. */
  int run(Service.ServiceMain body) {
    try {
      return runAndStop(body);
    } finally {
      stop.carryOut();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private int runAndStop(Service.ServiceMain body) {
    Context always = Context.background();
    try (CancellableContext root = always.withCancel();
        CancellableContext untilDrained = always.withCancel()) {
      TaskGroup main = open(root);
      TaskGroup background = open(root);
      TaskGroup consuming = open(untilDrained);
      TaskGroup closing = open(always);
      Service service = new Service(stop, background, consuming);
      Task<?> mainTask = main.launch("main", ctx -> runBody(ctx, service, body));

      String reason = awaitRequest();
      long start = System.nanoTime();
      deadline = start + Context.nanos(options.deadline);
      report(Level.INFO, "service stops", "reason=" + reason + " deadline=" + options.deadline);
      runStopActions(service, closing);
      CancellationException cause = new CancellationException("service stops: " + reason);
      root.cancel(cause);
      drain(service);
      untilDrained.cancel(cause);
      boolean ended = join(main, background, consuming);
      if (ended) {
        runStopActions(service, closing); // given meanwhile
        ended = join(closing);
      }
      if (ended) {
        for (TaskGroup group : List.of(main, background, consuming, closing)) {
          group.close();
        }
      } else {
        // The groups stay open: they cannot be closed before their tasks have ended.
        main.reports()
            .stragglers(
                Level.ERROR, "tasks outlive their service service=" + options.name, alive());
      }
      int code = exitCode(mainTask, ended);
      report(
          ended ? Level.INFO : Level.ERROR,
          ended ? "service has stopped" : "service gives up on its tasks",
          "exit=" + code + " took=" + Duration.ofNanos(System.nanoTime() - start));
      return code;
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // closed unless tasks do not end
  private TaskGroup open(Context ctx) {
    TaskGroup.Builder group =
        TaskGroup.named(options.name).policy(TaskGroup.Policy.SUPERVISE).fatal(options.fatal);
    if (options.listener != null) {
      group = group.listener(options.listener);
    }
    return group.open(ctx);
  }

  private void runBody(Context ctx, Service service, Service.ServiceMain body) throws Exception {
    String how = "body threw";
    try {
      body.run(ctx, service);
      how = "body returned";
    } finally {
      stop.make(how);
    }
  }

  private String awaitRequest() {
    while (true) {
      try {
        return stop.await();
      } catch (InterruptedException e) {
        interrupted = true;
        stop.make("thread interrupted");
      }
    }
  }

  private void runStopActions(Service service, TaskGroup closing) {
    for (Service.StopAction next = service.nextStopAction();
        next != null;
        next = service.nextStopAction()) {
      Step step = Step.launch(closing, next.name(), next.action());
      if (!await(step, System.nanoTime() + halfOfTheRest())) {
        report(Level.WARNING, "stop action is cancelled: it takes too long", "task=" + next.name());
        step.task().cancel();
      }
    }
  }

  private void drain(Service service) {
    long until = System.nanoTime() + Math.min(Context.nanos(options.drain), halfOfTheRest());
    for (Service.Consumer next : service.takeConsumers()) {
      next.mailbox().close();
      await(next.step(), until);
      int left = next.mailbox().size();
      if (left > 0) {
        report(Level.WARNING, "mailbox is not empty", "task=" + next.name() + " messages=" + left);
      }
    }
  }

  /** Waits for the tasks of some groups until the deadline, and interrupts them again half way. */
  private boolean join(TaskGroup... groups) {
    if (join(groups, System.nanoTime() + halfOfTheRest())) {
      return true;
    }
    for (Task<?> task : alive()) {
      ((TaskRun<?>) task).interruptAgain();
    }
    return join(groups, deadline);
  }

  private boolean join(TaskGroup[] groups, long until) {
    for (TaskGroup group : groups) {
      if (!await(group, until)) {
        return false;
      }
    }
    return true;
  }

  private boolean await(TaskGroup group, long until) {
    while (true) {
      try {
        return group.await(Duration.ofNanos(until - System.nanoTime()));
      } catch (CancelledException e) {
        return true; // the tasks have ended, and so has the context they had
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  @CanIgnoreReturnValue
  private boolean await(Step step, long until) {
    while (true) {
      try {
        return step.await(until);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  /** The tasks of this service, and those of groups that they have opened. */
  private List<Task<?>> alive() {
    String within = options.name + "/";
    return Task.live().stream().filter(task -> (task.group() + "/").startsWith(within)).toList();
  }

  private int exitCode(Task<?> mainTask, boolean ended) {
    if (mainTask.state() == Task.State.FAILED) {
      return 1;
    }
    return ended ? 0 : options.exitOnTimeout;
  }

  private long halfOfTheRest() {
    return (deadline - System.nanoTime()) / 2;
  }

  private void report(Level level, String message, String values) {
    log.log(level, message + " service=" + options.name + " " + values);
  }
}
