package dev.bowline;

import java.util.Objects;

/**
 * Thrown where work stops because its {@link Context} has ended.
 *
 * <p>It is an {@link InterruptedException}, so that code which already stops on an interrupt stops
 * on this one too. Let it pass; who must catch it passes it on or stops.
 *
 * <p>A thread that runs a task, or work in {@link Context#call}, is told once that its context has
 * ended: by an interrupt or by the first such exception, whichever comes first. An interrupt that
 * has come and was not noticed is taken out of the thread's flag when the exception is made. So
 * what cleans up afterwards, under a {@link Context#detached} context, is not disturbed. Interrupts
 * from elsewhere stay in the flag, unless both came, for it does not count.
 */
public final class CancelledException extends InterruptedException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception that says why the context ended.
   *
   * @param cause what the context ended with, as {@link Context#cause()} has it
   */
  public CancelledException(Throwable cause) {
    super("cancelled: " + Objects.requireNonNull(cause, "cause"));
    initCause(cause);
  }

  /** Returns why the context ended: the very object that {@link Context#cause()} returns. */
  public Throwable cause() {
    return Objects.requireNonNull(getCause());
  }
}
