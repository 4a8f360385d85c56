package dev.bowline.cli;

/**
 * The command could not do what it was asked to. The message is one line for the user: what is
 * wrong, where, and what to do about it.
 */
final class CannotRun extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotRun(String message) {
    super(message);
  }

  CannotRun(String message, Throwable cause) {
    super(message, cause);
  }
}
