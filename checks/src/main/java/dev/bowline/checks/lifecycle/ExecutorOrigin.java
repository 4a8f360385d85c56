package dev.bowline.checks.lifecycle;

import static com.google.errorprone.matchers.Matchers.anyOf;
import static com.google.errorprone.matchers.Matchers.staticMethod;

import com.google.errorprone.VisitorState;
import com.google.errorprone.matchers.Matcher;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.Supertypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;

/** Follows an executor back to where this file creates it. */
final class ExecutorOrigin {
  private static final Matcher<ExpressionTree> CREATES =
      staticMethod()
          .onClass("java.util.concurrent.Executors")
          .namedAnyOf(
              "newCachedThreadPool",
              "newFixedThreadPool",
              "newScheduledThreadPool",
              "newSingleThreadExecutor",
              "newSingleThreadScheduledExecutor");

  private static final Matcher<ExpressionTree> WRAPS =
      anyOf(
          staticMethod()
              .onClass("java.util.concurrent.Executors")
              .namedAnyOf(
                  "unconfigurableExecutorService", "unconfigurableScheduledExecutorService"),
          staticMethod()
              .onClass("com.google.common.util.concurrent.MoreExecutors")
              .named("listeningDecorator"));

  /** Work on daemon threads is work that may be cut off: who makes them has said so. */
  private static final Pattern DAEMON = Pattern.compile("daemon", Pattern.CASE_INSENSITIVE);

  /** {@code new NamedThreadFactory("worker", true)}: that they are daemons, more often than not. */
  private static final Pattern FLAG = Pattern.compile("\\btrue\\b");

  /** Someone's {@code Threads.newBoundedPool(…)}. */
  private static final Pattern NAME_OF_FACTORY = Pattern.compile("(new|create)[A-Z].*");

  private final Tree file;
  private final VisitorState state;
  private final Set<VarSymbol> variables = new HashSet<>();
  private final Set<Symbol> methods = new HashSet<>();

  private ExecutorOrigin(VisitorState state) {
    this.state = state;
    file = state.getPath().getCompilationUnit();
  }

  /**
   * The variables that hold this executor, if all its values are pools that this file creates, and
   * of daemons it says nothing; empty for what comes from elsewhere: who hands it in knows what its
   * tasks are, and may wait for them.
   */
  static Optional<Set<VarSymbol>> holdersOfOwnPool(ExpressionTree executor, VisitorState state) {
    if (DAEMON.matcher(state.getSourceCode()).find()) {
      return Optional.empty();
    }
    ExecutorOrigin origin = new ExecutorOrigin(state);
    return origin.isOwnPool(executor) ? Optional.of(origin.variables) : Optional.empty();
  }

  private boolean isOwnPool(ExpressionTree expression) {
    ExpressionTree value = strip(expression);
    if (value instanceof ConditionalExpressionTree choice) {
      return eachIs(
          List.of(choice.getTrueExpression(), choice.getFalseExpression()), this::isOwnPool);
    }
    if (value instanceof NewClassTree created) {
      return isThreadPool(ASTHelpers.getType(created)) && !hasFlag(created);
    }
    if (value instanceof MethodInvocationTree call) {
      MethodSymbol method = ASTHelpers.getSymbol(call);
      if (WRAPS.matches(call, state)) {
        return isOwnPool(call.getArguments().get(0));
      }
      return (CREATES.matches(call, state) || isFactoryOfOthers(method))
          ? !hasFlag(call)
          : methods.add(method) && eachIs(returned(method), this::isOwnPool);
    }
    return isEachValue(value, this::isOwnPool);
  }

  private boolean isThreadPool(Type type) {
    return type != null
        && Supertypes.any(
            type,
            each ->
                each.getQualifiedName().contentEquals("java.util.concurrent.ThreadPoolExecutor"),
            state);
  }

  private boolean isFactoryOfOthers(MethodSymbol method) {
    String owner = method.owner.getQualifiedName().toString();
    return method.isStatic()
        && NAME_OF_FACTORY.matcher(method.getSimpleName()).matches()
        && !method.outermostClass().equals(outermostClass())
        && !owner.startsWith("java.")
        && !owner.startsWith("com.google.common.");
  }

  private boolean hasFlag(ExpressionTree creation) {
    return FLAG.matcher(state.getSourceForNode(creation)).find();
  }

  private boolean isEachValue(ExpressionTree tree, Predicate<ExpressionTree> condition) {
    return ASTHelpers.getSymbol(tree) instanceof VarSymbol variable
        && variable.getKind() != ElementKind.PARAMETER
        && (!variables.add(variable)
            || eachIs(Occurrences.in(state).expressionsGivenTo(variable), condition));
  }

  private static boolean eachIs(
      List<? extends ExpressionTree> values, Predicate<ExpressionTree> condition) {
    List<ExpressionTree> present = new ArrayList<>(values);
    present.removeIf(value -> value.getKind() == Tree.Kind.NULL_LITERAL);
    return !present.isEmpty() && present.stream().allMatch(condition);
  }

  /** What a method of this file returns; empty for any other. */
  private List<ExpressionTree> returned(MethodSymbol method) {
    List<ExpressionTree> returned = new ArrayList<>();
    new TreeScanner<Void, Boolean>() {
      @Override
      public Void visitMethod(MethodTree tree, Boolean inside) {
        return super.visitMethod(tree, method.equals(ASTHelpers.getSymbol(tree)));
      }

      @Override
      public Void visitLambdaExpression(LambdaExpressionTree tree, Boolean inside) {
        return super.visitLambdaExpression(tree, false);
      }

      @Override
      public Void visitReturn(ReturnTree tree, Boolean inside) {
        if (inside && tree.getExpression() != null) {
          returned.add(tree.getExpression());
        }
        return super.visitReturn(tree, inside);
      }
    }.scan(file, false);
    return returned;
  }

  private Symbol outermostClass() {
    return ASTHelpers.getSymbol(state.findEnclosing(ClassTree.class)).outermostClass();
  }

  private static ExpressionTree strip(ExpressionTree tree) {
    ExpressionTree value = ASTHelpers.stripParentheses(tree);
    return value instanceof TypeCastTree cast ? strip(cast.getExpression()) : value;
  }
}
