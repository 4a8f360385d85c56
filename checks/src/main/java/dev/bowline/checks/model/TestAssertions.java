package dev.bowline.checks.model;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Type;
import java.util.Optional;
import java.util.function.Predicate;

/** How the file at hand writes an assertion: with the library that its imports tell. */
public final class TestAssertions {
  /** Where assertTrue and its like come from, by the imports of the frameworks. */
  private static final ImmutableMap<String, String> BY_FRAMEWORK =
      ImmutableMap.of(
          "org.junit.jupiter.", "org.junit.jupiter.api.Assertions",
          "org.testng.", "org.testng.Assert",
          "org.junit.", "org.junit.Assert");

  /** Libraries whose assertions all start with assertThat. */
  private static final ImmutableSet<String> FLUENT =
      ImmutableSet.of(
          "org.assertj.core.api.Assertions.assertThat", "com.google.common.truth.Truth.assertThat");

  private static final Supplier<Type> JUNIT3 =
      VisitorState.memoize(state -> state.getTypeFromString("junit.framework.TestCase"));

  private TestAssertions() {}

  /**
   * An assertion on an expression; empty where none is sure to compile.
   *
   * @param what {@code True}, {@code False} or {@code NotNull}
   * @param fix is given the import that the assertion needs
   */
  public static Optional<String> write(
      String what, String expression, SuggestedFix.Builder fix, VisitorState state) {
    String name = "assert" + what;
    String plain = name + "(" + expression + ")";
    if (isJUnit3(state)) {
      return Optional.of(plain);
    }
    if (isStaticallyImported(each -> each.endsWith("." + name), state)) {
      return isOwnMethod(name, state) ? Optional.empty() : Optional.of(plain);
    }
    if (isStaticallyImported(FLUENT::contains, state)) {
      return isOwnMethod("assertThat", state)
          ? Optional.empty()
          : Optional.of("assertThat(%s).is%s()".formatted(expression, what));
    }
    Optional<String> owner = frameworkAssertions(state);
    if (owner.isEmpty() || isOwnMethod(name, state)) {
      return Optional.empty();
    }
    fix.addStaticImport(owner.get() + "." + name);
    return Optional.of(plain);
  }

  /** What JUnit 3 lets a test inherit is static, and in sight of what is nested in the test. */
  private static boolean isJUnit3(VisitorState state) {
    Type junit3 = JUNIT3.get(state);
    if (junit3 != null) {
      for (Tree tree : state.getPath()) {
        if (tree instanceof ClassTree type
            && ASTHelpers.isSubtype(ASTHelpers.getType(type), junit3, state)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isStaticallyImported(Predicate<String> method, VisitorState state) {
    return state.getPath().getCompilationUnit().getImports().stream()
        .anyMatch(each -> each.isStatic() && method.test(each.getQualifiedIdentifier().toString()));
  }

  private static Optional<String> frameworkAssertions(VisitorState state) {
    for (ImportTree each : state.getPath().getCompilationUnit().getImports()) {
      String imported = each.getQualifiedIdentifier().toString();
      for (String prefix : BY_FRAMEWORK.keySet()) {
        if (imported.startsWith(prefix)) {
          return Optional.of(BY_FRAMEWORK.get(prefix));
        }
      }
    }
    return Optional.empty();
  }

  /** A method of that name in a class around the code hides every import of it. */
  private static boolean isOwnMethod(String name, VisitorState state) {
    for (Tree tree : state.getPath()) {
      if (tree instanceof ClassTree type
          && Supertypes.any(
              ASTHelpers.getSymbol(type).type,
              each -> each.members().findFirst(state.getName(name)) != null,
              state)) {
        return true;
      }
    }
    return false;
  }
}
