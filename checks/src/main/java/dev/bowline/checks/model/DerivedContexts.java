package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;

/** Which calls derive a context: they return a new one, made from one that they are given. */
public final class DerivedContexts {
  /** These make a context from the one that they are given. */
  private static final MethodTable FROM_ARGUMENT =
      MethodTable.of(
          ImmutableList.of(
              "io.opentelemetry.context.ImplicitContextKeyed#storeInContext",
              "io.opentelemetry.context.propagation.TextMapPropagator#extract",
              "io.opentelemetry.instrumentation.api.instrumenter.Instrumenter#start"));

  /** How context types, ours and the users', name what makes a context from the one at hand. */
  private static final Pattern FROM_RECEIVER =
      Pattern.compile("(with|derive)(\\P{Ll}.*)?|fork|detached");

  /** How a method of another file is named that derives a context from its argument. */
  private static final Pattern HELPER =
      Pattern.compile(
          "(with|derive|fork|add|put|set|start|store|wrap|tag|enrich|extract|begin|append)(\\P{Ll}.*)?");

  /** A helper that calls a helper, a variable that holds a variable: this is as far as it goes. */
  private static final int DEPTH = 3;

  private final ContextTypes contexts;

  /** Derivations of these contexts. */
  public DerivedContexts(ContextTypes contexts) {
    this.contexts = contexts;
  }

  /** Whether a method is one of the API that derives contexts. */
  public boolean isDerivation(MethodSymbol method, VisitorState state) {
    return isFromReceiver(method, state) || FROM_ARGUMENT.contains(method, state);
  }

  /** The context that a call of the API derives another from; empty for other calls. */
  public Optional<ExpressionTree> parentOf(MethodInvocationTree call, VisitorState state) {
    MethodSymbol method = ASTHelpers.getSymbol(call);
    if (method == null || !isDerivation(method, state)) {
      return Optional.empty();
    }
    return FROM_ARGUMENT.contains(method, state)
        ? contextArgument(call, state)
        : Optional.ofNullable(ASTHelpers.getReceiver(call));
  }

  /**
   * Whether a value is derived from this variable: by the API, by a helper that takes a context and
   * returns one made from it, in several steps, or by way of a local variable.
   */
  public boolean isDerivedFrom(VarSymbol variable, ExpressionTree value, VisitorState state) {
    return steps(variable, value, DEPTH, state) > 0;
  }

  /**
   * How many derivations lead from the variable to the value: none for the variable itself, -1 for
   * what has another origin.
   */
  private int steps(VarSymbol variable, ExpressionTree value, int depth, VisitorState state) {
    ExpressionTree expression = ASTHelpers.stripParentheses(value);
    Symbol symbol = ASTHelpers.getSymbol(expression);
    if (variable.equals(symbol)) {
      return 0;
    }
    if (depth == 0) {
      return -1;
    }
    if (expression instanceof ConditionalExpressionTree choice) {
      int first = steps(variable, choice.getTrueExpression(), depth, state);
      int second = steps(variable, choice.getFalseExpression(), depth, state);
      return first < 0 || second < 0 ? -1 : Math.max(first, second);
    }
    if (expression instanceof MethodInvocationTree call) {
      int before =
          parentOf(call, state)
              .or(() -> parentThroughHelper(call, depth, state))
              // A chain is as long as it likes.
              .map(parent -> steps(variable, parent, depth, state))
              .orElse(-1);
      return before < 0 ? -1 : before + 1;
    }
    if (symbol instanceof VarSymbol local
        && (local.getKind() == ElementKind.LOCAL_VARIABLE
            || local.getKind() == ElementKind.RESOURCE_VARIABLE)) {
      List<ExpressionTree> values = Occurrences.in(state).expressionsGivenTo(local);
      return values.size() == 1 ? steps(variable, values.get(0), depth - 1, state) : -1;
    }
    return -1;
  }

  private Optional<ExpressionTree> parentThroughHelper(
      MethodInvocationTree call, int depth, VisitorState state) {
    MethodSymbol method = ASTHelpers.getSymbol(call);
    if (method == null || !contexts.isContext(method.getReturnType(), state)) {
      return Optional.empty();
    }
    TreePath declaration = Occurrences.in(state).declarationOf(method);
    BlockTree body = declaration == null ? null : ((MethodTree) declaration.getLeaf()).getBody();
    boolean derives =
        body == null
            ? HELPER.matcher(method.getSimpleName()).matches()
            : returnsDerived((MethodTree) declaration.getLeaf(), depth - 1, state);
    return derives ? contextArgument(call, state) : Optional.empty();
  }

  /** Whether a method returns contexts that it derives from its parameter, or that parameter. */
  private boolean returnsDerived(MethodTree method, int depth, VisitorState state) {
    List<VarSymbol> parameters =
        method.getParameters().stream()
            .map(ASTHelpers::getSymbol)
            .filter(parameter -> parameter != null && contexts.isContext(parameter.type, state))
            .toList();
    if (parameters.size() != 1 || depth <= 0) {
      return false;
    }
    List<ExpressionTree> results = new ArrayList<>();
    new OwnCodeScanner() {
      @Override
      public Void visitReturn(ReturnTree tree, Void unused) {
        results.add(tree.getExpression());
        return null;
      }
    }.scan(method.getBody(), null);
    VarSymbol parameter = parameters.get(0);
    List<ExpressionTree> values = Occurrences.in(state).expressionsGivenTo(parameter);
    List<Integer> steps = new ArrayList<>();
    for (List<ExpressionTree> origins : List.of(results, values)) {
      for (ExpressionTree origin : origins) {
        steps.add(origin == null ? -1 : steps(parameter, origin, depth, state));
      }
    }
    return steps.stream().allMatch(each -> each >= 0) && steps.stream().anyMatch(each -> each > 0);
  }

  private boolean isFromReceiver(MethodSymbol method, VisitorState state) {
    return !method.isStatic()
        && contexts.isContext(method.getReturnType(), state)
        && contexts.isContext(method.enclClass().type, state)
        && FROM_RECEIVER.matcher(method.getSimpleName()).matches();
  }

  /** The only argument that is a context. */
  private Optional<ExpressionTree> contextArgument(MethodInvocationTree call, VisitorState state) {
    List<? extends ExpressionTree> given =
        call.getArguments().stream()
            .filter(argument -> contexts.isContext(ASTHelpers.getType(argument), state))
            .toList();
    return given.size() == 1 ? Optional.of(given.get(0)) : Optional.empty();
  }
}
