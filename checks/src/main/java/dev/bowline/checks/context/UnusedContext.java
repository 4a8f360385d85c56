package dev.bowline.checks.context;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.ErrorProneOptions.Severity;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.VariableTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.FixedSignature;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.TestCode;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;

/** Reports a method that takes a context, ignores it, and does what contexts are for. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "The context that this method takes ends here; pass it on, or drop the parameter",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "UnusedContext.md",
    linkType = CUSTOM)
public final class UnusedContext extends BugChecker implements VariableTreeMatcher {
  private static final Pattern ON_PURPOSE = Pattern.compile("_|(unused|ignored?)([_A-Z0-9].*)?");

  private final ContextTypes contexts;
  private final ContextNeeds needs;

  /** For {@link java.util.ServiceLoader}. */
  public UnusedContext() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public UnusedContext(ErrorProneFlags flags) {
    contexts = new ContextTypes(flags);
    needs = new ContextNeeds(contexts, flags);
  }

  @Override
  public Description matchVariable(VariableTree tree, VisitorState state) {
    VarSymbol parameter = ASTHelpers.getSymbol(tree);
    if (parameter == null
        || parameter.getKind() != ElementKind.PARAMETER
        || !(state.getPath().getParentPath().getLeaf() instanceof MethodTree method)
        || method.getBody() == null
        || !contexts.isContext(parameter.type, state)
        || ON_PURPOSE.matcher(parameter.getSimpleName()).matches()
        || !Occurrences.in(state).of(parameter).isEmpty()) {
      return Description.NO_MATCH;
    }
    MethodSymbol owner = ASTHelpers.getSymbol(method);
    if (!isSignatureOurs(owner, state)
        || isReportedByErrorProne(owner, state)
        || contexts.isContextMachinery(state)
        || TestCode.encloses(state)) {
      return Description.NO_MATCH;
    }
    Optional<String> need = needs.first(method, parameter, state);
    return need.isEmpty()
        ? Description.NO_MATCH
        : buildDescription(tree)
            .setMessage(
                "'%s' never uses '%s': what callers hand over, a deadline, a stop signal or values, ends here. %s, or drop the parameter."
                    .formatted(
                        owner.isConstructor()
                            ? owner.enclClass().getSimpleName()
                            : owner.getSimpleName(),
                        parameter.getSimpleName(),
                        need.get()))
            .build();
  }

  /** Whether the parameter could go: nothing but the method's own callers asks for it. */
  private static boolean isSignatureOurs(MethodSymbol method, VisitorState state) {
    return (method.isStatic()
            || method.isConstructor()
            || method.isPrivate()
            || method.getModifiers().contains(Modifier.FINAL)
            || method.enclClass().getModifiers().contains(Modifier.FINAL))
        && !ASTHelpers.isRecord(method)
        && !method.isDeprecated()
        && !FixedSignature.bySupertype(method, state)
        && !FixedSignature.byFramework(method, state)
        && !FixedSignature.byReference(method, state);
  }

  /** {@code UnusedVariable} has all parameters of what only its own file can call. */
  private static boolean isReportedByErrorProne(MethodSymbol method, VisitorState state) {
    return ASTHelpers.isEffectivelyPrivate(method)
        && state.severityMap().containsKey("UnusedVariable")
        && state.errorProneOptions().getSeverityMap().get("UnusedVariable") != Severity.OFF
        && !state.errorProneOptions().isDisableAllChecks();
  }
}
