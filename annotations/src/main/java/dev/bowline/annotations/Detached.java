package dev.bowline.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * This thread, task or executor outlives the code that creates it on purpose.
 *
 * <p>Silences {@code ThreadNotJoined}, {@code ExecutorNotShutDown}, {@code FutureUnobserved},
 * {@code ScheduledTaskMayDie} and {@code LeakCheckMissing} in the declaration that carries it, and
 * in all that is nested in it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({
  ElementType.PACKAGE,
  ElementType.TYPE,
  ElementType.FIELD,
  ElementType.METHOD,
  ElementType.CONSTRUCTOR,
  ElementType.PARAMETER,
  ElementType.LOCAL_VARIABLE
})
public @interface Detached {
  /** Why this is right here; a blank reason is reported as {@code ReasonMissing}. */
  String reason();
}
