package dev.bowline.checks.context;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.InterruptSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Code that deals with a context which is no longer of use. */
final class EndedContext {
  /** A context of this type carries values only: it cannot end before what runs under it. */
  private static final Supplier<Type> ENDLESS =
      VisitorState.memoize(state -> state.getTypeFromString("io.opentelemetry.context.Context"));

  /** What is caught when a context has ended. */
  private static final Supplier<ImmutableList<Type>> SIGNALS =
      VisitorState.memoize(
          state ->
              Stream.of(
                      "java.lang.InterruptedException",
                      "java.util.concurrent.CancellationException",
                      "java.util.concurrent.TimeoutException",
                      "io.grpc.StatusException",
                      "io.grpc.StatusRuntimeException")
                  .map(state::getTypeFromString)
                  .filter(Objects::nonNull)
                  .collect(ImmutableList.toImmutableList()));

  private EndedContext() {}

  /**
   * Whether the code at hand cleans up after, or deals with, a context that has ended or is not
   * there: it is asked, or what is caught may come from its end.
   */
  static boolean isLikely(VarSymbol context, VisitorState state) {
    Tree child = null;
    for (Tree tree : state.getPath()) {
      if (tree instanceof IfTree branch
          && child != branch.getCondition()
          && asks(branch.getCondition(), context)) {
        return true;
      }
      if (tree instanceof ConditionalExpressionTree choice
          && child != choice.getCondition()
          && asks(choice.getCondition(), context)) {
        return true;
      }
      if (canEnd(context, state)
          && ((tree instanceof TryTree attempt && child == attempt.getFinallyBlock())
              || (tree instanceof CatchTree each
                  && isSignal(each.getParameter().getType(), state)))) {
        return true;
      }
      if (tree instanceof MethodTree || tree instanceof ClassTree) {
        return false;
      }
      child = tree;
    }
    return false;
  }

  private static boolean canEnd(VarSymbol context, VisitorState state) {
    Type endless = ENDLESS.get(state);
    return endless == null || !ASTHelpers.isSubtype(context.type, endless, state);
  }

  private static boolean isSignal(Tree caught, VisitorState state) {
    return InterruptSource.alternatives(caught).stream()
        .map(ASTHelpers::getType)
        .anyMatch(
            type ->
                SIGNALS.get(state).stream()
                    .anyMatch(
                        signal ->
                            ASTHelpers.isSubtype(type, signal, state)
                                || ASTHelpers.isSubtype(signal, type, state)));
  }

  /** {@code ctx == null}, {@code ctx.isDone()}. */
  private static boolean asks(ExpressionTree condition, VarSymbol context) {
    AtomicBoolean found = new AtomicBoolean();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitBinary(BinaryTree tree, Void unused) {
        if (is(tree.getLeftOperand(), context) || is(tree.getRightOperand(), context)) {
          found.set(true);
        }
        return super.visitBinary(tree, null);
      }

      @Override
      public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
        if (is(tree.getExpression(), context)) {
          found.set(true);
        }
        return super.visitMemberSelect(tree, null);
      }
    }.scan(condition, null);
    return found.get();
  }

  private static boolean is(ExpressionTree tree, VarSymbol variable) {
    return tree instanceof IdentifierTree && variable.equals(ASTHelpers.getSymbol(tree));
  }
}
