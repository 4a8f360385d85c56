package dev.bowline.checks.context;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.IdentifierTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MemberSelectTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.annotations.EntryPoint;
import dev.bowline.annotations.StartsContext;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.ContextInScope;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.EntryPoints;
import dev.bowline.checks.model.Intent;
import dev.bowline.checks.model.RootContexts;
import dev.bowline.checks.model.TestCode;
import java.util.Optional;

/** Reports a root context that is made where a caller's should be used. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "A root context outside main cuts off the caller's deadline; pass the caller's on",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "RootContextOutsideMain.md",
    linkType = CUSTOM,
    suppressionAnnotations = {SuppressWarnings.class, StartsContext.class, EntryPoint.class})
public final class RootContextOutsideMain extends BugChecker
    implements IdentifierTreeMatcher, MemberSelectTreeMatcher, MethodInvocationTreeMatcher {
  private final ContextTypes contexts;
  private final RootContexts roots;

  /** For {@link java.util.ServiceLoader}. */
  public RootContextOutsideMain() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public RootContextOutsideMain(ErrorProneFlags flags) {
    contexts = new ContextTypes(flags);
    roots = new RootContexts(flags);
  }

  @Override
  public Description matchIdentifier(IdentifierTree tree, VisitorState state) {
    return match(tree, state);
  }

  @Override
  public Description matchMemberSelect(MemberSelectTree tree, VisitorState state) {
    return match(tree, state);
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    return match(tree, state);
  }

  private Description match(ExpressionTree tree, VisitorState state) {
    if (!roots.isRoot(tree, state)
        || state.findEnclosing(ImportTree.class) != null
        || RootPurpose.isRightByItself(tree, state)
        || contexts.isContextMachinery(state)
        || EntryPoints.encloses(state)
        || TestCode.encloses(state)
        || Intent.isStatedOnPackage(StartsContext.class, state)) {
      return Description.NO_MATCH;
    }
    Optional<VarSymbol> inHand = ContextInScope.find(ASTHelpers.getType(tree), state);
    String message =
        "A root context has no deadline, no stop signal and no values: what runs under it goes on"
            + " when the caller has given up. "
            + inHand
                .map(
                    context ->
                        "Use '%s', which is in hand here.".formatted(context.getSimpleName()))
                .orElse(
                    "Take the caller's context as the first parameter; where work that belongs to"
                        + " no caller starts, say so with @StartsContext(reason = \"…\").");
    Description.Builder description = buildDescription(tree).setMessage(message);
    inHand.ifPresent(
        context ->
            description.addFix(SuggestedFix.replace(tree, context.getSimpleName().toString())));
    return description.build();
  }
}
