package dev.bowline.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Time itself is what this test tests, so it has to pass.
 *
 * <p>Silences {@code SleepInTest} and {@code UntimedWaitInTest} in the declaration that carries it,
 * and in all that is nested in it.
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
public @interface WaitsOnPurpose {
  /** Why this is right here; a blank reason is reported as {@code ReasonMissing}. */
  String reason();
}
