package dev.bowline.checks.context;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.common.collect.Iterables;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.NewClassTreeMatcher;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.google.errorprone.util.Signatures;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.annotations.StartsContext;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.ContextInScope;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.HandledExceptions;
import dev.bowline.checks.model.Intent;
import java.util.List;
import java.util.Optional;

/** Reports a call that could be given the context in hand, and is not. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "This call does without the context in hand; an overload takes it, so pass it on",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "ContextNotForwarded.md",
    linkType = CUSTOM,
    suppressionAnnotations = {SuppressWarnings.class, StartsContext.class})
public final class ContextNotForwarded extends BugChecker
    implements MethodInvocationTreeMatcher, NewClassTreeMatcher {
  private final ContextTypes contexts;
  private final ContextOverloads overloads;
  private final WithheldContext withheld;

  /** For {@link java.util.ServiceLoader}. */
  public ContextNotForwarded() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public ContextNotForwarded(ErrorProneFlags flags) {
    contexts = new ContextTypes(flags);
    overloads = new ContextOverloads(contexts);
    withheld = new WithheldContext(flags, contexts);
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    return match(tree, tree.getArguments(), state);
  }

  @Override
  public Description matchNewClass(NewClassTree tree, VisitorState state) {
    return match(tree, tree.getArguments(), state);
  }

  private Description match(
      ExpressionTree call, List<? extends ExpressionTree> arguments, VisitorState state) {
    ContextOverload overload = null;
    VarSymbol context = null;
    for (ContextOverload each : overloads.of(call, state)) {
      Optional<VarSymbol> inHand = ContextInScope.find(each.context(), state);
      if (inHand.isPresent()) {
        if (overload != null) {
          // Either could be meant.
          return Description.NO_MATCH;
        }
        overload = each;
        context = inHand.get();
      }
    }
    if (overload == null
        || isWrittenByCompiler(call, state)
        || contexts.isContextMachinery(state)
        || withheld.isRight(call, arguments, overload.method(), context, state)
        || Intent.isStatedOnPackage(StartsContext.class, state)) {
      return Description.NO_MATCH;
    }
    MethodSymbol called = (MethodSymbol) ASTHelpers.getSymbol(call);
    Optional<Type> unhandled = unhandled(overload.method(), called, state);
    Description.Builder description =
        buildDescription(call)
            .setMessage(
                "'%s' is in hand, and this call does without it: it sees nothing of its deadline, stop signal and values. Pass '%s' on to '%s'%s."
                    .formatted(
                        context.getSimpleName(),
                        context.getSimpleName(),
                        Signatures.prettyMethodSignature(
                            overload.method().enclClass(), overload.method()),
                        unhandled
                            .map(type -> ", which throws " + type.tsym.getSimpleName())
                            .orElse("")));
    if (unhandled.isEmpty() && keepsCatchesReachable(overload.method(), called, state)) {
      description.addFix(
          insert(context.getSimpleName().toString(), overload.position(), call, arguments, state));
    }
    return description.build();
  }

  /** The {@code super()} that a constructor begins with if it says nothing else. */
  private static boolean isWrittenByCompiler(ExpressionTree call, VisitorState state) {
    return state.getEndPosition(call) < 0;
  }

  /** A checked exception of the overload that the code around the call is not prepared for. */
  private static Optional<Type> unhandled(
      MethodSymbol overload, MethodSymbol called, VisitorState state) {
    return overload.getThrownTypes().stream()
        .filter(type -> ASTHelpers.isCheckedExceptionType(type, state))
        .filter(type -> !isCovered(type, called.getThrownTypes(), state))
        .filter(type -> !HandledExceptions.allow(type, state))
        .findFirst();
  }

  /** A catch of what nothing throws any more does not compile. */
  private static boolean keepsCatchesReachable(
      MethodSymbol overload, MethodSymbol called, VisitorState state) {
    return called.getThrownTypes().stream()
        .allMatch(type -> isCovered(type, overload.getThrownTypes(), state));
  }

  private static boolean isCovered(Type type, List<Type> types, VisitorState state) {
    return types.stream().anyMatch(each -> ASTHelpers.isSubtype(type, each, state));
  }

  private static SuggestedFix insert(
      String context,
      int position,
      ExpressionTree call,
      List<? extends ExpressionTree> arguments,
      VisitorState state) {
    if (position < arguments.size()) {
      return SuggestedFix.prefixWith(arguments.get(position), context + ", ");
    }
    if (arguments.isEmpty()) {
      int end = state.getEndPosition(call);
      return SuggestedFix.replace(end - 1, end, context + ")");
    }
    return SuggestedFix.postfixWith(Iterables.getLast(arguments), ", " + context);
  }
}
