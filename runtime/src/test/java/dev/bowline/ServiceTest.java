package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The steps in which a service stops, without signals. */
@Timeout(60)
final class ServiceTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Service.Options options = Service.Options.named("mailer").signals();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private Log log;

  @BeforeEach
  void openLog() {
    log = new Log();
  }

  @AfterEach
  void closeLog() {
    log.close();
    assertFalse(Thread.interrupted());
  }

  @Test
  void bodyThatReturnsStopsTheService() {
    Service.ServiceMain body =
        (ctx, svc) -> {
          events.add(Thread.currentThread().getName());
          svc.onStop("last", own -> events.add("last"));
          svc.onStop("first", own -> events.add("first"));
        };
    assertEquals(0, Service.run(options, body));
    assertEquals(List.of("mailer/main", "first", "last"), events);
    assertLogged(Level.INFO, "service stops service=mailer reason=body returned deadline=PT30S");
    assertLogged(Level.INFO, "service has stopped service=mailer exit=0 took=PT");
  }

  @Test
  void bodyThatThrowsMakesTheExitCodeOne() {
    Service.ServiceMain body =
        (ctx, svc) -> {
          svc.onStop("action", own -> events.add("action"));
          throw new IOException("broken");
        };
    assertEquals(1, Service.run(options, body));
    assertEquals(List.of("action"), events);
    assertLogged(Level.WARNING, "task failed group=mailer task=main");
    assertLogged(Level.INFO, "reason=body threw");
    assertLogged(Level.INFO, "exit=1");
  }

  @Test
  void stopsInOrder() {
    Mailbox<String> mails = Mailbox.bounded(10);
    CountDownLatch cancelled = new CountDownLatch(2);
    Service.ServiceMain body =
        (ctx, svc) -> {
          svc.consume(
              "sender",
              mails,
              own -> {
                Worker.await(cancelled);
                for (String mail = mails.receive(own); mail != null; mail = mails.receive(own)) {
                  events.add("sent " + mail);
                }
                own.check();
                events.add("consumer returned");
              });
          svc.onStop("listener", own -> events.add("no more mails after " + mails.isClosed()));
          CountDownLatch flushing = new CountDownLatch(1);
          svc.background()
              .launch(
                  "flush",
                  own -> {
                    flushing.countDown();
                    sleepUntilCancelled(own, cancelled);
                  });
          Worker.await(flushing);
          mails.send(ctx, "a");
          mails.send(ctx, "b");
          svc.stop("enough");
          svc.stop("more than enough");
          sleepUntilCancelled(ctx, cancelled);
        };
    assertEquals(0, Service.run(options, body));
    assertEquals(
        List.of(
            "no more mails after false",
            "cancelled by service stops: enough",
            "cancelled by service stops: enough",
            "sent a",
            "sent b",
            "consumer returned"),
        events);
    assertTrue(mails.isClosed());
    assertLogged(Level.INFO, "reason=enough");
    assertNotLogged("more than enough");
  }

  private void sleepUntilCancelled(Context ctx, CountDownLatch cancelled)
      throws InterruptedException {
    try {
      ctx.sleep(HOUR);
    } catch (CancelledException e) {
      assertInstanceOf(CancellationException.class, e.cause());
      events.add("cancelled by " + e.cause().getMessage());
      throw e;
    } finally {
      cancelled.countDown();
    }
  }

  @Test
  void laterMailboxIsDrainedIntoTheEarlierOne() {
    Mailbox<String> raw = Mailbox.bounded(10);
    Mailbox<String> cooked = Mailbox.bounded(10);
    Service.ServiceMain body =
        (ctx, svc) -> {
          svc.consume(
              "serve",
              cooked,
              own ->
                  Patterns.workers(
                      own, "serve", 2, cooked, (each, meal) -> events.add("served " + meal)));
          svc.consume(
              "cook",
              raw,
              own ->
                  Patterns.workers(own, "cook", 2, raw, (each, meal) -> cooked.send(each, meal)));
          for (int i = 0; i < 10; i++) {
            raw.send(ctx, "meal " + i);
          }
        };
    assertEquals(0, Service.run(options, body));
    assertEquals(10, events.size());
    assertNotLogged("mailbox is not empty");
  }

  @Test
  void drainingIsLimited() {
    Mailbox<String> mails = Mailbox.bounded(10);
    Service.ServiceMain body =
        (ctx, svc) -> {
          for (int i = 0; i < 3; i++) {
            mails.send(ctx, "mail");
          }
          svc.consume(
              "sender",
              mails,
              own -> {
                events.add(mails.receive(own));
                own.sleep(HOUR);
              });
        };
    assertEquals(0, Service.run(options.drain(SHORT), body));
    assertEquals(List.of("mail"), events);
    assertLogged(Level.WARNING, "mailbox is not empty service=mailer task=sender messages=2");
  }

  @Test
  void withoutDrainTimeConsumersAreCancelledAtOnce() {
    Mailbox<String> mails = Mailbox.bounded(1);
    Service.ServiceMain body =
        (ctx, svc) ->
            svc.consume(
                "sender",
                mails,
                own -> {
                  own.sleep(HOUR);
                });
    assertEquals(0, Service.run(options.drain(Duration.ZERO), body));
  }

  @Test
  void stopActionThatFailsDoesNotKeepOthersFromRunning() {
    Service.ServiceMain body =
        (ctx, svc) -> {
          svc.onStop("good", own -> events.add("good"));
          svc.onStop(
              "bad",
              own -> {
                throw new IllegalStateException("bad");
              });
        };
    assertEquals(0, Service.run(options, body));
    assertEquals(List.of("good"), events);
    assertLogged(Level.SEVERE, "task failed group=mailer task=bad");
  }

  @Test
  void stopActionThatHangsIsCancelledHalfWay() {
    Service.ServiceMain body =
        (ctx, svc) -> {
          svc.onStop("good", own -> events.add("good"));
          svc.onStop(
              "slow",
              own -> {
                try {
                  own.sleep(HOUR);
                } finally {
                  events.add("slow");
                }
              });
        };
    assertEquals(0, Service.run(options.deadline(Duration.ofSeconds(2)), body));
    assertEquals(List.of("good", "slow"), events.stream().sorted().toList());
    assertLogged(
        Level.WARNING, "stop action is cancelled: it takes too long service=mailer task=slow");
  }

  @Test
  void whatIsGivenWhileItStopsIsNotForgotten() {
    Mailbox<String> mails = Mailbox.bounded(1);
    Service.ServiceMain body =
        (ctx, svc) -> {
          svc.stop("early");
          Worker.eventually(ctx::isDone); // as a start that does not look at its context
          svc.consume("sender", mails, own -> assertEquals(null, mails.receive(own)));
          Worker.eventually(mails::isClosed);
          svc.onStop("listener", own -> events.add("listener"));
          Task<?> late = svc.background().launch("late", own -> events.add("late"));
          events.add(late.state().toString());
        };
    assertEquals(0, Service.run(options, body));
    assertEquals(List.of("CANCELLED", "listener"), events);
    assertTrue(mails.isClosed());
  }

  @Test
  void backgroundTaskThatFailsHarmsNobody() {
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    IllegalStateException failure = new IllegalStateException("flush");
    Service.ServiceMain body =
        (ctx, svc) -> {
          Task<?> flush =
              svc.background()
                  .launch(
                      "flush",
                      own -> {
                        throw failure;
                      });
          Worker.eventually(() -> flush.state() == Task.State.FAILED);
          ctx.check();
        };
    TaskListener listener =
        new TaskListener() {
          @Override
          public void uncaught(Task<?> task, Throwable thrown) {
            uncaught.add(thrown);
          }
        };
    assertEquals(0, Service.run(options.listener(listener), body));
    assertEquals(List.of(failure), uncaught);
    assertLogged(Level.SEVERE, "task failed group=mailer task=flush");
  }

  @Test
  void taskThatDoesNotEndIsNamed() throws Exception {
    Gate gate = new Gate();
    List<Task<?>> stragglers = new CopyOnWriteArrayList<>();
    TaskListener listener =
        new TaskListener() {
          @Override
          public void straggler(Task<?> task, StackTraceElement[] stack) {
            stragglers.add(task);
          }
        };
    Service.ServiceMain body =
        (ctx, svc) -> {
          svc.background()
              .launch(
                  "indexer",
                  own ->
                      Patterns.forEach(
                          own, "files", 1, List.of("a"), (each, file) -> gate.passStubbornly()));
          gate.awaitReached();
        };
    assertEquals(7, Service.run(options.deadline(SHORT).exitOnTimeout(7).listener(listener), body));
    assertLogged(Level.SEVERE, "tasks outlive their service service=mailer alive=2 tasks");
    assertLogged(Level.SEVERE, "indexer age=PT");
    assertLogged(Level.SEVERE, "dev.bowline.Gate.passStubbornly(Gate.java:");
    assertLogged(Level.SEVERE, "1 task of mailer/files at ");
    assertLogged(Level.SEVERE, "service gives up on its tasks service=mailer exit=7 took=PT");
    assertEquals(2, stragglers.size());
    gate.open();
    Worker.eventually(
        () -> stragglers.stream().noneMatch(task -> task.state() == Task.State.RUNNING));
  }

  @Test
  void taskThatMissesOneInterruptGetsAnother() {
    AtomicInteger interrupts = new AtomicInteger();
    Service.ServiceMain body =
        (ctx, svc) -> {
          svc.stop("test");
          while (interrupts.get() < 2) {
            try {
              Worker.await(new CountDownLatch(1));
            } catch (InterruptedException e) {
              interrupts.incrementAndGet();
            }
          }
        };
    assertEquals(0, Service.run(options.deadline(Duration.ofSeconds(2)), body));
    assertEquals(2, interrupts.get());
  }

  @Test
  void bodyFailsEvenIfTasksHang() throws Exception {
    Gate gate = new Gate();
    Service.ServiceMain body =
        (ctx, svc) -> {
          svc.background().launch("hanging", own -> gate.passStubbornly());
          gate.awaitReached();
          throw new IOException("broken");
        };
    assertEquals(1, Service.run(options.deadline(SHORT).exitOnTimeout(7), body));
    gate.open();
    Worker.eventually(() -> Task.live().stream().noneMatch(task -> task.name().equals("hanging")));
  }

  @Test
  void interruptOfTheThreadStopsTheService() throws Exception {
    Gate gate = new Gate();
    try (Worker<Integer> runner =
        Worker.start(
            () -> {
              int code = Service.run(options, (ctx, svc) -> gate.blockUntilCancelled(ctx));
              assertTrue(Thread.interrupted());
              return code;
            })) {
      gate.awaitReached();
      runner.interrupt();
      assertEquals(0, runner.result());
    }
    assertLogged(Level.INFO, "reason=thread interrupted");
  }

  @Test
  void onlyTheServiceWaitsForBackgroundTasks() {
    Service.ServiceMain body =
        (ctx, svc) -> {
          assertSame(svc.background(), svc.background());
          assertThrows(IllegalStateException.class, () -> svc.background().join());
          assertThrows(IllegalStateException.class, () -> svc.background().close());
        };
    assertEquals(0, Service.run(options, body));
  }

  @Test
  void refusesNonsense() {
    assertThrows(IllegalArgumentException.class, () -> options.drain(Duration.ofMillis(-1)));
    assertThrows(IllegalArgumentException.class, () -> options.deadline(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> options.deadline(Duration.ofMillis(-1)));
    assertThrows(IllegalArgumentException.class, () -> options.exitOnTimeout(-1));
    assertThrows(IllegalArgumentException.class, () -> options.exitOnTimeout(256));
    assertThrows(NullPointerException.class, () -> Service.run(options, null));
  }

  private boolean isLogged(String text) {
    return log.records().stream().anyMatch(entry -> entry.getMessage().contains(text));
  }

  private void assertLogged(Level level, String text) {
    List<String> entries =
        log.records().stream()
            .filter(entry -> entry.getLevel().equals(level))
            .map(LogRecord::getMessage)
            .toList();
    assertTrue(entries.stream().anyMatch(entry -> entry.contains(text)), entries::toString);
  }

  private void assertNotLogged(String text) {
    assertFalse(isLogged(text), text);
  }
}
