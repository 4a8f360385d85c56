package dev.bowline.checks.testcode;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.TypeSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Supertypes;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What finds threads that tests leave behind. There are several, and houses have their own, but all
 * of them say in their name what they look for.
 */
final class LeakDetectors {
  private static final Pattern NAME =
      Pattern.compile(
          ".*(thread_?s?_?leak|(leak(ed|ing|y)?|dangling|lingering|stray|unexpected)_?thread).*",
          Pattern.CASE_INSENSITIVE);

  /** Looks for threads unless it is told not to. */
  private static final String RANDOMIZED_RUNNER =
      "com.carrotsearch.randomizedtesting.RandomizedRunner";

  /** Types that a house names as its detectors, or that bring one along. */
  private final ImmutableSet<String> named;

  LeakDetectors(ErrorProneFlags flags) {
    named = flags.getSetOrEmpty("LeakCheckMissing:Detectors");
  }

  boolean areNamed() {
    return !named.isEmpty();
  }

  /** Whether a class, what is nested in it, what it extends, or its package has one. */
  boolean watch(ClassTree tree, VisitorState state) {
    ClassSymbol type = ASTHelpers.getSymbol(tree);
    return isAnnotated(type.packge(), new HashSet<>())
        || Supertypes.any(type.type, this::isOrHasOne, state)
        || mentionsOne(tree);
  }

  private boolean isOrHasOne(TypeSymbol type) {
    if (isOne(type) || isAnnotated(type, new HashSet<>())) {
      return true;
    }
    for (Symbol member : type.members().getSymbols()) {
      if (member instanceof VarSymbol field && isOne(field.type.tsym)) {
        return true;
      }
    }
    return false;
  }

  private boolean mentionsOne(ClassTree type) {
    boolean[] found = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree tree, Void unused) {
        note(tree);
        return super.visitMethod(tree, null);
      }

      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        note(tree);
        return null;
      }

      @Override
      public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
        note(tree);
        return super.visitMemberSelect(tree, null);
      }

      @Override
      public Void visitMemberReference(MemberReferenceTree tree, Void unused) {
        note(tree);
        return super.visitMemberReference(tree, null);
      }

      private void note(Tree tree) {
        Symbol symbol = ASTHelpers.getSymbol(tree);
        found[0] |=
            symbol instanceof MethodSymbol method
                ? isNamedForIt(method) || isOne(method.enclClass())
                : symbol instanceof TypeSymbol mentioned
                    && (isOne(mentioned) || isAnnotation(mentioned));
      }

      private boolean isAnnotation(TypeSymbol mentioned) {
        return mentioned instanceof ClassSymbol
            && mentioned.isAnnotationType()
            && isAnnotated(mentioned, new HashSet<>());
      }
    }.scan(type, null);
    return found[0];
  }

  /** Whether an annotation is one, names one as an extension or a runner, or is composed so. */
  private boolean isAnnotated(Symbol symbol, Set<TypeSymbol> seen) {
    for (Attribute.Compound annotation : symbol.getRawAttributes()) {
      TypeSymbol type = annotation.type.tsym;
      if (isOne(type)
          || annotation.getElementValues().values().stream().anyMatch(this::namesOne)
          || (seen.add(type) && isAnnotated(type, seen))) {
        return true;
      }
    }
    return false;
  }

  private boolean namesOne(Attribute value) {
    if (value instanceof Attribute.Array array) {
      for (Attribute each : array.values) {
        if (namesOne(each)) {
          return true;
        }
      }
      return false;
    }
    return value instanceof Attribute.Class type
        ? isOne(type.classType.tsym)
        : value instanceof Attribute.Compound annotation
            && annotation.getElementValues().values().stream().anyMatch(this::namesOne);
  }

  private boolean isOne(TypeSymbol type) {
    String name = type.getQualifiedName().toString();
    return isNamedForIt(type) || name.equals(RANDOMIZED_RUNNER) || named.contains(name);
  }

  private static boolean isNamedForIt(Symbol symbol) {
    return NAME.matcher(symbol.getSimpleName()).matches();
  }
}
