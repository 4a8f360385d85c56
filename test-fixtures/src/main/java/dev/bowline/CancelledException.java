package dev.bowline;

/** Stands in for the exception of the runtime, which the fixtures do not depend on. */
public final class CancelledException extends InterruptedException {
  private static final long serialVersionUID = 1L;

  public CancelledException(Throwable cause) {
    initCause(cause);
  }
}
