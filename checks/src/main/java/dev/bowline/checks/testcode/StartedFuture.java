package dev.bowline.checks.testcode;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.RunSite;
import dev.bowline.checks.model.RunSites;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a future is, for certain, that of work on another thread which the same file sets going.
 * A future that comes out of other code may well be complete already: a mock returns such.
 */
final class StartedFuture {
  private static final Supplier<Type> EXECUTOR =
      VisitorState.memoize(state -> state.getTypeFromString("java.util.concurrent.Executor"));

  private static final int DEPTH = 5;

  /** Executors that run a task where they are given it, and stand-ins for executors. */
  private static final Pattern NO_THREAD =
      Pattern.compile(
          "(?i).*(direct|same_?thread|current_?thread|caller|inline|synchron|immediate|mock|spy|fake"
              + "|stub|dummy|manual|determin|mockito|::run|->).*",
          Pattern.DOTALL);

  private static final Pattern REAL_EXECUTOR =
      Pattern.compile("(java|com\\.google\\.common|io\\.netty)\\..*");

  private static final ImmutableSet<String> ADDS = ImmutableSet.of("add", "put", "addLast");

  private static final ImmutableSet<String> BOUNDS =
      ImmutableSet.of("orTimeout", "completeOnTimeout");

  private final RunSites sites;

  StartedFuture(RunSites sites) {
    this.sites = sites;
  }

  boolean is(ExpressionTree future, VisitorState state) {
    return future != null && is(future, state, DEPTH);
  }

  private boolean is(ExpressionTree expression, VisitorState state, int depth) {
    ExpressionTree future = ASTHelpers.stripParentheses(expression);
    if (depth == 0) {
      return false;
    }
    if (future instanceof TypeCastTree cast) {
      return is(cast.getExpression(), state, depth - 1);
    }
    if (future instanceof MethodInvocationTree call) {
      return isResult(call, state, depth);
    }
    if (future instanceof ArrayAccessTree access) {
      return areElements(access.getExpression(), state, depth - 1);
    }
    if (!(ASTHelpers.getSymbol(future) instanceof VarSymbol variable)) {
      return false;
    }
    ExpressionTree source = sourceOfElements(variable, state);
    if (source != null) {
      return areElements(source, state, depth - 1);
    }
    List<TreePath> values = valuesOf(variable, state);
    return !values.isEmpty()
        && values.stream()
            .allMatch(
                value ->
                    isCreatedForTask(value, variable, state)
                        || is((ExpressionTree) value.getLeaf(), state, depth - 1));
  }

  private boolean isResult(MethodInvocationTree call, VisitorState state, int depth) {
    MethodSymbol method = ASTHelpers.getSymbol(call);
    if (sites.ofMethod(method, state) == RunSite.ELSEWHERE && !isStep(method)) {
      return !isRunAtOnce(call, state);
    }
    String name = method.getSimpleName().toString();
    if (name.equals("allOf")) {
      return call.getArguments().stream()
          .anyMatch(each -> is(each, state, depth - 1) || areElements(each, state, depth - 1));
    }
    ExpressionTree receiver = ASTHelpers.getReceiver(call);
    if (receiver == null) {
      return false;
    }
    if (name.equals("get") && call.getArguments().size() == 1) {
      return areElements(receiver, state, depth - 1);
    }
    return !BOUNDS.contains(name) && isStep(method) && is(receiver, state, depth - 1);
  }

  /** {@code thenApply} and the like: complete when what they are called on is. */
  private static boolean isStep(MethodSymbol method) {
    String owner = method.enclClass().getQualifiedName().toString();
    return !method.isStatic()
        && (owner.equals("java.util.concurrent.CompletableFuture")
            || owner.equals("java.util.concurrent.CompletionStage"));
  }

  private static boolean isRunAtOnce(MethodInvocationTree call, VisitorState state) {
    List<ExpressionTree> executors = new ArrayList<>();
    if (!ASTHelpers.getSymbol(call).isStatic()) {
      executors.add(ASTHelpers.getReceiver(call));
    }
    Type executor = EXECUTOR.get(state);
    for (ExpressionTree argument : call.getArguments()) {
      if (ASTHelpers.isSubtype(ASTHelpers.getType(argument), executor, state)) {
        executors.add(argument);
      }
    }
    return executors.stream().anyMatch(each -> hasNoThread(each, state));
  }

  private static boolean hasNoThread(ExpressionTree executor, VisitorState state) {
    Type type = executor == null ? null : ASTHelpers.getType(executor);
    if (type == null
        || !REAL_EXECUTOR.matcher(type.tsym.getQualifiedName()).matches()
        || NO_THREAD.matcher(executor.toString()).matches()) {
      return true;
    }
    return ASTHelpers.getSymbol(executor) instanceof VarSymbol variable
        && (variable.getAnnotationMirrors().stream()
                .anyMatch(each -> NO_THREAD.matcher(each.toString()).matches())
            || valuesOf(variable, state).stream()
                .anyMatch(value -> NO_THREAD.matcher(value.getLeaf().toString()).matches()));
  }

  /** The futures that a collection, an array or a stream holds. */
  private boolean areElements(ExpressionTree expression, VisitorState state, int depth) {
    ExpressionTree source = ASTHelpers.stripParentheses(expression);
    if (depth == 0) {
      return false;
    }
    if (source instanceof MethodInvocationTree call) {
      ExpressionTree receiver = ASTHelpers.getReceiver(call);
      if (ASTHelpers.getSymbol(call).getSimpleName().toString().startsWith("map")
          && call.getArguments().size() == 1
          && call.getArguments().get(0) instanceof LambdaExpressionTree lambda
          && lambda.getBody() instanceof ExpressionTree element) {
        return is(element, state, depth - 1);
      }
      // futures.stream(), futures.toArray(…), ids.stream().map(…).toList(), futures.values()
      return receiver != null && areElements(receiver, state, depth - 1);
    }
    if (!(ASTHelpers.getSymbol(source) instanceof VarSymbol variable)) {
      return false;
    }
    List<ExpressionTree> elements = new ArrayList<>();
    for (TreePath use : Occurrences.in(state).of(variable)) {
      Tree parent = use.getParentPath().getLeaf();
      Tree above = use.getParentPath().getParentPath().getLeaf();
      if (parent instanceof MemberSelectTree select
          && ADDS.contains(select.getIdentifier().toString())
          && above instanceof MethodInvocationTree call
          && !call.getArguments().isEmpty()) {
        elements.add(call.getArguments().get(call.getArguments().size() - 1));
      } else if (parent instanceof ArrayAccessTree access
          && above instanceof AssignmentTree assignment
          && assignment.getVariable() == access) {
        elements.add(assignment.getExpression());
      }
    }
    return elements.isEmpty()
        ? valuesOf(variable, state).stream()
            .anyMatch(
                value ->
                    value.getLeaf() instanceof MethodInvocationTree call
                        && areElements(call, state, depth - 1))
        : elements.stream().allMatch(element -> is(element, state, depth - 1));
  }

  /** What a loop, or the lambda of {@code forEach}, takes this variable from. */
  private static ExpressionTree sourceOfElements(VarSymbol variable, VisitorState state) {
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof EnhancedForLoopTree loop
          && variable.equals(ASTHelpers.getSymbol(loop.getVariable()))) {
        return loop.getExpression();
      }
      if (tree instanceof LambdaExpressionTree lambda
          && lambda.getParameters().stream()
              .anyMatch(parameter -> variable.equals(ASTHelpers.getSymbol(parameter)))
          && path.getParentPath().getLeaf() instanceof MethodInvocationTree call) {
        return ASTHelpers.getReceiver(call);
      }
    }
    return null;
  }

  /** A task that is a future itself, or a future that only such a task completes. */
  private boolean isCreatedForTask(TreePath value, VarSymbol variable, VisitorState state) {
    if (!(value.getLeaf() instanceof NewClassTree created)) {
      return false;
    }
    String type = ASTHelpers.getSymbol(created).enclClass().getQualifiedName().toString();
    List<TreePath> uses = Occurrences.in(state).of(variable);
    return switch (type) {
      case "java.util.concurrent.FutureTask" ->
          uses.stream().anyMatch(use -> isHandedElsewhere(use, state));
      case "java.util.concurrent.CompletableFuture" -> {
        List<TreePath> completions = uses.stream().filter(StartedFuture::isCompletion).toList();
        yield !completions.isEmpty() && completions.stream().allMatch(use -> isInTask(use, state));
      }
      default -> false;
    };
  }

  private boolean isHandedElsewhere(TreePath use, VisitorState state) {
    Tree parent = use.getParentPath().getLeaf();
    Symbol method =
        parent instanceof MethodInvocationTree || parent instanceof NewClassTree
            ? ASTHelpers.getSymbol(parent)
            : null;
    return method instanceof MethodSymbol target
        && sites.ofMethod(target, state) == RunSite.ELSEWHERE;
  }

  private static boolean isCompletion(TreePath use) {
    Tree parent = use.getParentPath().getLeaf();
    return (parent instanceof MemberSelectTree select
            && select.getIdentifier().toString().startsWith("complete"))
        || (parent instanceof MemberReferenceTree reference
            && reference.getName().toString().startsWith("complete"));
  }

  /** Whether a lambda or an anonymous class around this use, in its method, runs elsewhere. */
  private boolean isInTask(TreePath use, VisitorState state) {
    for (TreePath path = use.getParentPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      boolean body =
          tree instanceof LambdaExpressionTree
              || tree instanceof MemberReferenceTree
              || (tree instanceof NewClassTree created && created.getClassBody() != null);
      if (body && sites.of(path, state) == RunSite.ELSEWHERE) {
        return true;
      }
      if (tree instanceof MethodTree
          && path.getParentPath().getLeaf() instanceof ClassTree type
          && !type.getSimpleName().isEmpty()) {
        return false;
      }
    }
    return false;
  }

  private static List<TreePath> valuesOf(VarSymbol variable, VisitorState state) {
    return Occurrences.in(state).valuesOf(variable).stream()
        .filter(
            value ->
                !(value.getLeaf() instanceof LiteralTree literal && literal.getValue() == null))
        .toList();
  }
}
