package dev.bowline.checks.model;

import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;

/** What the compilation could use, beyond what its sources mention. */
public final class ClassPath {
  private ClassPath() {}

  /** Whether a type is on the class path; found out once per compilation. */
  public static Supplier<Boolean> onClassPath(String type) {
    return VisitorState.memoize(state -> state.getElements().getTypeElement(type) != null);
  }
}
