package dev.bowline.checks.context;

import static com.google.errorprone.matchers.Matchers.instanceMethod;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.matchers.Matcher;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** What a root context is right for by itself, wherever it stands. */
final class RootPurpose {
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

  private RootPurpose() {}

  static boolean isRightByItself(ExpressionTree root, VisitorState state) {
    return isComparedOrDetached(state)
        || isDefaultForNull(root, state)
        || isDefaultOfOverload(root, state)
        || isExtractedInto(root, state)
        || isInCleanupOrDetach(state);
  }

  /** {@code ROOT.detach(previous)} only undoes an attach, which is reported itself. */
  private static boolean isComparedOrDetached(VisitorState state) {
    TreePath parent = state.getPath().getParentPath();
    return parent.getLeaf() instanceof BinaryTree
        || (parent.getLeaf() instanceof MethodInvocationTree call
            && ASTHelpers.getSymbol(call).getSimpleName().contentEquals("equals"))
        || (parent.getLeaf() instanceof MemberSelectTree select
            && select.getIdentifier().contentEquals("detach"));
  }

  /** {@code ctx == null ? Context.root() : ctx}, and the same with {@code if} or a helper. */
  private static boolean isDefaultForNull(ExpressionTree root, VisitorState state) {
    Type context = ASTHelpers.getType(root);
    for (Tree tree : state.getPath()) {
      if ((tree instanceof ConditionalExpressionTree choice
              && testsForNull(choice.getCondition(), context, state))
          || (tree instanceof IfTree branch && testsForNull(branch.getCondition(), context, state))
          || (tree instanceof MethodInvocationTree call
              && DEFAULTS.contains(ASTHelpers.getSymbol(call).getSimpleName().toString()))) {
        return true;
      }
      if (tree instanceof MethodTree || tree instanceof LambdaExpressionTree) {
        return false;
      }
    }
    return false;
  }

  /**
   * Whether a context is compared with null, or what a house of its own calls one; of other things,
   * null says nothing about the context.
   */
  private static boolean testsForNull(ExpressionTree condition, Type context, VisitorState state) {
    AtomicBoolean found = new AtomicBoolean();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitBinary(BinaryTree comparison, Void unused) {
        if (comparison.getRightOperand().getKind() == Tree.Kind.NULL_LITERAL
            && isContext(ASTHelpers.getType(comparison.getLeftOperand()), context, state)) {
          found.set(true);
        }
        return super.visitBinary(comparison, null);
      }
    }.scan(condition, null);
    return found.get();
  }

  private static boolean isContext(Type type, Type context, VisitorState state) {
    return ASTHelpers.isSubtype(type, context, state)
        || (type.tsym != null && type.tsym.getSimpleName().toString().endsWith("Context"));
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
