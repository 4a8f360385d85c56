package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Attribute.RetentionPolicy;
import com.sun.tools.javac.code.Symbol.CompletionFailure;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;

/** Whether somebody else than its author decides what parameters a method takes. */
public final class FixedSignature {
  /** Packages whose annotations describe a method, and never decide who calls it with what. */
  private static final ImmutableList<String> DESCRIPTIVE =
      ImmutableList.of(
          "java.lang.",
          "javax.annotation.",
          "org.jspecify.",
          "org.checkerframework.",
          "org.jetbrains.annotations.",
          "com.google.errorprone.annotations.",
          "dev.bowline.annotations.");

  private FixedSignature() {}

  /** An annotation that is kept until run time is one that a framework may go by. */
  public static boolean byFramework(MethodSymbol method, VisitorState state) {
    for (Attribute.Compound annotation : method.getRawAttributes()) {
      String name = annotation.type.tsym.getQualifiedName().toString();
      if (DESCRIPTIVE.stream().noneMatch(name::startsWith)
          && state.getTypes().getRetention(annotation) == RetentionPolicy.RUNTIME) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a method overrides or implements another. In code that does not fully compile it may
   * when it says so, or when a type above its class is unknown.
   */
  public static boolean bySupertype(MethodSymbol method, VisitorState state) {
    if (method.isStatic() || method.isConstructor() || method.isPrivate()) {
      return false;
    }
    if (ASTHelpers.hasAnnotation(method, "java.lang.Override", state)) {
      return true;
    }
    try {
      return state.getTypes().closure(method.enclClass().type).stream().anyMatch(Type::isErroneous)
          || !ASTHelpers.findSuperMethods(method, state.getTypes()).isEmpty();
    } catch (CompletionFailure missing) {
      return true;
    }
  }

  /** Whether a method reference in this file names it: then a functional interface decides. */
  public static boolean byReference(MethodSymbol method, VisitorState state) {
    return Occurrences.in(state).of(method).stream()
        .anyMatch(use -> use.getLeaf() instanceof MemberReferenceTree);
  }
}
