package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The second interrupt comes after the first and before the thread leaves, or not at all. */
@Timeout(60)
final class InterruptAgainTest {
  private final InterruptGate gate = new InterruptGate();

  @AfterEach
  void leavesTheInterruptFlagClear() {
    assertFalse(Thread.interrupted());
  }

  @Test
  void notBeforeTheFirst() {
    gate.interruptAgain();
    gate.enter();
    gate.interruptAgain();
    assertFalse(Thread.interrupted());
    assertFalse(gate.leave(InterruptGate.LEFT));
  }

  @Test
  void afterTheFirst() {
    gate.enter();
    gate.interrupt();
    assertTrue(Thread.interrupted());
    gate.interrupt();
    assertFalse(Thread.interrupted());
    gate.interruptAgain();
    assertTrue(Thread.interrupted());
    assertTrue(gate.leave(InterruptGate.LEFT));
  }

  @Test
  void afterTheThreadWasToldInstead() {
    gate.enter();
    gate.tell();
    gate.interrupt();
    assertFalse(Thread.interrupted());
    gate.interruptAgain();
    assertTrue(Thread.interrupted());
    assertTrue(gate.leave(InterruptGate.LEFT));
  }

  @Test
  void notOnceTheThreadHasLeft() {
    gate.enter();
    gate.interrupt();
    assertTrue(gate.leave(InterruptGate.LEFT));
    assertTrue(Thread.interrupted());
    gate.interruptAgain();
  }

  @Test
  void neverBesideTheLeaving() throws Exception {
    int rounds = 20_000;
    AtomicReference<InterruptGate> current = new AtomicReference<>();
    CyclicBarrier barrier = new CyclicBarrier(2);
    try (Worker<Void> insistent =
        Worker.start(
            () -> {
              for (int round = 0; round < rounds; round++) {
                Worker.await(barrier);
                current.get().interruptAgain();
                Worker.await(barrier);
              }
              return null;
            })) {
      for (int round = 0; round < rounds; round++) {
        InterruptGate next = new InterruptGate();
        current.set(next);
        next.enter();
        next.interrupt();
        assertTrue(Thread.interrupted());
        Worker.await(barrier);
        assertTrue(next.leave(InterruptGate.LEFT));
        Thread.interrupted(); // in time
        Worker.await(barrier);
        assertFalse(Thread.interrupted(), "late");
      }
      insistent.result();
    }
  }
}
