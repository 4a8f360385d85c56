package dev.bowline.checks.context;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;
import static com.google.errorprone.matchers.Matchers.instanceMethod;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.IdentifierTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MemberSelectTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.matchers.Matcher;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

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
  /** What cleans up has to finish when the caller's context has ended; what detaches says so. */
  private static final Pattern CLEANUP_OR_DETACH =
      Pattern.compile(
          "(close|shutdown|stop|dispose|destroy|cleanup|cleanUp|detach|fork|background)([A-Z].*)?"
              + "|.*(Detached|Background|NoParent|Root)([A-Z].*)?");

  private static final Matcher<ExpressionTree> EXTRACT =
      instanceMethod()
          .onDescendantOf("io.opentelemetry.context.propagation.TextMapPropagator")
          .named("extract");

  private static final ImmutableSet<String> DEFAULTS =
      ImmutableSet.of("firstNonNull", "requireNonNullElse", "orElse", "getOrDefault");

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
        || isComparedOrDetached(state)
        || isDefaultForNull(state)
        || isDefaultOfOverload(tree, state)
        || isExtractedInto(tree, state)
        || isInCleanupOrDetach(state)
        || contexts.isContextMachinery(state)
        || EntryPoints.encloses(state)
        || TestCode.encloses(state)
        || Intent.isStatedOnPackage(StartsContext.class, state)) {
      return Description.NO_MATCH;
    }
    Optional<VarSymbol> inHand = ContextInScope.find(ASTHelpers.getType(tree), state);
    String message =
        "A root context has no deadline, no stop signal and no values: what runs under it goes on when the caller has given up. "
            + inHand
                .map(
                    context ->
                        "Use '%s', which is in hand here.".formatted(context.getSimpleName()))
                .orElse(
                    "Take the caller's context as the first parameter; where work that belongs to no caller starts, say so with @StartsContext(reason = \"…\").");
    Description.Builder description = buildDescription(tree).setMessage(message);
    inHand.ifPresent(
        context ->
            description.addFix(SuggestedFix.replace(tree, context.getSimpleName().toString())));
    return description.build();
  }

  /** {@code ROOT.detach(previous)} only undoes an attach, which is reported itself. */
  private static boolean isComparedOrDetached(VisitorState state) {
    TreePath parent = state.getPath().getParentPath();
    return parent.getLeaf() instanceof BinaryTree
        || parent.getLeaf() instanceof MethodInvocationTree call
            && ASTHelpers.getSymbol(call).getSimpleName().contentEquals("equals")
        || parent.getLeaf() instanceof MemberSelectTree select
            && select.getIdentifier().contentEquals("detach");
  }

  /** {@code ctx == null ? Context.root() : ctx}, and the same with {@code if} or a helper. */
  private static boolean isDefaultForNull(VisitorState state) {
    for (Tree tree : state.getPath()) {
      if (tree instanceof ConditionalExpressionTree choice && testsForNull(choice.getCondition())
          || tree instanceof IfTree branch && testsForNull(branch.getCondition())
          || tree instanceof MethodInvocationTree call
              && DEFAULTS.contains(ASTHelpers.getSymbol(call).getSimpleName().toString())) {
        return true;
      }
      if (tree instanceof MethodTree || tree instanceof LambdaExpressionTree) {
        return false;
      }
    }
    return false;
  }

  private static boolean testsForNull(ExpressionTree condition) {
    AtomicBoolean found = new AtomicBoolean();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitLiteral(LiteralTree literal, Void unused) {
        found.compareAndSet(false, literal.getKind() == Tree.Kind.NULL_LITERAL);
        return null;
      }
    }.scan(condition, null);
    return found.get();
  }

  /**
   * {@code get(key) { return get(Context.root(), key); }}: the overload is what callers should use.
   */
  private static boolean isDefaultOfOverload(ExpressionTree root, VisitorState state) {
    MethodTree method = state.findEnclosing(MethodTree.class);
    if (method == null
        || method.getBody() == null
        || method.getBody().getStatements().size() != 1
        || !(state.getPath().getParentPath().getLeaf() instanceof MethodInvocationTree call)
        || !call.getArguments().contains(root)) {
      return false;
    }
    MethodSymbol called = ASTHelpers.getSymbol(call);
    return called.getSimpleName().equals(method.getName())
        && called.owner.equals(ASTHelpers.getSymbol(method).owner);
  }

  /** {@code propagator.extract(Context.root(), request, getter)}: here a request comes in. */
  private static boolean isExtractedInto(ExpressionTree root, VisitorState state) {
    return state.getPath().getParentPath().getLeaf() instanceof MethodInvocationTree call
        && call.getArguments().contains(root)
        && EXTRACT.matches(call, state);
  }

  private static boolean isInCleanupOrDetach(VisitorState state) {
    MethodTree method = state.findEnclosing(MethodTree.class);
    return method != null && CLEANUP_OR_DETACH.matcher(method.getName()).matches();
  }
}
