package dev.bowline;

import java.time.Duration;
import java.util.function.LongConsumer;

/** Ticks at a fixed rate, and leaves out the ticks that nobody was there for. */
final class Metronome {
  private final long period;
  private final LongConsumer dropped;
  private long tick = System.nanoTime(); // the last one

  /**
   * @param dropped is told how many ticks were left out
   */
  Metronome(Duration period, LongConsumer dropped) {
    this.period = Context.nanos(period);
    this.dropped = dropped;
  }

  /** Blocks until the next tick whose time has not passed yet. */
  void awaitTick(Context ctx) throws InterruptedException {
    tick += period;
    long late = System.nanoTime() - tick;
    if (late > 0) {
      long missed = 1 + (late - 1) / period;
      tick += missed * period;
      dropped.accept(missed);
    }
    ctx.sleep(Duration.ofNanos(tick - System.nanoTime()));
  }
}
