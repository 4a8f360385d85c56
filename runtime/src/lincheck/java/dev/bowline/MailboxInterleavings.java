package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Messages arrive once and in order, and nobody waits for what does not come. */
@SuppressWarnings("MustBeClosedChecker")
final class MailboxInterleavings {
  private static final int CAPACITY = 2;

  /** What does not block, against {@link Sequential}. */
  @Param(name = "message", gen = IntGen.class, conf = "1:9")
  public static final class Concurrent {
    private final Mailbox<Integer> mailbox = Mailbox.bounded(CAPACITY);

    @Operation
    public String trySend(@Param(name = "message") int message) {
      try {
        return "sent: " + mailbox.trySend(message);
      } catch (IllegalStateException e) {
        return "closed";
      }
    }

    @Operation
    public List<Integer> drain() {
      return mailbox.drain();
    }

    @Operation
    public int size() {
      return mailbox.size();
    }

    @Operation
    public boolean isClosed() {
      return mailbox.isClosed();
    }

    @Operation
    public void close() {
      mailbox.close();
    }
  }

  /** A mailbox of one thread. */
  public static final class Sequential {
    private final Deque<Integer> messages = new ArrayDeque<>();
    private boolean closed;

    public String trySend(int message) {
      return closed ? "closed" : "sent: " + (messages.size() < CAPACITY && messages.add(message));
    }

    public List<Integer> drain() {
      List<Integer> all = new ArrayList<>(messages);
      messages.clear();
      return all;
    }

    public int size() {
      return messages.size();
    }

    public boolean isClosed() {
      return closed;
    }

    public void close() {
      closed = true;
    }
  }

  @Test
  void whatDoesNotBlock() {
    Interleavings.against(Sequential.class).check(Concurrent.class);
  }

  @Test
  void aFullMailboxHandsOnInOrder() throws Exception {
    Interleavings.explore(
        () -> {
          Mailbox<Integer> mailbox = Mailbox.bounded(1);
          List<Integer> received = new ArrayList<>();
          Interleavings.together(
              () -> {
                for (int i = 1; i <= 3; i++) {
                  mailbox.send(Context.background(), i);
                }
                mailbox.close();
              },
              () -> {
                Integer next = mailbox.receive(Context.background());
                while (next != null) {
                  received.add(next);
                  next = mailbox.receive(Context.background());
                }
              });
          assertEquals(List.of(1, 2, 3), received);
        });
  }

  @Test
  void aCancelledReceiverTakesNothing() throws Exception {
    Interleavings.explore(
        () -> {
          Mailbox<Integer> mailbox = Mailbox.bounded(1);
          CancellableContext ctx = Context.background().withCancel();
          Integer[] received = new Integer[1];
          Interleavings.together(
              () -> received[0] = Interleavings.unlessCancelled(() -> mailbox.receive(ctx)),
              () -> assertTrue(mailbox.trySend(1)),
              () -> ctx.cancel(null));
          assertEquals(received[0] == null ? List.of(1) : List.of(), mailbox.drain());
        });
  }

  @Test
  void aCancelledSenderSendsNothing() throws Exception {
    Interleavings.explore(
        () -> {
          Mailbox<Integer> mailbox = Mailbox.bounded(1);
          assertTrue(mailbox.trySend(1));
          CancellableContext ctx = Context.background().withCancel();
          Boolean[] sent = new Boolean[1];
          List<Integer> drained = new ArrayList<>();
          Interleavings.together(
              () ->
                  sent[0] =
                      Interleavings.unlessCancelled(
                          () -> {
                            mailbox.send(ctx, 2);
                            return true;
                          }),
              () -> drained.addAll(mailbox.drain()),
              () -> ctx.cancel(null));
          drained.addAll(mailbox.drain());
          assertEquals(sent[0] == null ? List.of(1) : List.of(1, 2), drained);
        });
  }

  @Test
  void closeLetsEverybodyGo() throws Exception {
    Interleavings.explore(
        () -> {
          Mailbox<Integer> empty = Mailbox.bounded(1);
          Mailbox<Integer> full = Mailbox.bounded(1);
          assertTrue(full.trySend(1));
          boolean[] refused = new boolean[1];
          Interleavings.together(
              () -> assertNull(empty.receive(Context.background())),
              () -> {
                try {
                  full.send(Context.background(), 2);
                } catch (IllegalStateException e) {
                  refused[0] = true;
                }
              },
              () -> {
                full.close();
                empty.close();
              });
          assertTrue(refused[0]);
          assertEquals(List.of(1), full.drain());
        });
  }
}
