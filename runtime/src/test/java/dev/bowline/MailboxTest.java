package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is sent arrives, once and in order, and nobody waits for what cannot come. */
@Timeout(60)
final class MailboxTest {
  private final Context ctx = Context.background();
  private final Mailbox<String> mailbox = Mailbox.bounded(2);

  @AfterEach
  void leavesTheInterruptFlagClear() {
    assertFalse(Thread.interrupted());
  }

  @Test
  void deliversInOrder() throws Exception {
    mailbox.send(ctx, "a");
    assertTrue(mailbox.trySend("b"));
    assertFalse(mailbox.trySend("c"));
    assertEquals(2, mailbox.size());
    assertEquals("Mailbox[2 of 2]", mailbox.toString());
    assertEquals("a", mailbox.receive(ctx));
    assertEquals("b", mailbox.receive(ctx));
    assertEquals(0, mailbox.size());
  }

  @Test
  void refusesNonsense() {
    assertThrows(IllegalArgumentException.class, () -> Mailbox.bounded(0));
    assertThrows(IllegalArgumentException.class, () -> Mailbox.bounded(-1));
    assertThrows(NullPointerException.class, () -> mailbox.send(ctx, null));
    assertThrows(NullPointerException.class, () -> mailbox.trySend(null));
  }

  @Test
  void senderWaitsForRoom() throws Exception {
    mailbox.send(ctx, "a");
    mailbox.send(ctx, "b");
    try (Worker<Void> sender = Worker.start(() -> send("c"))) {
      sender.awaitParkedIn(mailbox);
      assertEquals("a", mailbox.receive(ctx));
      sender.result();
    }
    assertEquals(List.of("b", "c"), mailbox.drain());
  }

  @Test
  void receiverWaitsForAMessage() throws Exception {
    try (Worker<String> receiver = Worker.start(() -> mailbox.receive(ctx))) {
      receiver.awaitParkedIn(mailbox);
      assertTrue(mailbox.trySend("a"));
      assertEquals("a", receiver.result());
    }
  }

  @Test
  void waitersAreServedInTheOrderTheyCame() throws Exception {
    try (Worker<String> first = Worker.start(() -> mailbox.receive(ctx))) {
      first.awaitParkedIn(mailbox);
      try (Worker<String> second = Worker.start(() -> mailbox.receive(ctx))) {
        second.awaitParkedIn(mailbox);
        mailbox.send(ctx, "a");
        mailbox.send(ctx, "b");
        assertEquals("a", first.result());
        assertEquals("b", second.result());
      }
    }
  }

  @Test
  void drainTakesWhatWaitsToBeSent() throws Exception {
    mailbox.send(ctx, "a");
    mailbox.send(ctx, "b");
    try (Worker<Void> sender = Worker.start(() -> send("c"))) {
      sender.awaitParkedIn(mailbox);
      assertEquals(List.of("a", "b", "c"), mailbox.drain());
      sender.result();
    }
    assertEquals(List.of(), mailbox.drain());
  }

  @Test
  @DisplayName("case 75: close wakes senders")
  void closeWakesSenders() throws Exception {
    mailbox.send(ctx, "a");
    mailbox.send(ctx, "b");
    try (Worker<IllegalStateException> sender =
        Worker.start(() -> assertThrows(IllegalStateException.class, () -> send("c")))) {
      sender.awaitParkedIn(mailbox);
      mailbox.close();
      assertEquals("the mailbox is closed: nothing more can be sent", sender.result().getMessage());
    }
    assertEquals(List.of("a", "b"), mailbox.drain());
  }

  @Test
  @DisplayName("case 75: close wakes receivers")
  void closeWakesReceivers() throws Exception {
    try (Worker<String> receiver = Worker.start(() -> mailbox.receive(ctx))) {
      receiver.awaitParkedIn(mailbox);
      mailbox.close();
      assertNull(receiver.result());
    }
  }

  @Test
  @DisplayName("case 75: what is in a closed mailbox is still delivered")
  void closedMailboxDeliversWhatItHas() throws Exception {
    mailbox.send(ctx, "a");
    assertFalse(mailbox.isClosed());
    mailbox.close();
    mailbox.close();
    assertTrue(mailbox.isClosed());
    assertEquals("Mailbox[1 of 2, closed]", mailbox.toString());
    assertThrows(IllegalStateException.class, () -> mailbox.send(ctx, "b"));
    assertThrows(IllegalStateException.class, () -> mailbox.trySend("b"));
    assertEquals("a", mailbox.receive(ctx));
    assertNull(mailbox.receive(ctx));
    assertNull(mailbox.receive(ctx));
  }

  @Test
  void endedContextNeitherSendsNorReceives() throws Exception {
    try (CancellableContext ended = ctx.withTimeout(Duration.ZERO)) {
      CancelledException sent =
          assertThrows(CancelledException.class, () -> mailbox.send(ended, "a"));
      assertInstanceOf(TimeoutException.class, sent.cause());
      mailbox.send(ctx, "b");
      assertThrows(CancelledException.class, () -> mailbox.receive(ended));
    }
    assertEquals(List.of("b"), mailbox.drain());
  }

  @Test
  void cancelledWaitersLeaveTheQueue() throws Exception {
    try (CancellableContext cancelled = ctx.withCancel();
        Worker<CancelledException> receiver =
            Worker.start(
                () -> assertThrows(CancelledException.class, () -> mailbox.receive(cancelled)))) {
      receiver.awaitParkedIn(mailbox);
      cancelled.cancel(null);
      assertSame(cancelled.cause(), receiver.result().cause());
    }
    mailbox.send(ctx, "a");
    mailbox.send(ctx, "b");
    try (CancellableContext cancelled = ctx.withCancel();
        Worker<CancelledException> sender =
            Worker.start(
                () -> assertThrows(CancelledException.class, () -> mailbox.send(cancelled, "c")))) {
      sender.awaitParkedIn(mailbox);
      cancelled.cancel(null);
      assertSame(cancelled.cause(), sender.result().cause());
    }
    assertEquals(List.of("a", "b"), mailbox.drain());
  }

  @Test
  void interruptEndsTheWaitWithAPlainException() throws Exception {
    try (Worker<Boolean> receiver =
        Worker.start(
            () -> {
              InterruptedException thrown =
                  assertThrows(InterruptedException.class, () -> mailbox.receive(ctx));
              assertFalse(thrown instanceof CancelledException);
              return Thread.currentThread().isInterrupted();
            })) {
      receiver.awaitParkedIn(mailbox);
      receiver.interrupt();
      assertEquals(false, receiver.result());
    }
  }

  @Test
  void neitherLosesNorRepeatsAMessageWhenWaitersGiveUp() throws Exception {
    int messages = 100_000;
    Mailbox<Integer> numbers = Mailbox.bounded(3);
    try (Worker<BitSet> odd = Worker.start(() -> receiveAll(numbers, 1));
        Worker<BitSet> even = Worker.start(() -> receiveAll(numbers, 2));
        Worker<Void> low = Worker.start(() -> sendAll(numbers, 0, messages / 2, 3));
        Worker<Void> high = Worker.start(() -> sendAll(numbers, messages / 2, messages, 4))) {
      low.result();
      high.result();
      numbers.close();
      BitSet all = odd.result();
      BitSet others = even.result();
      assertFalse(all.intersects(others), "a message was received twice");
      all.or(others);
      assertEquals(messages, all.cardinality());
    }
  }

  private Void sendAll(Mailbox<Integer> numbers, int from, int to, long seed)
      throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int next = from; next < to; ) {
      try (CancellableContext hasty = ctx.withTimeout(patience(random))) {
        numbers.send(hasty, next);
        next++;
      } catch (CancelledException e) {
        assertInstanceOf(TimeoutException.class, e.cause()); // not sent: try again
      }
    }
    return null;
  }

  private BitSet receiveAll(Mailbox<Integer> numbers, long seed) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    BitSet received = new BitSet();
    while (true) {
      try (CancellableContext hasty = ctx.withTimeout(patience(random))) {
        Integer next = numbers.receive(hasty);
        if (next == null) {
          return received;
        }
        assertFalse(received.get(next), "a message was received twice");
        received.set(next);
      } catch (CancelledException e) {
        assertInstanceOf(TimeoutException.class, e.cause()); // not received: try again
      }
    }
  }

  private static Duration patience(SplittableRandom random) {
    return Duration.ofNanos(random.nextInt(100_000));
  }

  private Void send(String message) throws InterruptedException {
    mailbox.send(ctx, message);
    return null;
  }
}
