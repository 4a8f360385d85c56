package dev.bowline.checks.model;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether a wait stands in a loop that looks again at what it waits for: then a wait that ends too
 * early does no harm. A loop that merely counts turns is none.
 */
public final class RecheckingLoop {
  private RecheckingLoop() {}

  /** Whether a loop around the state's position, in the same method or lambda, re-checks. */
  public static boolean encloses(VisitorState state) {
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof MethodTree
          || tree instanceof LambdaExpressionTree
          || tree instanceof ClassTree) {
        return false;
      }
      if (isRechecking(tree)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this is a loop that does. */
  public static boolean isRechecking(Tree tree) {
    if (tree instanceof WhileLoopTree loop) {
      return looksAtState(loop.getCondition(), loop.getStatement());
    }
    if (tree instanceof DoWhileLoopTree loop) {
      return looksAtState(loop.getCondition(), loop.getStatement());
    }
    if (tree instanceof ForLoopTree loop) {
      return looksAtState(
          loop.getCondition(), loop.getStatement(), loop.getUpdate().toArray(Tree[]::new));
    }
    return tree instanceof EnhancedForLoopTree loop && leavesOnCondition(loop.getStatement());
  }

  private static boolean looksAtState(
      ExpressionTree condition, StatementTree body, Tree... update) {
    return (condition != null && readsMoreThanCounters(condition, body, update))
        || leavesOnCondition(body);
  }

  /** Whether a condition reads anything that the loop itself does not merely count. */
  private static boolean readsMoreThanCounters(
      ExpressionTree condition, StatementTree body, Tree... update) {
    Set<Symbol> counters = new HashSet<>();
    TreeScanner<Void, Void> counting =
        new TreeScanner<>() {
          @Override
          public Void visitUnary(UnaryTree tree, Void unused) {
            if (tree.getKind() != Tree.Kind.LOGICAL_COMPLEMENT) {
              counters.add(ASTHelpers.getSymbol(tree.getExpression()));
            }
            return super.visitUnary(tree, null);
          }

          @Override
          public Void visitCompoundAssignment(CompoundAssignmentTree tree, Void unused) {
            counters.add(ASTHelpers.getSymbol(tree.getVariable()));
            return super.visitCompoundAssignment(tree, null);
          }
        };
    counting.scan(body, null);
    counting.scan(condition, null);
    for (Tree each : update) {
      counting.scan(each, null);
    }
    Reads reads = new Reads();
    reads.scan(condition, null);
    // "i < 10", "i < names.size()" and "n-- > 0" count turns.
    return (!reads.variables.isEmpty() && reads.variables.stream().noneMatch(counters::contains))
        || (reads.variables.isEmpty() && reads.calls)
        || reads.conjunction;
  }

  private static final class Reads extends TreeScanner<Void, Void> {
    final Set<Symbol> variables = new HashSet<>();
    boolean calls;
    boolean conjunction;

    @Override
    public Void visitIdentifier(IdentifierTree tree, Void unused) {
      if (ASTHelpers.getSymbol(tree) instanceof Symbol.VarSymbol variable) {
        variables.add(variable);
      }
      return null;
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
      if (ASTHelpers.getSymbol(tree) instanceof Symbol.VarSymbol variable) {
        variables.add(variable);
      }
      return super.visitMemberSelect(tree, null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
      calls = true;
      return super.visitMethodInvocation(tree, null);
    }

    @Override
    public Void visitBinary(BinaryTree tree, Void unused) {
      conjunction |=
          tree.getKind() == Tree.Kind.CONDITIONAL_AND || tree.getKind() == Tree.Kind.CONDITIONAL_OR;
      return super.visitBinary(tree, null);
    }

    @Override
    public Void visitAssignment(AssignmentTree tree, Void unused) {
      calls = true;
      return super.visitAssignment(tree, null);
    }
  }

  /** Whether the body leaves the loop, or the method, when something turns out to be so. */
  private static boolean leavesOnCondition(StatementTree body) {
    boolean[] leaves = {false};
    new TreeScanner<Void, Boolean>() {
      @Override
      public Void visitIf(IfTree tree, Boolean conditional) {
        scan(tree.getCondition(), conditional);
        scan(tree.getThenStatement(), true);
        return scan(tree.getElseStatement(), true);
      }

      @Override
      public Void visitTry(TryTree tree, Boolean conditional) {
        // An attempt that ends the loop when nothing is thrown.
        return super.visitTry(tree, conditional || !tree.getCatches().isEmpty());
      }

      @Override
      public Void visitBreak(BreakTree tree, Boolean conditional) {
        leaves[0] |= conditional;
        return null;
      }

      @Override
      public Void visitReturn(ReturnTree tree, Boolean conditional) {
        leaves[0] |= conditional;
        return null;
      }

      @Override
      public Void visitLambdaExpression(LambdaExpressionTree tree, Boolean conditional) {
        return null;
      }

      @Override
      public Void visitClass(ClassTree tree, Boolean conditional) {
        return null;
      }
    }.scan(body, false);
    return leaves[0];
  }
}
