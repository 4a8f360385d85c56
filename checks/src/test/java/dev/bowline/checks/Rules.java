package dev.bowline.checks;

import com.google.errorprone.bugpatterns.BugChecker;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** All rules that the build registers, by name. */
final class Rules {
  private Rules() {}

  static List<Class<? extends BugChecker>> all() {
    return ServiceLoader.load(BugChecker.class).stream()
        .<Class<? extends BugChecker>>map(ServiceLoader.Provider::type)
        .filter(type -> type.getPackageName().startsWith("dev.bowline."))
        .sorted(Comparator.comparing(Class::getSimpleName))
        .toList();
  }
}
