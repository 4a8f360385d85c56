package dev.bowline;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Services for {@link ServiceProcessTest}, which starts each in a JVM of its own. */
final class ServiceScenarios {
  /** Begins the lines that are not the log's. */
  static final String SAID = "> ";

  private static final Duration HOUR = Duration.ofHours(1);

  private ServiceScenarios() {}

  /**
   * Runs one.
   *
   * @param args its name, and its deadline
   */
  public static void main(String[] args) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> say("other hook")));
    Service.Options options = Service.Options.named("mailer").deadline(Duration.parse(args[1]));
    switch (args[0]) {
      case "orderly" -> Service.main(options, ServiceScenarios::orderly);
      case "defaults" -> Service.main("mailer", (ctx, svc) -> sleep(ctx));
      case "stuck" -> Service.main(options, (ctx, svc) -> stuck());
      case "failing" -> Service.main(options, (ctx, svc) -> fail(svc));
      case "fatal" ->
          Service.main(options.fatal(Error.class::isInstance), ServiceScenarios::breakDown);
      case "starting" -> Service.main(options, ServiceScenarios::starting);
      case "stopping itself" -> Service.main(options, ServiceScenarios::stopItself);
      case "hook that hangs" -> {
        Runtime.getRuntime().addShutdownHook(new Thread(ServiceScenarios::stuck));
        Service.main(options, (ctx, svc) -> say("body"));
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void orderly(Context ctx, Service svc) throws InterruptedException {
    CountDownLatch cancelled = new CountDownLatch(2);
    Mailbox<String> mails = Mailbox.bounded(2);
    svc.consume(
        "sender",
        mails,
        own -> {
          if (!cancelled.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody was cancelled");
          }
          Patterns.workers(own, "workers", 1, mails, (each, mail) -> say("sent " + mail));
        });
    svc.onStop("database", own -> say("database told"));
    svc.onStop("listener", own -> say("listener closed"));
    svc.background().launch("flush", own -> sleepUntilCancelled(own, cancelled));
    mails.send(ctx, "a");
    mails.send(ctx, "b");
    say("ready");
    sleepUntilCancelled(ctx, cancelled);
  }

  private static void sleepUntilCancelled(Context ctx, CountDownLatch cancelled)
      throws InterruptedException {
    try {
      ctx.sleep(HOUR);
    } finally {
      say("cancelled");
      cancelled.countDown();
    }
  }

  private static void sleep(Context ctx) throws InterruptedException {
    say("ready");
    ctx.sleep(HOUR);
  }

  private static void stuck() {
    say("ready");
    while (true) {
      Thread.interrupted();
      LockSupport.park();
    }
  }

  private static void fail(Service svc) throws IOException {
    svc.onStop("listener", own -> say("listener closed"));
    throw new IOException("no database");
  }

  private static void breakDown(Context ctx, Service svc) throws InterruptedException {
    svc.onStop("listener", own -> say("listener closed"));
    svc.background()
        .launch(
            "ledger",
            own -> {
              throw new AssertionError("the books do not balance");
            });
    ctx.sleep(HOUR);
  }

  private static void starting(Context ctx, Service svc) {
    say("ready");
    while (!ctx.isDone()) {
      Thread.onSpinWait(); // a start that nothing can interrupt
    }
    svc.background().launch("late", own -> say("late task"));
    svc.consume("sender", Mailbox.bounded(1), own -> say("consumer"));
    svc.onStop("listener", own -> say("listener closed"));
    say("started");
  }

  private static void stopItself(Context ctx, Service svc) throws InterruptedException {
    svc.background().launch("quota", own -> svc.stop("quota used up"));
    ctx.sleep(HOUR);
  }

  /** Writes a line that the test can tell from the log. */
  private static void say(String line) {
    System.out.println(SAID + line);
  }
}
