package dev.bowline.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Whoever holds this takes over the obligation that comes with the value: to close, join, release
 * or shut it down.
 *
 * <p>On a parameter, the called method takes it over; on a method, its caller; on a field, the
 * class.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.LOCAL_VARIABLE})
public @interface Owning {}
