package dev.bowline.checks.context;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MemberReferenceTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.suppliers.Suppliers;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.DerivedContexts;
import dev.bowline.checks.model.DroppedResult;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.OwnCodeScanner;
import dev.bowline.checks.model.TestCode;

/** Reports a context that is derived and then dropped. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "The context that this returns is dropped, so it does nothing; use that context",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "ContextDiscarded.md",
    linkType = CUSTOM)
public final class ContextDiscarded extends BugChecker
    implements MethodInvocationTreeMatcher, MemberReferenceTreeMatcher {
  /** No contexts in the sense of the other rules, but as immutable. */
  private static final MethodTable CARRIERS =
      MethodTable.of(
          ImmutableList.of(
              "com.azure.core.util.Context#addData",
              "com.google.api.gax.rpc.ApiCallContext#merge",
              "com.google.api.gax.rpc.ApiCallContext#with*",
              "java.lang.ScopedValue#where",
              "java.lang.ScopedValue.Carrier#where",
              "reactor.util.context.Context#delete",
              "reactor.util.context.Context#put",
              "reactor.util.context.Context#putAll",
              "reactor.util.context.Context#putAllMap",
              "reactor.util.context.Context#putNonNull"));

  /** With one more, {@code where} runs code, in the JDKs that had it as a preview. */
  private static final int MOST_PARAMETERS = 2;

  private static final Supplier<Type> HANDLE = Suppliers.typeFromClass(AutoCloseable.class);

  private final ContextTypes contexts;
  private final DerivedContexts derived;

  /** For {@link java.util.ServiceLoader}. */
  public ContextDiscarded() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public ContextDiscarded(ErrorProneFlags flags) {
    contexts = new ContextTypes(flags);
    derived = new DerivedContexts(contexts);
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    return match(tree, ASTHelpers.getSymbol(tree), state);
  }

  @Override
  public Description matchMemberReference(MemberReferenceTree tree, VisitorState state) {
    return match(tree, ASTHelpers.getSymbol(tree), state);
  }

  private Description match(ExpressionTree tree, MethodSymbol method, VisitorState state) {
    if (method == null
        || !isDerivation(method, state)
        || !isDropped(tree, state)
        || DroppedResult.hasToBeUsed(method).isPresent()
        // Whoever cancels or closes it is another rule's to ask.
        || ASTHelpers.isSubtype(method.getReturnType(), HANDLE.get(state), state)
        || returnsItself(method, state)
        || contexts.isContextMachinery(state)) {
      return Description.NO_MATCH;
    }
    Description.Builder description = buildDescription(tree).setMessage(message(method));
    if (tree instanceof MethodInvocationTree call) {
      DiscardedContextFix.fix(call, step -> parentOf(step, state), state)
          .ifPresent(description::addFix);
    }
    return description.build();
  }

  private static String message(MethodSymbol method) {
    return method.getSimpleName().contentEquals("where")
        ? "'where' alone binds nothing: it returns what runs code with the value, and that is"
            + " dropped here. Run the code on it, as in where(…).run(…)."
        : "'%s' changes no context: it returns a new one, which is dropped here, so nothing gets what was put into it. Keep the new context, and pass it on or run the work under it."
            .formatted(method.getSimpleName());
  }

  private boolean isDerivation(MethodSymbol method, VisitorState state) {
    return derived.isDerivation(method, state)
        || (method.getParameters().size() <= MOST_PARAMETERS && CARRIERS.contains(method, state));
  }

  private ExpressionTree parentOf(MethodInvocationTree call, VisitorState state) {
    MethodSymbol method = ASTHelpers.getSymbol(call);
    return method != null && CARRIERS.contains(method, state)
        ? ASTHelpers.getReceiver(call)
        : derived.parentOf(call, state).orElse(null);
  }

  /** In a test, a variable called unused is for a call that is expected to throw. */
  private static boolean isDropped(ExpressionTree tree, VisitorState state) {
    return DroppedResult.is(tree, state)
        || (UnreadVariable.takes(tree, state) && !TestCode.encloses(state));
  }

  /** Whether this is the method of a mutable object, for chains of calls. */
  private static boolean returnsItself(MethodSymbol method, VisitorState state) {
    TreePath declaration = Occurrences.in(state).declarationOf(method);
    if (declaration == null || !(declaration.getLeaf() instanceof MethodTree tree)) {
      return false;
    }
    boolean[] itself = {false};
    new OwnCodeScanner() {
      @Override
      public Void visitReturn(ReturnTree result, Void unused) {
        itself[0] |=
            result.getExpression() != null
                && Occurrences.isThis(ASTHelpers.getSymbol(result.getExpression()));
        return null;
      }
    }.scan(tree.getBody(), null);
    return itself[0];
  }
}
