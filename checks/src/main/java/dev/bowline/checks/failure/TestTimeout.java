package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.util.Name;
import dev.bowline.checks.model.Supertypes;

/** Whether a test framework ends a test that takes too long. */
final class TestTimeout {
  private static final ImmutableSet<String> TIMEOUTS =
      ImmutableSet.of("org.junit.jupiter.api.Timeout");

  /** The tests' own annotations, with an attribute for it. */
  private static final ImmutableSet<String> TESTS =
      ImmutableSet.of("org.junit.Test", "org.testng.annotations.Test");

  private TestTimeout() {}

  /**
   * Whether the code is in a method or a class with a time limit. What is no test itself has the
   * limit of the tests around it.
   */
  static boolean bounds(TreePath code, VisitorState state) {
    boolean inTest = false;
    for (Tree tree : code) {
      if (tree instanceof MethodTree method) {
        inTest |= isTest(ASTHelpers.getSymbol(method));
      }
      if ((tree instanceof MethodTree || tree instanceof ClassTree)
          && isBounded(ASTHelpers.getSymbol(tree), state)) {
        return true;
      }
      if (tree instanceof ClassTree type && !inTest && hasBoundedMethod(type, state)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasBoundedMethod(ClassTree type, VisitorState state) {
    return type.getMembers().stream()
        .anyMatch(
            member ->
                member instanceof MethodTree && isBounded(ASTHelpers.getSymbol(member), state));
  }

  private static boolean isTest(Symbol method) {
    return method != null
        && method.getRawAttributes().stream()
            .anyMatch(each -> each.type.tsym.getSimpleName().contentEquals("Test"));
  }

  private static boolean isBounded(Symbol symbol, VisitorState state) {
    if (symbol == null) {
      return false;
    }
    for (Attribute.Compound annotation : symbol.getRawAttributes()) {
      String name = annotation.type.tsym.getQualifiedName().toString();
      if (TIMEOUTS.contains(name) || (TESTS.contains(name) && hasTimeout(annotation))) {
        return true;
      }
    }
    return symbol instanceof ClassSymbol type
        && Supertypes.any(type.type, TestTimeout::hasRule, state);
  }

  private static boolean hasTimeout(Attribute.Compound test) {
    return test.values.stream().anyMatch(value -> isTimeout(value.fst.getSimpleName()));
  }

  private static boolean isTimeout(Name name) {
    return name.toString().equalsIgnoreCase("timeout");
  }

  /** {@code @Rule public Timeout limit = Timeout.seconds(10);}. */
  private static boolean hasRule(Symbol type) {
    for (Symbol member : type.members().getSymbols()) {
      if (member instanceof VarSymbol
          && member.type.tsym != null
          && member.type.tsym.getQualifiedName().contentEquals("org.junit.rules.Timeout")) {
        return true;
      }
    }
    return false;
  }
}
