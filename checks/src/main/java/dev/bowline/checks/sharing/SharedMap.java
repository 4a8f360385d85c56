package dev.bowline.checks.sharing;

import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.RunSite;
import dev.bowline.checks.model.RunSites;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;

/** Maps that several threads may use at the same time. */
final class SharedMap {
  private static final Supplier<Type> CONCURRENT_MAP =
      VisitorState.memoize(state -> state.getTypeFromString("java.util.concurrent.ConcurrentMap"));

  private static final Supplier<Type> MAP =
      VisitorState.memoize(state -> state.getTypeFromString("java.util.Map"));

  private static final Supplier<Type> THREAD_LOCAL =
      VisitorState.memoize(state -> state.getTypeFromString("java.lang.ThreadLocal"));

  private static final Pattern REMOVES = Pattern.compile("remove.*|compute|computeIfPresent");
  private static final Pattern STREAM = Pattern.compile("\\.stream\\(");
  private static final Pattern PARALLEL = Pattern.compile("\\.parallel(Stream)?\\(");
  private static final Pattern VIEW = Pattern.compile("keySet|values|entrySet");

  private final RunSites sites;

  SharedMap(ErrorProneFlags flags) {
    sites = new RunSites(flags);
  }

  /** Whether this expression can be a map at all: the cheap question. */
  static boolean mayBe(ExpressionTree receiver, VisitorState state) {
    return isSubtype(ASTHelpers.getType(receiver), MAP.get(state), state);
  }

  /** Whether it is a concurrent map, and not one that this method alone has. */
  boolean is(ExpressionTree receiver, VisitorState state) {
    VarSymbol symbol = Calls.variable(receiver);
    if (symbol != null && Exclusive.isAnnotated(symbol)) {
      return false;
    }
    return isConcurrent(receiver, state)
        && !(symbol != null
            && symbol.getKind() == ElementKind.LOCAL_VARIABLE
            && isConfined(symbol, state));
  }

  private static boolean isConcurrent(ExpressionTree receiver, VisitorState state) {
    if (isConcurrent(ASTHelpers.getType(receiver), state)) {
      return true;
    }
    VarSymbol variable = Calls.variable(receiver);
    if (variable == null || !isSeenWhole(variable)) {
      return false;
    }
    List<ExpressionTree> values =
        Occurrences.in(state).expressionsGivenTo(variable).stream()
            .filter(value -> !isNull(value))
            .toList();
    return !values.isEmpty()
        && values.stream().allMatch(value -> isConcurrent(ASTHelpers.getType(value), state));
  }

  private static boolean isSeenWhole(VarSymbol variable) {
    return variable.getKind() == ElementKind.LOCAL_VARIABLE
        || (variable.getKind() == ElementKind.FIELD
            && (variable.isPrivate() || (variable.flags() & Flags.FINAL) != 0));
  }

  private boolean isConfined(VarSymbol variable, VisitorState state) {
    Occurrences occurrences = Occurrences.in(state);
    List<ExpressionTree> values = occurrences.expressionsGivenTo(variable);
    return values.stream().anyMatch(value -> isOfThread(value, state))
        || (values.stream()
                .allMatch(
                    value ->
                        value instanceof NewClassTree
                            || isNull(value)
                            || value.toString().contains("newConcurrentMap("))
            && occurrences.of(variable).stream().allMatch(use -> isOnThread(use, variable, state)));
  }

  /** Whether it is what a {@code ThreadLocal} has for the thread. */
  private static boolean isOfThread(ExpressionTree value, VisitorState state) {
    return value instanceof MethodInvocationTree call
        && Calls.name(call).equals("get")
        && isSubtype(
            ASTHelpers.getType(ASTHelpers.getReceiver(call)), THREAD_LOCAL.get(state), state);
  }

  /** Whether a use of a local variable is part of the code that declares it. */
  private boolean isOnThread(TreePath use, VarSymbol variable, VisitorState state) {
    for (TreePath path = use; path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof MethodTree method) {
        return ASTHelpers.getSymbol(method) == variable.owner;
      }
      if (tree instanceof ClassTree) {
        return false;
      }
      if (tree instanceof LambdaExpressionTree lambda) {
        if (declares(lambda, variable, state)) {
          return true;
        }
        if (isIn(PARALLEL, path)
            || (sites.of(path, state) != RunSite.HERE && !isIn(STREAM, path))) {
          return false;
        }
      }
    }
    return false;
  }

  /** Whether a lambda is given to a chain of calls with one of these. */
  private static boolean isIn(Pattern calls, TreePath lambda) {
    return lambda.getParentPath().getLeaf() instanceof MethodInvocationTree call
        && calls.matcher(call.getMethodSelect().toString()).find();
  }

  private static boolean declares(
      LambdaExpressionTree lambda, VarSymbol variable, VisitorState state) {
    return ASTHelpers.getStartPosition(lambda) <= variable.pos
        && variable.pos < state.getEndPosition(lambda);
  }

  /** Whether this file takes entries out of the map. */
  static boolean losesEntries(ExpressionTree receiver, VisitorState state) {
    VarSymbol variable = Calls.variable(receiver);
    return variable != null
        && Occurrences.in(state).of(variable).stream().anyMatch(SharedMap::isRemoval);
  }

  private static boolean isRemoval(TreePath use) {
    if (!(use.getParentPath().getLeaf() instanceof MemberSelectTree select)) {
      return false;
    }
    String name = select.getIdentifier().toString();
    return REMOVES.matcher(name).matches()
        || (VIEW.matcher(name).matches()
            && use.getParentPath().getParentPath().getParentPath().getLeaf()
                instanceof MemberSelectTree view
            && view.getIdentifier().toString().matches("remove.*|retain.*"));
  }

  /** Whether the map belongs to an object, and not to a class. */
  static boolean isOfInstance(ExpressionTree receiver) {
    VarSymbol symbol = Calls.variable(receiver);
    return symbol == null || !symbol.isStatic();
  }

  private static boolean isNull(ExpressionTree value) {
    return value instanceof LiteralTree literal && literal.getValue() == null;
  }

  private static boolean isConcurrent(Type type, VisitorState state) {
    return isSubtype(type, CONCURRENT_MAP.get(state), state);
  }

  private static boolean isSubtype(Type type, Type supertype, VisitorState state) {
    return type != null && supertype != null && ASTHelpers.isSubtype(type, supertype, state);
  }
}
