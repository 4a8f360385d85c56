package dev.bowline.checks.lifecycle;

import static com.google.errorprone.matchers.Matchers.anyOf;
import static com.google.errorprone.matchers.Matchers.staticMethod;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.matchers.Matcher;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
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

  private static final Matcher<ExpressionTree> DEFAULT_FACTORY =
      staticMethod().onClass("java.util.concurrent.Executors").named("defaultThreadFactory");

  private static final ImmutableSet<String> POOLS =
      ImmutableSet.of(
          "java.util.concurrent.ThreadPoolExecutor",
          "java.util.concurrent.ScheduledThreadPoolExecutor");

  private static final Supplier<Type> THREAD_FACTORY =
      VisitorState.memoize(state -> state.getTypeFromString("java.util.concurrent.ThreadFactory"));

  /** Work on daemon threads is work that may be cut off: who makes them has said so. */
  private static final Pattern DAEMON = Pattern.compile("daemon", Pattern.CASE_INSENSITIVE);

  private final Tree file;
  private final VisitorState state;
  private final Set<VarSymbol> variables = new HashSet<>();
  private final Set<Symbol> methods = new HashSet<>();

  private ExecutorOrigin(VisitorState state) {
    this.state = state;
    file = state.getPath().getCompilationUnit();
  }

  /**
   * The variables that hold this executor, if all its values are pools that this file creates, with
   * threads that keep the JVM alive; empty for what comes from elsewhere: who hands it in knows
   * what its tasks are, and may wait for them.
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
      Type type = ASTHelpers.getType(created.getIdentifier());
      return type != null
          && POOLS.contains(type.tsym.getQualifiedName().toString())
          && created.getArguments().stream().allMatch(this::isUserThreadFactory);
    }
    if (value instanceof MethodInvocationTree call) {
      if (CREATES.matches(call, state)) {
        return call.getArguments().stream().allMatch(this::isUserThreadFactory);
      }
      if (WRAPS.matches(call, state)) {
        return isOwnPool(call.getArguments().get(0));
      }
      MethodSymbol method = ASTHelpers.getSymbol(call);
      return methods.add(method) && eachIs(returned(method), this::isOwnPool);
    }
    return isEachValue(value, this::isOwnPool);
  }

  /** Whether this is no thread factory at all, or one whose source is in this file. */
  private boolean isUserThreadFactory(ExpressionTree argument) {
    Type type = ASTHelpers.getType(argument);
    if (type == null || !ASTHelpers.isSubtype(type, THREAD_FACTORY.get(state), state)) {
      return true;
    }
    ExpressionTree factory = strip(argument);
    if (factory instanceof MemberReferenceTree reference) {
      return ASTHelpers.getSymbol(reference).outermostClass().equals(outermostClass());
    }
    if (factory instanceof NewClassTree created) {
      return created.getClassBody() != null
          || ASTHelpers.getSymbol(created).outermostClass().equals(outermostClass());
    }
    return factory instanceof LambdaExpressionTree
        || DEFAULT_FACTORY.matches(factory, state)
        || isBuilder(factory)
        || isEachValue(factory, this::isUserThreadFactory);
  }

  /** {@code new ThreadFactoryBuilder()….build()}: daemon threads would be named in it. */
  private static boolean isBuilder(ExpressionTree factory) {
    ExpressionTree tree = factory;
    while (tree instanceof MethodInvocationTree call) {
      tree = ASTHelpers.getReceiver(call);
    }
    return tree instanceof NewClassTree created
        && ASTHelpers.getSymbol(created)
            .enclClass()
            .getSimpleName()
            .contentEquals("ThreadFactoryBuilder");
  }

  private boolean isEachValue(ExpressionTree tree, Predicate<ExpressionTree> condition) {
    return ASTHelpers.getSymbol(tree) instanceof VarSymbol variable
        && variable.getKind() != ElementKind.PARAMETER
        && (!variables.add(variable) || eachIs(AssignedValues.of(variable, file), condition));
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
