package dev.bowline.checks.lifecycle;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Occurrences;
import java.util.Optional;
import javax.lang.model.element.ElementKind;

/**
 * A task scope that no code closes.
 *
 * @param keeper the variable that has it; null where none has
 */
record UnclosedScope(VarSymbol keeper) {
  boolean isInField() {
    return keeper != null && keeper.getKind() == ElementKind.FIELD;
  }

  /** The one that the state's position opens; none where it is closed, or may be out of sight. */
  static Optional<UnclosedScope> at(VisitorState state) {
    TreePath value = unwrapped(state.getPath());
    TreePath parent = value.getParentPath();
    Tree tree = parent.getLeaf();
    boolean isForkedInAtOnce =
        tree instanceof MemberSelectTree
            && TaskScopes.isCall(parent.getParentPath().getLeaf(), TaskScopes.FORK, state);
    if (tree instanceof ExpressionStatementTree || isForkedInAtOnce) {
      return Optional.of(new UnclosedScope(null));
    }
    Symbol keeper =
        tree instanceof VariableTree variable
                && !(parent.getParentPath().getLeaf() instanceof TryTree)
            ? ASTHelpers.getSymbol(variable)
            : tree instanceof AssignmentTree assignment
                ? ASTHelpers.getSymbol(assignment.getVariable())
                : null;
    return keeper instanceof VarSymbol variable
            && Occurrences.in(state).of(variable).stream().noneMatch(UnclosedScope::mayClose)
        ? Optional.of(new UnclosedScope(variable))
        : Optional.empty();
  }

  private static TreePath unwrapped(TreePath path) {
    TreePath value = path;
    while (value.getParentPath().getLeaf() instanceof ParenthesizedTree
        || value.getParentPath().getLeaf() instanceof TypeCastTree) {
      value = value.getParentPath();
    }
    return value;
  }

  /** Whether this mention of a scope closes it, or lets others have it. */
  private static boolean mayClose(TreePath mention) {
    TreePath value = unwrapped(mention);
    Tree parent = value.getParentPath().getLeaf();
    if (parent instanceof MemberSelectTree select) {
      return select.getIdentifier().contentEquals("close");
    }
    if (parent instanceof MemberReferenceTree reference) {
      return reference.getName().contentEquals("close");
    }
    boolean isGivenNewValue =
        parent instanceof AssignmentTree assignment && assignment.getVariable() == value.getLeaf();
    return !isGivenNewValue && !(parent instanceof BinaryTree);
  }
}
