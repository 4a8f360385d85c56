package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.TypeSymbol;
import com.sun.tools.javac.code.Type;
import java.util.regex.Pattern;

/**
 * Whether something ends a test that hangs. Names decide: a framework or a house that bounds its
 * tests says "timeout" somewhere, and where it does, we had better believe it.
 */
public final class TestTimeouts {
  private static final Pattern TIMEOUT = Pattern.compile("(?i).*(time_?out|timed|deadline).*");

  /** Fields and methods that a runner takes for something to put around its tests. */
  private static final ImmutableSet<String> RULES =
      ImmutableSet.of(
          "org.junit.ClassRule",
          "org.junit.Rule",
          "org.junit.jupiter.api.extension.RegisterExtension");

  private static final MethodTable AWAITILITY =
      MethodTable.of(ImmutableList.of("org.awaitility.core.ConditionFactory#until*"));

  private TestTimeouts() {}

  /** Whether the test, its class, a class around it or above it has a bound. */
  public static boolean bound(MethodSymbol test, VisitorState state) {
    if (isAnnotated(test)) {
      return true;
    }
    for (Symbol each = test.owner; each != null; each = each.owner) {
      if (each instanceof ClassSymbol type
          && Supertypes.any(type.type, TestTimeouts::isBounded, state)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a bound may end this code: that of the test that it is in or, for a helper, that of any
   * test of its class.
   */
  public static boolean mayBound(TreePath code, VisitorState state) {
    boolean inTest = false;
    for (Tree tree : code) {
      if (tree instanceof MethodTree method) {
        MethodSymbol symbol = ASTHelpers.getSymbol(method);
        if (bound(symbol, state)) {
          return true;
        }
        inTest |= TestCode.isTest(symbol, state);
      }
      if (tree instanceof ClassTree type
          && !inTest
          && type.getMembers().stream()
              .anyMatch(
                  member ->
                      member instanceof MethodTree && isAnnotated(ASTHelpers.getSymbol(member)))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the code stands in the body of {@code assertTimeoutPreemptively}, of a condition that
   * Awaitility asks, or the like.
   */
  public static boolean boundsCode(VisitorState state) {
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof MethodTree) {
        return false;
      }
      if ((tree instanceof LambdaExpressionTree || tree instanceof MemberReferenceTree)
          && path.getParentPath().getLeaf() instanceof MethodInvocationTree call
          && (AWAITILITY.contains(ASTHelpers.getSymbol(call), state)
              || TIMEOUT.matcher(ASTHelpers.getSymbol(call).getSimpleName()).matches())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBounded(TypeSymbol type) {
    if (isAnnotated(type)) {
      return true;
    }
    for (Symbol member : type.members().getSymbols()) {
      if (isRule(member)
          && (says(member) || says(member.type.tsym) || says(member.type.getReturnType()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRule(Symbol member) {
    for (Attribute.Compound annotation : member.getRawAttributes()) {
      if (RULES.contains(annotation.type.tsym.getQualifiedName().toString())) {
        return true;
      }
    }
    return false;
  }

  private static boolean says(Type type) {
    return type != null && type.tsym != null && says(type.tsym);
  }

  private static boolean says(Symbol symbol) {
    return TIMEOUT.matcher(symbol.getSimpleName()).matches();
  }

  /** {@code @Timeout}, {@code @Test(timeout = …)}, or an annotation composed of such. */
  private static boolean isAnnotated(Symbol symbol) {
    for (Attribute.Compound annotation : symbol.getRawAttributes()) {
      if (isTimeout(annotation)
          || annotation.type.tsym.getRawAttributes().stream().anyMatch(TestTimeouts::isTimeout)
          || hasTimeoutExtension(annotation)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTimeout(Attribute.Compound annotation) {
    return says(annotation.type.tsym)
        || annotation.values.stream()
            .anyMatch(
                pair ->
                    says(pair.fst)
                        && pair.snd.getValue() instanceof Number time
                        && time.longValue() > 0);
  }

  /** {@code @ExtendWith(TimeoutExtension.class)}. */
  private static boolean hasTimeoutExtension(Attribute.Compound annotation) {
    return annotation.type.tsym.getSimpleName().contentEquals("ExtendWith")
        && TIMEOUT.matcher(annotation.values.toString()).matches();
  }
}
