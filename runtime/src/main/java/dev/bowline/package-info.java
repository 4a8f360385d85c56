/**
 * Structured concurrency for plain Java: who may still run, until when, and who is told to stop.
 *
 * <p>Start with {@link dev.bowline.Context}: it is passed as the first parameter, always named
 * {@code ctx}, to every method that blocks or starts work. Work that is to run at the same time is
 * started in a {@link dev.bowline.TaskGroup}, which ends when all of it has ended.
 */
@CheckReturnValue
@NullMarked
package dev.bowline;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
