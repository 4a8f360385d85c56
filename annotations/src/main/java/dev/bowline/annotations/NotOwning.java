package dev.bowline.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Whoever holds this merely uses the value: the obligation to close, join, release or shut it down
 * stays where it was.
 *
 * <p>On a parameter, it stays with the caller; on a method, with the called object; on a field,
 * with whoever set it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.LOCAL_VARIABLE})
public @interface NotOwning {}
