package dev.bowline.checks.model;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.TypeSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import java.util.HashMap;
import java.util.Map;

/**
 * Which types are contexts: they carry a deadline, a stop signal or request-scoped values down a
 * call chain. By fully qualified name, with subtypes; a servlet's, a naming or an application
 * context is none.
 */
public final class ContextTypes {
  private static final ImmutableSet<String> KNOWN =
      ImmutableSet.of("dev.bowline.Context", "io.grpc.Context", "io.opentelemetry.context.Context");

  private static final ImmutableSet<String> HOMES =
      ImmutableSet.of("dev.bowline", "io.grpc", "io.opentelemetry.context");

  /** Types that carry contexts from one thread or call to the next: they have to hold them. */
  private static final ImmutableSet<String> CARRIERS =
      ImmutableSet.of(
          "io.grpc.Context.Storage",
          "io.opentelemetry.context.ContextStorage",
          "io.opentelemetry.context.ContextStorageProvider",
          "io.opentelemetry.context.Scope");

  private static final String ANNOTATION = "dev.bowline.annotations.ContextType";

  private final ImmutableSet<String> names;
  private final Supplier<Map<TypeSymbol, Boolean>> answers =
      VisitorState.memoize(state -> new HashMap<>());

  /**
   * @param flags {@code -XepOpt:Bowline:ContextTypes=} names more types, by fully qualified name
   */
  public ContextTypes(ErrorProneFlags flags) {
    names =
        ImmutableSet.<String>builder()
            .addAll(KNOWN)
            .addAll(flags.getListOrEmpty("Bowline:ContextTypes"))
            .build();
  }

  /** Whether values of this type are contexts; a type variable is what its bound is. */
  public boolean isContext(Type type, VisitorState state) {
    if (type == null || type.isErroneous()) {
      return false;
    }
    Type bound = ASTHelpers.getUpperBound(type, state.getTypes());
    if (!bound.hasTag(TypeTag.CLASS)) {
      return false;
    }
    // Not computeIfAbsent: completing a class can ask about another one.
    Boolean known = answers.get(state).get(bound.tsym);
    if (known == null) {
      known = hasSupertype(bound, names, state);
      answers.get(state).put(bound.tsym, known);
    }
    return known;
  }

  /**
   * Whether the code at hand is part of a context type, or of a type whose work is to carry
   * contexts.
   */
  public boolean isContextMachinery(VisitorState state) {
    ExpressionTree packageName = state.getPath().getCompilationUnit().getPackageName();
    if (packageName != null && HOMES.contains(packageName.toString())) {
      return true;
    }
    for (Tree tree : state.getPath()) {
      if (tree instanceof ClassTree) {
        Type type = ASTHelpers.getType(tree);
        if (type != null && (isContext(type, state) || hasSupertype(type, CARRIERS, state))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasSupertype(Type type, ImmutableSet<String> names, VisitorState state) {
    return Supertypes.any(
        type,
        supertype ->
            names.contains(supertype.getQualifiedName().toString()) || isAnnotated(supertype),
        state);
  }

  private static boolean isAnnotated(Symbol type) {
    return type.getRawAttributes().stream()
        .anyMatch(mirror -> mirror.type.tsym.getQualifiedName().contentEquals(ANNOTATION));
  }
}
