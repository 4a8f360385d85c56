package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A thread that leaves is never interrupted afterwards, and before that once at most. */
final class InterruptGateInterleavings {
  /** Counts interrupts instead of taking them. */
  private static final class Runner extends Thread {
    final InterruptGate gate = new InterruptGate();
    final boolean told;
    final AtomicInteger interrupts = new AtomicInteger();
    volatile int interruptsInside;
    volatile boolean reported;

    Runner(boolean told) {
      this.told = told;
    }

    @Override
    public void run() {
      gate.enter();
      if (told) {
        gate.tell();
        interruptsInside = interrupts.get();
        reported = gate.leave(InterruptGate.LEFT);
      } else {
        reported = gate.leave(InterruptGate.LEFT);
        interruptsInside = interrupts.get();
      }
    }

    @Override
    public void interrupt() {
      interrupts.incrementAndGet();
    }
  }

  @Test
  void noInterruptAfterLeaving() throws Exception {
    Interleavings.explore(
        () -> {
          Runner runner = new Runner(false);
          interruptTwice(runner);
          assertEquals(runner.interrupts.get() == 1, runner.reported);
        });
  }

  @Test
  void noInterruptAfterHavingBeenTold() throws Exception {
    Interleavings.explore(
        () -> {
          Runner runner = new Runner(true);
          interruptTwice(runner);
          assertEquals(false, runner.reported);
        });
  }

  private static void interruptTwice(Runner runner) throws InterruptedException {
    Thread running = runner; // Lincheck knows Thread.join, but not that it is inherited
    Thread first = new Thread(runner.gate::interrupt);
    running.start();
    first.start();
    runner.gate.interrupt();
    running.join();
    first.join();
    assertTrue(runner.interrupts.get() <= 1);
    assertEquals(runner.interruptsInside, runner.interrupts.get());
    assertEquals(InterruptGate.LEFT, runner.gate.gateState());
  }
}
