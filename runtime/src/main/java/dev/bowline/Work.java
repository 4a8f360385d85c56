package dev.bowline;

import org.jspecify.annotations.Nullable;

/**
 * What a task does, with a result.
 *
 * @param <T> the type of the result
 */
@SuppressWarnings("exports") // of annotations only: nobody should have to carry their modules
@FunctionalInterface
public interface Work<T extends @Nullable Object> {
  /**
   * Does the work and returns the result.
   *
   * <p>When the context ends the thread is interrupted, once. Work that neither waits nor checks
   * the context goes on until it returns.
   *
   * @param ctx the context to use in here, rather than one from outside: it ends when the task is
   *     cancelled, and at the latest when this method returns
   * @return the result
   * @throws CancelledException if the context has ended; that counts as a cancelled task, as any
   *     {@link InterruptedException} does once the context has ended
   * @throws Exception anything else makes the task a failed one
   */
  T run(Context ctx) throws Exception;
}
