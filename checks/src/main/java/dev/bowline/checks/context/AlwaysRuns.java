package dev.bowline.checks.context;

import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import dev.bowline.checks.model.OwnCodeScanner;
import java.util.HashSet;
import java.util.Set;

/** Which code runs in every call of its method, as long as nothing throws. */
final class AlwaysRuns {
  private AlwaysRuns() {}

  /**
   * The method each call of which runs the code at the end of this path; null where there is none:
   * the code is in a branch, a loop, a lambda or an initialiser, or stands after a return.
   */
  static TreePath method(TreePath code) {
    Tree child = code.getLeaf();
    Set<Tree> ancestors = new HashSet<>();
    for (TreePath path = code.getParentPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof MethodTree method) {
        return child == method.getBody() && !isAfterReturn(code.getLeaf(), ancestors, method)
            ? path
            : null;
      }
      if (isOptional(child, tree)) {
        return null;
      }
      ancestors.add(tree);
      child = tree;
    }
    return null;
  }

  private static boolean isOptional(Tree child, Tree parent) {
    return parent instanceof ClassTree
        || parent instanceof LambdaExpressionTree
        || parent instanceof CaseTree
        || parent instanceof CatchTree
        || parent instanceof ForLoopTree
        || parent instanceof DoWhileLoopTree
        || (parent instanceof IfTree branch && child != branch.getCondition())
        || (parent instanceof WhileLoopTree loop && child != loop.getCondition())
        || (parent instanceof EnhancedForLoopTree loop && child != loop.getExpression())
        || (parent instanceof ConditionalExpressionTree choice && child != choice.getCondition())
        || (parent instanceof BinaryTree binary
            && child == binary.getRightOperand()
            && (binary.getKind() == Tree.Kind.CONDITIONAL_AND
                || binary.getKind() == Tree.Kind.CONDITIONAL_OR));
  }

  private static boolean isAfterReturn(Tree code, Set<Tree> ancestors, MethodTree method) {
    int start = ASTHelpers.getStartPosition(code);
    boolean[] found = {false};
    new OwnCodeScanner() {
      @Override
      public Void visitReturn(ReturnTree exit, Void unused) {
        found[0] |= ASTHelpers.getStartPosition(exit) < start && !ancestors.contains(exit);
        return null;
      }
    }.scan(method.getBody(), null);
    return found[0];
  }
}
