package dev.bowline.checks.sharing;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs depending on a test: the branches of the {@code if} or the conditional expression that
 * it is part of, and what follows an {@code if} that leaves early.
 */
final class Outcome {
  private final List<TreePath> whenTrue = new ArrayList<>();
  private final List<TreePath> whenFalse = new ArrayList<>();

  private Outcome() {}

  /**
   * Follows a test outwards.
   *
   * @param test a path to a boolean expression
   */
  static Outcome of(TreePath test) {
    Outcome outcome = new Outcome();
    // Which value of the whole expression, if any, tells that the test was true, or false.
    Boolean tellsTrue = true;
    Boolean tellsFalse = false;
    Tree child = test.getLeaf();
    for (TreePath path = test.getParentPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree.getKind() == Tree.Kind.LOGICAL_COMPLEMENT) {
        tellsTrue = tellsTrue == null ? null : !tellsTrue;
        tellsFalse = tellsFalse == null ? null : !tellsFalse;
      } else if (tree instanceof BinaryTree both
          && (tree.getKind() == Tree.Kind.CONDITIONAL_AND
              || tree.getKind() == Tree.Kind.CONDITIONAL_OR)) {
        boolean and = tree.getKind() == Tree.Kind.CONDITIONAL_AND;
        if (child == both.getLeftOperand()) {
          outcome.add(and, new TreePath(path, both.getRightOperand()), tellsTrue, tellsFalse);
        }
        // A conjunction that is true tells of its parts; one that is false does not.
        tellsTrue = (tellsTrue != null && tellsTrue == and) ? tellsTrue : null;
        tellsFalse = (tellsFalse != null && tellsFalse == and) ? tellsFalse : null;
      } else if (tree instanceof ConditionalExpressionTree choice) {
        if (child == choice.getCondition()) {
          outcome.add(true, new TreePath(path, choice.getTrueExpression()), tellsTrue, tellsFalse);
          outcome.add(
              false, new TreePath(path, choice.getFalseExpression()), tellsTrue, tellsFalse);
        }
        return outcome;
      } else if (tree instanceof IfTree choice) {
        if (child == choice.getCondition()) {
          outcome.addBranches(path, choice, tellsTrue, tellsFalse);
        }
        return outcome;
      } else if (!(tree instanceof ParenthesizedTree)) {
        return outcome;
      }
      child = tree;
    }
    return outcome;
  }

  /** What runs only if the test was true, or only if it was false; in the order of the source. */
  ImmutableList<TreePath> code(boolean result) {
    return ImmutableList.copyOf(result ? whenTrue : whenFalse);
  }

  private void addBranches(TreePath path, IfTree choice, Boolean tellsTrue, Boolean tellsFalse) {
    StatementTree otherwise = choice.getElseStatement();
    add(true, new TreePath(path, choice.getThenStatement()), tellsTrue, tellsFalse);
    if (otherwise != null) {
      add(false, new TreePath(path, otherwise), tellsTrue, tellsFalse);
    }
    boolean then = leaves(choice.getThenStatement());
    if (then != leaves(otherwise)) {
      for (TreePath statement : after(path)) {
        add(!then, statement, tellsTrue, tellsFalse);
      }
    }
  }

  private void add(boolean value, TreePath code, Boolean tellsTrue, Boolean tellsFalse) {
    if (tellsTrue != null && tellsTrue == value) {
      whenTrue.add(code);
    }
    if (tellsFalse != null && tellsFalse == value) {
      whenFalse.add(code);
    }
  }

  /** The statements that follow one in its block. */
  static ImmutableList<TreePath> after(TreePath statement) {
    TreePath parent = statement.getParentPath();
    if (!(parent.getLeaf() instanceof BlockTree block)) {
      return ImmutableList.of();
    }
    int next = block.getStatements().indexOf(statement.getLeaf()) + 1;
    return block.getStatements().subList(next, block.getStatements().size()).stream()
        .map(each -> new TreePath(parent, each))
        .collect(ImmutableList.toImmutableList());
  }

  /** Whether nothing after this statement runs, going by what it ends with. */
  static boolean leaves(StatementTree statement) {
    if (statement instanceof BlockTree block) {
      return !block.getStatements().isEmpty()
          && leaves(block.getStatements().get(block.getStatements().size() - 1));
    }
    if (statement instanceof IfTree choice) {
      return leaves(choice.getThenStatement()) && leaves(choice.getElseStatement());
    }
    return statement instanceof ReturnTree
        || statement instanceof ThrowTree
        || statement instanceof ContinueTree
        || statement instanceof BreakTree;
  }

  /** The comparison of an expression with null that this path, or its parent, is an operand of. */
  static TreePath comparisonWithNull(TreePath operand) {
    TreePath path = operand.getParentPath();
    if (path.getLeaf() instanceof AssignmentTree assignment
        && assignment.getExpression() == operand.getLeaf()) {
      path = path.getParentPath();
    }
    while (path.getLeaf() instanceof ParenthesizedTree) {
      path = path.getParentPath();
    }
    return path.getLeaf() instanceof BinaryTree binary
            && (binary.getKind() == Tree.Kind.EQUAL_TO
                || binary.getKind() == Tree.Kind.NOT_EQUAL_TO)
            && (isNull(binary.getLeftOperand()) || isNull(binary.getRightOperand()))
        ? path
        : null;
  }

  private static boolean isNull(ExpressionTree tree) {
    return tree instanceof LiteralTree && tree.getKind() == Tree.Kind.NULL_LITERAL;
  }
}
