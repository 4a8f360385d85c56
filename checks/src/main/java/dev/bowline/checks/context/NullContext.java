package dev.bowline.checks.context;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.NewClassTreeMatcher;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.ContextInScope;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.EntryPoints;
import dev.bowline.checks.model.RootContexts;
import dev.bowline.checks.model.TestCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reports null that is passed where a method or constructor takes a context. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Null is passed for a context; pass the caller's on, or a root where work starts",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "NullContext.md",
    linkType = CUSTOM)
public final class NullContext extends BugChecker
    implements MethodInvocationTreeMatcher, NewClassTreeMatcher {
  private final ContextTypes contexts;
  private final RootContexts roots;

  /** For {@link java.util.ServiceLoader}. */
  public NullContext() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public NullContext(ErrorProneFlags flags) {
    contexts = new ContextTypes(flags);
    roots = new RootContexts(flags);
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    return match(tree, tree.getMethodSelect(), tree.getArguments(), state);
  }

  @Override
  public Description matchNewClass(NewClassTree tree, VisitorState state) {
    return match(tree, tree, tree.getArguments(), state);
  }

  private Description match(
      ExpressionTree call,
      Tree called,
      List<? extends ExpressionTree> arguments,
      VisitorState state) {
    boolean mayHaveNull = false;
    for (ExpressionTree argument : arguments) {
      mayHaveNull |= parts(argument).anyMatch(NullContext::looksNull);
    }
    if (!mayHaveNull || !(ASTHelpers.getSymbol(called) instanceof MethodSymbol method)) {
      return Description.NO_MATCH;
    }
    for (int i = 0; i < arguments.size() && i < method.getParameters().size(); i++) {
      VarSymbol parameter = method.getParameters().get(i);
      if (!(method.isVarArgs() && i == method.getParameters().size() - 1)
          && contexts.isContext(parameter.type, state)) {
        Optional<ExpressionTree> absent =
            parts(arguments.get(i)).filter(part -> NullValue.is(part, state)).findFirst();
        if (absent.isPresent()
            && !contexts.isContextMachinery(state)
            && !NullAllowed.byMethod(method, i, call, state)
            && !NullAllowed.byPlace(call, state)) {
          state.reportMatch(describe(absent.get(), parameter, method, state));
        }
      }
    }
    return Description.NO_MATCH;
  }

  /** An argument without its parentheses; for one of two values, both. */
  private static Stream<ExpressionTree> parts(ExpressionTree argument) {
    if (argument instanceof ParenthesizedTree parenthesized) {
      return parts(parenthesized.getExpression());
    }
    return argument instanceof ConditionalExpressionTree choice
        ? Stream.of(choice.getTrueExpression(), choice.getFalseExpression())
            .flatMap(NullContext::parts)
        : Stream.of(argument);
  }

  private static boolean looksNull(ExpressionTree tree) {
    return tree.getKind() == Tree.Kind.NULL_LITERAL || tree instanceof IdentifierTree;
  }

  private Description describe(
      ExpressionTree absent, VarSymbol parameter, MethodSymbol method, VisitorState state) {
    Type type = parameter.type;
    Optional<String> inHand =
        ContextInScope.find(type, state)
            .filter(context -> !NullValue.isAlwaysNull(context, state))
            .map(context -> context.getSimpleName().toString());
    Optional<String> root =
        EntryPoints.encloses(state) || TestCode.encloses(state)
            ? roots.expressionFor(type, state)
            : Optional.empty();
    String advice =
        inHand
            .map("Pass '%s', which is in hand here."::formatted)
            .or(() -> root.map("Pass '%s' here, where work starts."::formatted))
            .orElse(
                "Take the caller's context as a parameter and pass it on; where work starts, pass a"
                    + " root context.");
    Description.Builder description =
        buildDescription(absent)
            .setMessage(
                "'%s' is given null for its context '%s': it fails when it asks that for its deadline, stop signal or values, or runs without any. %s"
                    .formatted(
                        method.isConstructor()
                            ? method.enclClass().getSimpleName()
                            : method.getSimpleName(),
                        parameter.getSimpleName(),
                        advice));
    inHand
        .or(() -> root)
        .ifPresent(context -> description.addFix(SuggestedFix.replace(absent, context)));
    return description.build();
  }
}
