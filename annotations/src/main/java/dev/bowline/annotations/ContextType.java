package dev.bowline.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Instances of this type, and of its subtypes, are contexts: they carry a deadline, a stop signal
 * or request-scoped values down a call chain, and the rules on contexts apply to them.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE})
public @interface ContextType {}
