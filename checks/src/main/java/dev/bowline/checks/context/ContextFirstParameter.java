package dev.bowline.checks.context;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.VariableTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.FixedSignature;
import dev.bowline.checks.model.MethodUses;
import java.util.List;
import javax.lang.model.element.ElementKind;

/** Reports a method or constructor that takes a context, and not as its first parameter. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "The context is not the first parameter; put it first, as everywhere else",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "ContextFirstParameter.md",
    linkType = CUSTOM)
public final class ContextFirstParameter extends BugChecker implements VariableTreeMatcher {
  private final ContextTypes contexts;
  private final ImmutableSet<String> allowedBefore;

  /** For {@link java.util.ServiceLoader}. */
  public ContextFirstParameter() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public ContextFirstParameter(ErrorProneFlags flags) {
    contexts = new ContextTypes(flags);
    allowedBefore = flags.getSetOrEmpty("ContextFirstParameter:AllowedBefore");
  }

  @Override
  public Description matchVariable(VariableTree tree, VisitorState state) {
    VarSymbol parameter = ASTHelpers.getSymbol(tree);
    if (parameter == null
        || parameter.getKind() != ElementKind.PARAMETER
        || !(state.getPath().getParentPath().getLeaf() instanceof MethodTree method)
        || !contexts.isContext(parameter.type, state)) {
      return Description.NO_MATCH;
    }
    MethodSymbol owner = ASTHelpers.getSymbol(method);
    int index = method.getParameters().indexOf(tree);
    int first = firstThatIsNoContext(owner.getParameters(), state);
    if (index < first || isSignatureFixed(owner, state) || contexts.isContextMachinery(state)) {
      return Description.NO_MATCH;
    }
    Description.Builder description =
        buildDescription(tree)
            .setMessage(
                "'%s' takes its context as parameter %d: readers and tools look for it first, and calls that forget to pass it on are harder to see. Make it the first parameter of '%s'."
                    .formatted(
                        owner.isConstructor()
                            ? owner.enclClass().getSimpleName()
                            : owner.getSimpleName(),
                        index + 1,
                        owner.isConstructor()
                            ? owner.enclClass().getSimpleName()
                            : owner.getSimpleName()));
    if (isFirstOutOfPlace(owner, first, index, state)) {
      ParameterToFront.fix(method, index, first, state).ifPresent(description::addFix);
    }
    return description.build();
  }

  /** Contexts that lead, and types that may stand before them, are in their place. */
  private int firstThatIsNoContext(List<VarSymbol> parameters, VisitorState state) {
    int index = 0;
    while (index < parameters.size()
        && (contexts.isContext(parameters.get(index).type, state)
            || allowedBefore.contains(
                parameters.get(index).type.tsym.getQualifiedName().toString()))) {
      index++;
    }
    return index;
  }

  /** One fix at a time: those of two parameters would meet. */
  private boolean isFirstOutOfPlace(MethodSymbol method, int first, int index, VisitorState state) {
    return method.getParameters().subList(first, index).stream()
        .noneMatch(parameter -> contexts.isContext(parameter.type, state));
  }

  /** Whether something else than its author decides in which order this takes its parameters. */
  private static boolean isSignatureFixed(MethodSymbol method, VisitorState state) {
    ClassSymbol owner = method.enclClass();
    return (method.isConstructor() && (owner.isEnum() || NamedClosure.is(owner, state)))
        || ASTHelpers.isRecord(method)
        || !ASTHelpers.findSuperMethods(method, state.getTypes()).isEmpty()
        || FixedSignature.byFramework(method, state)
        || MethodUses.in(state.getPath().getCompilationUnit(), method).isReferenced();
  }
}
