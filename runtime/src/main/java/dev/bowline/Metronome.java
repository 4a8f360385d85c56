package dev.bowline;

import java.time.Duration;

/** Ticks at a fixed rate, and leaves out the ticks that nobody was there for. */
final class Metronome {
  private final String name;
  private final long periodNanos;
  private long next = System.nanoTime(); // the tick that comes after the last one, or that was it

  Metronome(String name, Duration period) {
    this.name = name;
    periodNanos = Context.nanos(period);
  }

  /** Blocks until the next tick that has not passed yet. */
  void awaitTick(Context ctx) throws InterruptedException {
    next += periodNanos;
    long late = System.nanoTime() - next;
    if (late > 0) {
      long dropped = 1 + (late - 1) / periodNanos;
      next += dropped * periodNanos;
      TaskListeners.dropped(name, dropped);
    }
    ctx.sleep(Duration.ofNanos(next - System.nanoTime()));
  }
}
