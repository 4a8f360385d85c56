package dev.bowline.checks.context;

import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Loops;
import dev.bowline.checks.model.Occurrences;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.element.ElementKind;

/** Gives the context that a statement drops to the variable that it was derived from. */
final class DiscardedContextFix {
  private DiscardedContextFix() {}

  /**
   * {@code ctx = ctx.with(…);} where later code in the same method uses {@code ctx}.
   *
   * @param parentOf the context from which a call makes another; null where it makes none
   */
  static Optional<SuggestedFix> fix(
      MethodInvocationTree call,
      Function<MethodInvocationTree, ExpressionTree> parentOf,
      VisitorState state) {
    ExpressionTree origin = call;
    while (origin instanceof MethodInvocationTree step) {
      origin = parentOf.apply(step);
    }
    if (!(state.getPath().getParentPath().getLeaf() instanceof ExpressionStatementTree)
        || !(origin instanceof IdentifierTree)
        || !(ASTHelpers.getSymbol(origin) instanceof VarSymbol variable)
        || !isAssignable(variable)
        || !ASTHelpers.isSubtype(ASTHelpers.getType(call), variable.type, state)
        || !variable.owner.equals(methodOnce(state.getPath()))) {
      return Optional.empty();
    }
    List<TreePath> uses = Occurrences.in(state).of(variable);
    return uses.stream().noneMatch(DiscardedContextFix::isCaptured)
            && uses.stream()
                .map(use -> ASTHelpers.getStartPosition(use.getLeaf()))
                .anyMatch(position -> position > state.getEndPosition(call))
        ? Optional.of(SuggestedFix.prefixWith(call, variable.getSimpleName() + " = "))
        : Optional.empty();
  }

  private static boolean isAssignable(VarSymbol variable) {
    return (variable.getKind() == ElementKind.LOCAL_VARIABLE
            || variable.getKind() == ElementKind.PARAMETER)
        && (variable.flags() & Flags.FINAL) == 0;
  }

  /** The method whose code this is; null where the code is a lambda's, or goes round in a loop. */
  private static Symbol methodOnce(TreePath path) {
    for (Tree tree : path) {
      if (tree instanceof MethodTree) {
        return ASTHelpers.getSymbol(tree);
      }
      if (Loops.isLoop(tree) || tree instanceof LambdaExpressionTree || tree instanceof ClassTree) {
        return null;
      }
    }
    return null;
  }

  private static boolean isCaptured(TreePath use) {
    for (Tree tree : use) {
      if (tree instanceof LambdaExpressionTree || tree instanceof ClassTree) {
        return true;
      }
      if (tree instanceof MethodTree) {
        return false;
      }
    }
    return true;
  }
}
