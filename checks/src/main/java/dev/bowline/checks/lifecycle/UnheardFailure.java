package dev.bowline.checks.lifecycle;

import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.Loops;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * JDK 21 to 24: a scope that stops at the first failure only notes that failure, for whoever asks.
 */
final class UnheardFailure {
  private static final Supplier<Type> EXECUTION_EXCEPTION =
      VisitorState.memoize(
          state -> state.getTypeFromString("java.util.concurrent.ExecutionException"));

  private UnheardFailure() {}

  /** Whether nothing after the join at the state's position asks how the subtasks ended. */
  static boolean follows(VarSymbol scope, VisitorState state) {
    return TaskScopes.isShutdownOnFailure(scope.type)
        && state.getPath().getParentPath().getLeaf() instanceof ExpressionStatementTree
        && laterCode(scope, state.getPath())
            .filter(code -> !OutcomeAsked.in(code, scope, state))
            .isPresent();
  }

  /** What can run after the join while the scope is open; none where others opened it. */
  private static Optional<List<Tree>> laterCode(VarSymbol scope, TreePath join) {
    List<Tree> later = new ArrayList<>();
    Tree child = join.getLeaf();
    for (TreePath path = join.getParentPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      List<? extends Tree> declarations = List.of();
      if (tree instanceof BlockTree block) {
        declarations = block.getStatements();
        addAfter(child, block.getStatements(), later);
      } else if (tree instanceof CaseTree arm && arm.getStatements() != null) {
        addAfter(child, arm.getStatements(), later);
      } else if (tree instanceof TryTree attempt) {
        declarations = attempt.getResources();
        if (attempt.getFinallyBlock() != null && attempt.getFinallyBlock() != child) {
          later.add(attempt.getFinallyBlock());
        }
      } else if (Loops.isLoop(tree)) {
        later.add(tree);
      } else if (tree instanceof LambdaExpressionTree
          || tree instanceof MethodTree
          || tree instanceof ClassTree) {
        return Optional.empty();
      }
      if (declarations.stream()
          .anyMatch(
              each -> each instanceof VariableTree && scope.equals(ASTHelpers.getSymbol(each)))) {
        return Optional.of(later);
      }
      child = tree;
    }
    return Optional.empty();
  }

  private static void addAfter(Tree child, List<? extends Tree> statements, List<Tree> later) {
    later.addAll(statements.subList(statements.indexOf(child) + 1, statements.size()));
  }

  /** Rethrows the failure after the join, where the method around declares what that throws. */
  static Optional<SuggestedFix> rethrown(VarSymbol scope, VisitorState state) {
    TreePath statement = state.getPath().getParentPath();
    Type failure = EXECUTION_EXCEPTION.get(state);
    MethodTree method = state.findEnclosing(MethodTree.class);
    boolean declared =
        failure != null
            && method != null
            && method.getThrows().stream()
                .anyMatch(type -> ASTHelpers.isSubtype(failure, ASTHelpers.getType(type), state));
    return declared
            && statement.getLeaf() instanceof StatementTree join
            && statement.getParentPath().getLeaf() instanceof BlockTree
        ? Optional.of(
            SuggestedFix.postfixWith(
                join, "\n%s.throwIfFailed();".formatted(scope.getSimpleName())))
        : Optional.empty();
  }
}
