package dev.bowline.testing;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What {@link NoThreadLeaks} says in all the places that count for a test or a class, and what the
 * parameters of JUnit say for all of them.
 */
final class LeakSettings {
  /** Parameter of JUnit: a regular expression for names of threads that may stay in any test. */
  static final String NAMES = "bowline.leaks.ignoreNames";

  /** Parameter of JUnit: methods, with commas between them, in which threads may stay. */
  static final String FRAMES = "bowline.leaks.ignoreFrames";

  /** Parameter of JUnit: methods, with commas between them, whose threads may stay. */
  static final String CREATORS = "bowline.leaks.ignoreCreators";

  private static final long DEFAULT_LINGER_MILLIS = 1000;

  /** Nearest first. */
  private final Set<NoThreadLeaks> annotations = new LinkedHashSet<>();

  private final List<Pattern> names = new ArrayList<>();
  private final List<String> frames = new ArrayList<>();
  private final List<String> creators = new ArrayList<>();

  private LeakSettings() {}

  static LeakSettings of(ExtensionContext context) {
    LeakSettings settings = new LeakSettings();
    context.getTestMethod().ifPresent(settings::add);
    context.getTestClass().ifPresent(settings::addClass);
    for (NoThreadLeaks annotation : settings.annotations) {
      for (String regex : annotation.ignoreNames()) {
        settings.names.add(pattern("@NoThreadLeaks(ignoreNames)", regex));
      }
      settings.frames.addAll(List.of(annotation.ignoreFrames()));
      settings.creators.addAll(List.of(annotation.ignoreCreators()));
    }
    settings.addParameters(context::getConfigurationParameter);
    return settings;
  }

  /** What the parameters of JUnit say, for all tests. */
  static LeakSettings ofRun(Function<String, Optional<String>> parameters) {
    LeakSettings settings = new LeakSettings();
    settings.addParameters(parameters);
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

  /** Has the search leave out what may stay. */
  void ignoreIn(LeakSearch search) {
    names.forEach(search::ignoreNames);
    for (String method : frames) {
      search.ignore((LiveThread live) -> live.isIn(method));
    }
    for (String method : creators) {
      search.ignore((LiveThread live) -> ThreadStarts.isBy(live, method));
    }
    for (NoThreadLeaks annotation : annotations) {
      for (Class<? extends Predicate<Thread>> type : annotation.ignore()) {
        Predicate<Thread> filter = make(type);
        search.ignore((LiveThread live) -> live.thread() != null && filter.test(live.thread()));
      }
    }
  }

  private void addParameters(Function<String, Optional<String>> parameters) {
    parameters.apply(NAMES).ifPresent(regex -> names.add(pattern(NAMES, regex)));
    parameters.apply(FRAMES).ifPresent(methods -> addMethods(methods, frames));
    parameters.apply(CREATORS).ifPresent(methods -> addMethods(methods, creators));
  }

  private static void addMethods(String methods, List<String> to) {
    to.addAll(List.of(methods.strip().split("\\s*,\\s*")));
  }

  private static Pattern pattern(String setting, String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new ExtensionConfigurationException(
          setting + " is no regular expression: " + e.getMessage(), e);
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
