package dev.bowline.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of this class, or this test, leave no thread and no task behind; they fail if they do.
 * So does a test from whose threads an exception escapes.
 *
 * <pre>
 * {@literal @}NoThreadLeaks(ignoreNames = "metrics-[0-9]+")
 * class OrderTest { ... }
 * </pre>
 *
 * <p>What is ignored adds up over the method, its class, the superclasses, the classes and the
 * package around them. Of the other settings the nearest one counts that is not the default.
 *
 * <p>On a package it sets what tests in it ignore. To check them it has to be on the classes, or
 * {@link ThreadLeakExtension} has to be registered for all tests.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PACKAGE})
@ExtendWith(ThreadLeakExtension.class)
public @interface NoThreadLeaks {
  /** When to look. On a method the annotation always looks after that method. */
  Scope scope() default Scope.CLASS;

  /** How long threads may take to end, in milliseconds. */
  long lingerMillis() default 1000;

  /**
   * Names of threads that may stay, as regular expressions that match all of the name; those of
   * tasks, too, which are called {@code group/task}.
   */
  String[] ignoreNames() default {};

  /** Threads in one of these methods may stay; given as {@code pkg.Cls.method}. */
  String[] ignoreFrames() default {};

  /**
   * Threads that one of these methods has started, itself or through what it called, may stay;
   * given as {@code pkg.Cls.method}.
   */
  String[] ignoreCreators() default {};

  /**
   * Filters of platform threads that may stay. A filter is a class with a constructor without
   * parameters; it need not be public.
   */
  Class<? extends Predicate<Thread>>[] ignore() default {};

  /** What to do when the leak has been found. */
  AfterLeak afterLeak() default AfterLeak.REPORT;

  /** Whether to report leaks of a test that has failed anyway. */
  boolean runOnFailure() default false;

  /** When to look for leaks. */
  enum Scope {
    /** After all tests of the class and of those nested in it. */
    CLASS,
    /**
     * After every test, too. A pool that grows while a test uses it is a leak of that test then.
     */
    METHOD
  }

  /** What to do with what was found, after the test has failed for it. */
  enum AfterLeak {
    /** Nothing. It is reported once, and not charged to later tests. */
    REPORT,
    /**
     * Interrupt the platform threads and cancel the tasks, and give them up to three seconds to
     * end.
     */
    INTERRUPT,
    /** Skip all tests that follow and are checked for leaks. */
    ABORT_RUN
  }
}
