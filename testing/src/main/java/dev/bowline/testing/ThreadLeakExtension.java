package dev.bowline.testing;

import java.lang.reflect.Method;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Fails tests that leave threads or tasks behind, or from whose threads an exception escapes.
 *
 * <p>{@link NoThreadLeaks} registers it for a class or a test. JUnit registers it for all tests
 * when it runs with {@code junit.jupiter.extensions.autodetection.enabled=true}.
 *
 * <p>The configuration parameter or system property {@code bowline.leaks} says when it looks where
 * no annotation says more: {@code class} (the default), {@code method}, or {@code jvm} for not at
 * all; {@code off} turns it off for annotated tests, too.
 *
 * <p>What may stay in all tests can be given as {@code bowline.leaks.ignoreNames}, one regular
 * expression that has to match all of a name, {@code bowline.leaks.ignoreFrames} and {@code
 * bowline.leaks.ignoreCreators}, methods as {@code pkg.Cls.method} with commas between them.
 *
 * <p>A check begins before the test's instance is made or the class's {@code @BeforeAll} methods
 * run, and ends after all {@code @AfterEach} or {@code @AfterAll} methods and extensions.
 *
 * <p>When JUnit runs tests in parallel a test or class answers only for threads that it has
 * certainly started, itself or through its threads. Those that can be charged to none fail the run
 * as a whole when it ends, if JUnit has registered the extension for all tests and none has failed.
 */
public final class ThreadLeakExtension
    implements ExecutionCondition,
        BeforeAllCallback,
        TestInstancePreConstructCallback,
        BeforeEachCallback,
        TestWatcher {
  static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(ThreadLeakExtension.class);

  /**
   * What was there before the instance of the test was made that this thread is about to run: until
   * JUnit 5.12 an extension is not told which test that is.
   */
  private static final ThreadLocal<@Nullable Baseline> BEFORE_INSTANCE = new ThreadLocal<>();

  /** For JUnit. */
  public ThreadLeakExtension() {}

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String aborter = LeakRun.of(context).aborter();
    if (aborter != null) {
      return ConditionEvaluationResult.disabled("the run was aborted after a leak of " + aborter);
    }
    if (context.getTestClass().isPresent() && context.getTestMethod().isEmpty()) {
      // JUnit closes first what came last: what extensions before this one put there, too.
      beginClass(context);
    }
    return ConditionEvaluationResult.enabled(null);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    beginClass(context);
  }

  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext factory, ExtensionContext context) {
    boolean ofClass =
        context.getTestInstanceLifecycle().orElse(Lifecycle.PER_METHOD) == Lifecycle.PER_CLASS;
    boolean first = factory.getOuterInstance().isEmpty() || BEFORE_INSTANCE.get() == null;
    if (!ofClass && first) {
      BEFORE_INSTANCE.set(Baseline.cheap());
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Baseline baseline = BEFORE_INSTANCE.get();
    BEFORE_INSTANCE.remove();
    Mode mode = Mode.of(context);
    if (mode == Mode.OFF) {
      return;
    }
    context
        .getStore(STORE)
        .getOrComputeIfAbsent(
            TestScope.class,
            any -> begin(context, baseline == null ? Baseline.cheap() : baseline, mode));
  }

  /** What it may have left is not reported after its class, and those around it, then. */
  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    LeakRun.of(context).failed();
    context
        .getParent() // the store of the test is closed by now
        .map(parent -> parent.getStore(STORE).get(LeakCheck.class, LeakCheck.class))
        .ifPresent(LeakCheck::testFailed);
  }

  /** The check of a class with those nested in it, unless it is nested in one that is checked. */
  private static void beginClass(ExtensionContext context) {
    Mode mode = Mode.of(context);
    if (!mode.looksAfterClasses()) {
      return;
    }
    UncaughtExceptions.listen();
    context
        .getStore(STORE)
        .getOrComputeIfAbsent(
            LeakCheck.class,
            any -> {
              TestScope scope = new TestScope(simpleName(context.getRequiredTestClass()), null);
              LeakSettings settings = LeakSettings.of(context);
              LeakRun.of(context).begun(settings);
              Baseline baseline = Baseline.full();
              return new LeakCheck(scope, baseline, Origin.enter(scope), settings, context);
            });
  }

  private static LeakCheck begin(ExtensionContext context, Baseline baseline, Mode mode) {
    UncaughtExceptions.listen();
    Method method = context.getRequiredTestMethod();
    LeakSettings settings = LeakSettings.of(context);
    LeakCheck ofClass = context.getStore(STORE).get(LeakCheck.class, LeakCheck.class);
    boolean saysItself = LeakSettings.isOn(method);
    if (saysItself) {
      LeakRun.of(context).begun(settings);
      if (ofClass != null) {
        ofClass.alsoIgnore(settings);
      }
    }
    boolean looks = mode == Mode.METHOD || settings.checksMethods() || saysItself;
    TestScope scope =
        new TestScope(
            simpleName(context.getRequiredTestClass()) + "." + method.getName(),
            ofClass == null ? null : ofClass.scope());
    return new LeakCheck(scope, baseline, Origin.enter(scope), looks ? settings : null, context);
  }

  /** As people call it: nested classes with those around them. */
  private static String simpleName(Class<?> type) {
    String name = type.getName();
    return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
  }

  /** What {@code bowline.leaks} says. */
  enum Mode {
    OFF,
    JVM,
    CLASS,
    METHOD;

    boolean looksAfterClasses() {
      return this == CLASS || this == METHOD;
    }

    static Mode of(ExtensionContext context) {
      String value = context.getConfigurationParameter("bowline.leaks").orElse("class");
      try {
        return valueOf(value.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new ExtensionConfigurationException(
            "bowline.leaks=" + value + " is none of class, method, jvm, off", e);
      }
    }
  }
}
