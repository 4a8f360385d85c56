package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.Assertions;
import dev.bowline.checks.model.Loops;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way of an {@link AssertionError} from where it is thrown out of the body around it.
 *
 * @param skipped the code by which the test can tell: what would have run had it not been thrown
 * @param isHandled whether a catch on the way tells somebody
 * @param swallower the catch where it ends, and that tells nobody
 */
record WayOut(ImmutableList<Tree> skipped, boolean isHandled, Optional<CatchTree> swallower) {
  private static final Supplier<Type> THROWN =
      VisitorState.memoize(state -> state.getTypeFromString("java.lang.AssertionError"));

  static WayOut of(TreePath code, Tree body, VisitorState state) {
    List<Tree> skipped = new ArrayList<>();
    Tree child = code.getLeaf();
    for (TreePath path = code.getParentPath();
        path != null && child != body;
        path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof BlockTree block) {
        skipped.addAll(after(child, block.getStatements()));
        // A catch that has noted the failure before it fails has told it already.
        if (isFail(child, code.getLeaf()) && path.getParentPath().getLeaf() instanceof CatchTree) {
          skipped.addAll(block.getStatements().subList(0, block.getStatements().indexOf(child)));
        }
      } else if (tree instanceof CaseTree arm && arm.getStatements() != null) {
        skipped.addAll(after(child, arm.getStatements()));
      } else if (repeats(tree) && tree != body) {
        skipped.add(tree);
      } else if (tree instanceof TryTree attempt && child instanceof CatchTree) {
        skipped.addAll(abandoned(attempt.getBlock().getStatements()));
      } else if (tree instanceof TryTree attempt && child != attempt.getFinallyBlock()) {
        if (isFailAtEnd(code.getLeaf(), attempt.getBlock())) {
          skipped.addAll(attempt.getCatches());
        }
        Optional<? extends CatchTree> handler =
            attempt.getCatches().stream().filter(each -> catches(each, state)).findFirst();
        if (handler.isPresent()) {
          CatchTree caught = handler.get();
          if (CaughtFailure.isTold(caught, state)) {
            return new WayOut(ImmutableList.copyOf(skipped), true, Optional.empty());
          }
          if (!CaughtFailure.isThrownOn(caught)) {
            return new WayOut(ImmutableList.copyOf(skipped), false, Optional.of(caught));
          }
        }
      }
      child = tree;
    }
    return new WayOut(ImmutableList.copyOf(skipped), false, Optional.empty());
  }

  /** A catch comes to run when something in the block, at its start or later, did not succeed. */
  private static List<? extends Tree> abandoned(List<? extends Tree> statements) {
    return statements.size() > 1 ? statements.subList(1, statements.size()) : statements;
  }

  /** {@code try { …; fail(); } catch (Expected e) { … }}: what is to happen is the catch. */
  private static boolean isFailAtEnd(Tree code, BlockTree block) {
    return isFail(Iterables.getLast(block.getStatements(), null), code);
  }

  private static boolean isFail(Tree statement, Tree code) {
    return statement instanceof ExpressionStatementTree expression
        && expression.getExpression() == code
        && Assertions.nameOf(code).startsWith("fail");
  }

  private static List<? extends Tree> after(Tree child, List<? extends Tree> statements) {
    return statements.subList(statements.indexOf(child) + 1, statements.size());
  }

  /** The next turn runs all of it; a lambda that runs here mostly runs once for each element. */
  private static boolean repeats(Tree tree) {
    return Loops.isLoop(tree) || tree instanceof LambdaExpressionTree;
  }

  private static boolean catches(CatchTree caught, VisitorState state) {
    Tree type = caught.getParameter().getType();
    return type instanceof UnionTypeTree union
        ? union.getTypeAlternatives().stream().anyMatch(each -> isCaughtBy(each, state))
        : isCaughtBy(type, state);
  }

  private static boolean isCaughtBy(Tree type, VisitorState state) {
    Type caught = ASTHelpers.getType(type);
    return caught != null
        && !caught.isErroneous()
        && ASTHelpers.isSubtype(THROWN.get(state), caught, state);
  }
}
