package dev.bowline.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * This field, or the fields of this type, keep a context on purpose: the object lives no longer
 * than the request, say.
 *
 * <p>Silences {@code StoredContext} in the declaration that carries it, and in all that is nested
 * in it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({
  ElementType.PACKAGE,
  ElementType.TYPE,
  ElementType.FIELD,
  ElementType.METHOD,
  ElementType.CONSTRUCTOR
})
public @interface HoldsContext {
  /** Why this is right here; a blank reason is reported as {@code ReasonMissing}. */
  String reason();
}
