package dev.bowline;

/** What a task does, without a result. */
@FunctionalInterface
public interface Action {
  /**
   * Does the work.
   *
   * <p>When the context ends the thread is interrupted, once. Work that neither waits nor checks
   * the context goes on until it returns.
   *
   * @param ctx the context to use in here, rather than one from outside: it ends when the task is
   *     cancelled, and at the latest when this method returns
   * @throws CancelledException if the context has ended; that counts as a cancelled task, as any
   *     {@link InterruptedException} does once the context has ended
   * @throws Exception anything else makes the task a failed one
   */
  void run(Context ctx) throws Exception;
}
