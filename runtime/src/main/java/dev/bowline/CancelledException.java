package dev.bowline;

import java.util.Objects;

/**
 * Thrown where work stops because its {@link Context} has ended.
 *
 * <p>It is an {@link InterruptedException}, so that code which already stops on an interrupt stops
 * on this one too. Unlike a plain {@code InterruptedException} it says nothing about the thread's
 * interrupt flag. Let it pass; who must catch it passes it on or stops.
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
