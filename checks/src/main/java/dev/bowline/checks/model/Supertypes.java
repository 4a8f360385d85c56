package dev.bowline.checks.model;

import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Symbol.CompletionFailure;
import com.sun.tools.javac.code.Symbol.TypeSymbol;
import com.sun.tools.javac.code.Type;
import java.util.Optional;
import java.util.function.Predicate;

/** A type and all that it extends and implements. */
public final class Supertypes {
  private Supertypes() {}

  /** Whether the type itself, or one of its supertypes, satisfies the condition. */
  public static boolean any(Type type, Predicate<TypeSymbol> condition, VisitorState state) {
    return nearest(type, condition, state).isPresent();
  }

  /** The type itself if it satisfies the condition, or a supertype that does, subtypes first. */
  public static Optional<TypeSymbol> nearest(
      Type type, Predicate<TypeSymbol> condition, VisitorState state) {
    try {
      for (Type supertype : state.getTypes().closure(type)) {
        if (condition.test(supertype.tsym)) {
          return Optional.of(supertype.tsym);
        }
      }
    } catch (CompletionFailure missing) {
      // A supertype that this compilation can do without is not on the class path.
    }
    return Optional.empty();
  }
}
