package dev.bowline.checks.sharing;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.Supertypes;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;

/**
 * What is calculated and kept to save time: when two threads do it at once, both get the same
 * value, and it does not matter whose stays in the map.
 */
final class Memo {
  private static final ImmutableSet<String> PLAIN =
      ImmutableSet.of(
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Character",
          "java.lang.Class",
          "java.lang.Double",
          "java.lang.Float",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Short",
          "java.lang.String",
          "java.lang.invoke.MethodHandle",
          "java.lang.reflect.Constructor",
          "java.lang.reflect.Field",
          "java.lang.reflect.Method",
          "java.lang.reflect.Type",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.net.InetAddress",
          "java.net.InetSocketAddress",
          "java.net.URI",
          "java.net.URL",
          "java.io.File",
          "java.nio.file.Path",
          "java.util.Locale",
          "java.util.Optional",
          "java.util.UUID",
          "java.util.regex.Pattern");

  /** What callers change, or have to end: two of a kind are not as good as one. */
  private static final ImmutableSet<String> STATEFUL =
      ImmutableSet.of(
          "java.lang.AutoCloseable",
          "java.lang.Thread",
          "java.util.concurrent.Executor",
          "java.util.concurrent.Future",
          "java.util.concurrent.Semaphore",
          "java.util.concurrent.CountDownLatch",
          "java.util.concurrent.atomic.AtomicBoolean",
          "java.util.concurrent.atomic.AtomicInteger",
          "java.util.concurrent.atomic.AtomicLong",
          "java.util.concurrent.atomic.AtomicReference",
          "java.util.concurrent.atomic.LongAdder",
          "java.util.concurrent.locks.Lock",
          "java.util.concurrent.locks.ReadWriteLock");

  private static final ImmutableSet<String> CONTAINERS =
      ImmutableSet.of("java.util.Collection", "java.util.Map");

  private static final Pattern CREATES =
      Pattern.compile("(create|new|open|start|connect|make|build|schedule|submit|register).*");

  private static final Pattern CACHE = Pattern.compile("(?i).*(cache|memo).*");

  /** A variable that has the value of a variable is as far as this goes. */
  private static final int DEPTH = 2;

  private Memo() {}

  /** Whether what a put puts is as good as what another thread may put. */
  static boolean is(MethodInvocationTree put, VisitorState state) {
    ExpressionTree map = ASTHelpers.getReceiver(put);
    return !matters(
        put.getArguments().get(1), CACHE.matcher(map.toString()).matches(), DEPTH, state);
  }

  private static boolean matters(
      ExpressionTree value, boolean cache, int depth, VisitorState state) {
    if (value instanceof ParenthesizedTree parenthesized) {
      return matters(parenthesized.getExpression(), cache, depth, state);
    }
    if (value instanceof TypeCastTree cast) {
      return matters(cast.getExpression(), cache, depth, state);
    }
    if (value instanceof ConditionalExpressionTree choice) {
      return matters(choice.getTrueExpression(), cache, depth, state)
          || matters(choice.getFalseExpression(), cache, depth, state);
    }
    Type type = ASTHelpers.getType(value);
    if (value instanceof MethodInvocationTree call) {
      return isOneOf(STATEFUL, type, state)
          || (!cache && !isPlain(type) && CREATES.matcher(Calls.name(call)).matches());
    }
    if (value instanceof NewClassTree || value instanceof NewArrayTree) {
      return !isPlain(type)
          && (!cache || isOneOf(STATEFUL, type, state) || isOneOf(CONTAINERS, type, state));
    }
    VarSymbol variable = Calls.variable(value);
    if (variable != null && variable.getKind() == ElementKind.LOCAL_VARIABLE) {
      return !isPlain(type)
          && depth > 0
          && Occurrences.in(state).expressionsGivenTo(variable).stream()
              .anyMatch(given -> !isNull(given) && matters(given, cache, depth - 1, state));
    }
    return !(value instanceof BinaryTree) && !(value instanceof UnaryTree);
  }

  private static boolean isNull(ExpressionTree value) {
    return value instanceof LiteralTree && value.getKind() == Tree.Kind.NULL_LITERAL;
  }

  private static boolean isPlain(Type type) {
    return type != null
        && (type.isPrimitive()
            || type.tsym.getKind() == ElementKind.ENUM
            || PLAIN.contains(type.tsym.getQualifiedName().toString()));
  }

  private static boolean isOneOf(ImmutableSet<String> names, Type type, VisitorState state) {
    return type != null
        && Supertypes.any(type, each -> names.contains(each.getQualifiedName().toString()), state);
  }
}
