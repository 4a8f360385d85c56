package dev.bowline.checks.context;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.RootContexts;
import dev.bowline.checks.model.RunSite;
import dev.bowline.checks.model.RunSites;
import dev.bowline.checks.model.TestCode;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Why a call may do without the context in hand. */
final class WithheldContext {
  private static final ImmutableSet<String> NULLABLE =
      ImmutableSet.of("Nullable", "CheckForNull", "NullableDecl");

  private final ContextTypes contexts;
  private final RootContexts roots;
  private final RunSites sites;

  WithheldContext(ErrorProneFlags flags, ContextTypes contexts) {
    this.contexts = contexts;
    roots = new RootContexts(flags);
    sites = new RunSites(flags);
  }

  /**
   * @param overload what would take the context
   * @param context the innermost in hand
   */
  boolean isRight(
      ExpressionTree call,
      List<? extends ExpressionTree> arguments,
      MethodSymbol overload,
      VarSymbol context,
      VisitorState state) {
    return arguments.stream()
            .anyMatch(argument -> contexts.isContext(ASTHelpers.getType(argument), state))
        || implementsOverload(call, overload, state)
        || !runsWhereContextIs(context, state)
        || isPerhapsNull(context)
        || EndedContext.isLikely(context, state)
        || hasNothingToAdd(context, state)
        || CurrentContext.isSetAround(state)
        || isGivenToReceiver(call, state)
        || isMeantByTest(overload, state);
  }

  /** The overload, or what it calls, would go round in circles. */
  private boolean implementsOverload(
      ExpressionTree call, MethodSymbol overload, VisitorState state) {
    if (!isOnThis(call)) {
      return false;
    }
    MethodTree tree = state.findEnclosing(MethodTree.class);
    MethodSymbol enclosing = tree == null ? null : ASTHelpers.getSymbol(tree);
    return enclosing != null
        && (enclosing.equals(overload)
            || ASTHelpers.findSuperMethods(enclosing, state.getTypes()).contains(overload)
            || isCalledBy(overload, enclosing, state));
  }

  private static boolean isCalledBy(MethodSymbol caller, MethodSymbol called, VisitorState state) {
    Occurrences occurrences = Occurrences.in(state);
    TreePath declaration = occurrences.declarationOf(caller);
    if (declaration == null) {
      return false;
    }
    for (TreePath mention : occurrences.of(called)) {
      for (Tree tree : mention) {
        if (tree == declaration.getLeaf()) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isOnThis(ExpressionTree call) {
    ExpressionTree receiver = call instanceof NewClassTree ? null : ASTHelpers.getReceiver(call);
    Symbol symbol = receiver == null ? null : ASTHelpers.getSymbol(receiver);
    return receiver == null || symbol instanceof Symbol.ClassSymbol || Occurrences.isThis(symbol);
  }

  /** What runs elsewhere, or where we do not know, may outlive a context from around it. */
  private boolean runsWhereContextIs(VarSymbol context, VisitorState state) {
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof MethodTree || tree instanceof LambdaExpressionTree) {
        if (declares(tree, context, state)) {
          return true;
        }
        if (tree instanceof MethodTree || sites.of(path, state) != RunSite.HERE) {
          return false;
        }
      }
    }
    // An initialiser of a class.
    return true;
  }

  private static boolean declares(Tree code, VarSymbol variable, VisitorState state) {
    return ASTHelpers.getStartPosition(code) <= variable.pos
        && variable.pos < state.getEndPosition(code);
  }

  private static boolean isPerhapsNull(VarSymbol context) {
    return Stream.concat(
            context.getRawAttributes().stream(), context.type.getAnnotationMirrors().stream())
        .anyMatch(annotation -> NULLABLE.contains(annotation.type.tsym.getSimpleName().toString()));
  }

  /** A root, a null, and the context that is current anyway. */
  private boolean hasNothingToAdd(VarSymbol context, VisitorState state) {
    return Occurrences.in(state).expressionsGivenTo(context).stream()
        .anyMatch(
            value ->
                value.getKind() == Tree.Kind.NULL_LITERAL
                    || roots.isRoot(value, state)
                    || CurrentContext.isRead(value, contexts, state));
  }

  /** {@code client.with(ctx).load(key)}. */
  private boolean isGivenToReceiver(ExpressionTree call, VisitorState state) {
    if (!(call instanceof MethodInvocationTree invocation)
        || !(invocation.getMethodSelect() instanceof MemberSelectTree select)) {
      return false;
    }
    return mentionsContext(select.getExpression(), state)
        || (ASTHelpers.getSymbol(select.getExpression()) instanceof VarSymbol receiver
            && Occurrences.in(state).expressionsGivenTo(receiver).stream()
                .anyMatch(value -> mentionsContext(value, state)));
  }

  /** A test tries both overloads, and what cleans up after tests has to finish. */
  private static boolean isMeantByTest(MethodSymbol overload, VisitorState state) {
    if (!TestCode.encloses(state)) {
      return false;
    }
    MethodTree method = state.findEnclosing(MethodTree.class);
    return !Occurrences.in(state).of(overload).isEmpty()
        || (method != null && TestCode.isLifecycle(ASTHelpers.getSymbol(method), state));
  }

  private boolean mentionsContext(ExpressionTree expression, VisitorState state) {
    AtomicBoolean found = new AtomicBoolean();
    new TreeScanner<Void, Void>() {
      @Override
      public Void scan(Tree tree, Void unused) {
        if (tree instanceof ExpressionTree && contexts.isContext(ASTHelpers.getType(tree), state)) {
          found.set(true);
        }
        return found.get() ? null : super.scan(tree, null);
      }
    }.scan(expression, null);
    return found.get();
  }
}
