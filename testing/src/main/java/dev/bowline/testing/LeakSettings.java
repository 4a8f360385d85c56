package dev.bowline.testing;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link NoThreadLeaks} says in all the places that count for a test or a class. */
final class LeakSettings {
  private static final long DEFAULT_LINGER_MILLIS = 1000;

  /** Nearest first. */
  private final Set<NoThreadLeaks> annotations = new LinkedHashSet<>();

  private LeakSettings() {}

  static LeakSettings of(ExtensionContext context) {
    LeakSettings settings = new LeakSettings();
    context.getTestMethod().ifPresent(settings::add);
    context.getTestClass().ifPresent(settings::addClass);
    return settings;
  }

  static boolean isOn(@Nullable Method method) {
    return AnnotationSupport.isAnnotated(method, NoThreadLeaks.class);
  }

  boolean checksMethods() {
    return nearest(NoThreadLeaks::scope, NoThreadLeaks.Scope.CLASS) == NoThreadLeaks.Scope.METHOD;
  }

  NoThreadLeaks.AfterLeak afterLeak() {
    return nearest(NoThreadLeaks::afterLeak, NoThreadLeaks.AfterLeak.REPORT);
  }

  boolean runsOnFailure() {
    return nearest(NoThreadLeaks::runOnFailure, false);
  }

  LeakSearch search() {
    LeakSearch search = new LeakSearch();
    search.linger(Duration.ofMillis(nearest(NoThreadLeaks::lingerMillis, DEFAULT_LINGER_MILLIS)));
    ignoreIn(search);
    return search;
  }

  /** Has the search leave out what the annotations say. */
  void ignoreIn(LeakSearch search) {
    for (NoThreadLeaks annotation : annotations) {
      for (String regex : annotation.ignoreNames()) {
        search.ignoreNames(Pattern.compile(regex));
      }
      for (String method : annotation.ignoreFrames()) {
        search.ignore((LiveThread live) -> live.isIn(method));
      }
      for (Class<? extends Predicate<Thread>> type : annotation.ignore()) {
        Predicate<Thread> filter = make(type);
        search.ignore((LiveThread live) -> live.thread() != null && filter.test(live.thread()));
      }
    }
  }

  private <T> T nearest(Function<NoThreadLeaks, T> setting, T otherwise) {
    for (NoThreadLeaks annotation : annotations) {
      T value = setting.apply(annotation);
      if (!value.equals(otherwise)) {
        return value;
      }
    }
    return otherwise;
  }

  private void addClass(Class<?> type) {
    for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
      for (Class<?> parent = outer; parent != null; parent = parent.getSuperclass()) {
        add(parent);
      }
    }
    add(type.getPackage());
  }

  private void add(@Nullable AnnotatedElement place) {
    AnnotationSupport.findAnnotation(place, NoThreadLeaks.class).ifPresent(annotations::add);
  }

  private static Predicate<Thread> make(Class<? extends Predicate<Thread>> type) {
    try {
      Constructor<? extends Predicate<Thread>> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new ExtensionConfigurationException(
          "no instance of the filter " + type.getName() + "; it needs a constructor ()", e);
    }
  }
}
