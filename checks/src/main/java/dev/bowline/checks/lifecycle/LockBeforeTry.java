package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.Fix;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import dev.bowline.checks.model.FollowingCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The idiom: acquire, then at once try, with the release in its finally. */
final class LockBeforeTry {
  private static final HeldPermit PERMIT = new HeldPermit();

  private LockBeforeTry() {}

  /**
   * Whether Error Prone's {@code LockNotBeforeTry}, on by default, reports this call: a plain
   * {@code lock()} that is not followed by a try at once, and whose release stands in the same
   * block.
   */
  static boolean isReportedByErrorProne(MethodInvocationTree acquire, VisitorState state) {
    TreePath statement = state.getPath().getParentPath();
    if (!ASTHelpers.getSymbol(acquire).getSimpleName().contentEquals("lock")
        || !(statement.getLeaf() instanceof ExpressionStatementTree)
        || !(statement.getParentPath().getLeaf() instanceof BlockTree block)) {
      return false;
    }
    List<StatementTree> later = after(block, (StatementTree) statement.getLeaf());
    if (later.isEmpty() || !(later.get(0) instanceof TryTree)) {
      TryTree around = state.findEnclosing(TryTree.class);
      return (around != null && releasesInFinally(around, acquire, state))
          || later.stream()
              .anyMatch(
                  each ->
                      isCallOnSame(each, acquire)
                          || (each instanceof TryTree attempt
                              && releasesInFinally(attempt, acquire, state)));
    }
    return false;
  }

  /** Whether the call is a statement, and the next one a try whose finally releases: the idiom. */
  static boolean isFollowedByItsTry(MethodInvocationTree acquire, VisitorState state) {
    TreePath statement = state.getPath().getParentPath();
    if (!(statement.getLeaf() instanceof ExpressionStatementTree acquiring)
        || !(statement.getParentPath().getLeaf() instanceof BlockTree block)) {
      return false;
    }
    List<StatementTree> later = after(block, acquiring);
    return !later.isEmpty()
        && later.get(0) instanceof TryTree attempt
        && attempt.getResources().isEmpty()
        && alwaysReleases(attempt, acquire, state);
  }

  private static boolean isCallOnSame(StatementTree statement, MethodInvocationTree acquire) {
    return statement instanceof ExpressionStatementTree expression
        && expression.getExpression() instanceof MethodInvocationTree call
        && FollowingCode.onSameReceiver(call, acquire)
        && Set.of("lock", "unlock").contains(ASTHelpers.getSymbol(call).getSimpleName().toString());
  }

  /** Whether the acquire stands in a try whose finally releases it, whatever came of it. */
  static boolean isInsideItsTry(MethodInvocationTree acquire, VisitorState state) {
    if (ASTHelpers.getSymbol(acquire).getSimpleName().toString().endsWith("Uninterruptibly")) {
      return false;
    }
    Tree child = acquire;
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof MethodTree
          || tree instanceof LambdaExpressionTree
          || tree instanceof ClassTree) {
        return false;
      }
      if (tree instanceof TryTree attempt
          && child == attempt.getBlock()
          && alwaysReleases(attempt, acquire, state)
          && !acquiresAgain(attempt.getBlock(), acquire, state)
          && !releasesBefore(attempt.getBlock(), acquire, state)) {
        return true;
      }
      child = tree;
    }
    return false;
  }

  private static boolean alwaysReleases(
      TryTree attempt, MethodInvocationTree acquire, VisitorState state) {
    return attempt.getFinallyBlock() != null
        && attempt.getFinallyBlock().getStatements().stream()
            .anyMatch(statement -> isRelease(statement, acquire, state));
  }

  private static boolean releasesInFinally(
      TryTree attempt, MethodInvocationTree acquire, VisitorState state) {
    return attempt.getFinallyBlock() != null
        && FollowingCode.hasCall(
            List.of(attempt.getFinallyBlock()), call -> isRelease(call, acquire, state));
  }

  /** One of several tries, of which the last one counts. */
  private static boolean acquiresAgain(
      Tree block, MethodInvocationTree acquire, VisitorState state) {
    return FollowingCode.hasCall(
        List.of(block),
        call ->
            call != acquire
                && PERMIT.isCreatedBy(call, state)
                && FollowingCode.onSameReceiver(call, acquire));
  }

  private static boolean releasesBefore(
      Tree block, MethodInvocationTree acquire, VisitorState state) {
    int position = ASTHelpers.getStartPosition(acquire);
    return FollowingCode.hasCall(
        List.of(block),
        call -> ASTHelpers.getStartPosition(call) < position && isRelease(call, acquire, state));
  }

  private static boolean isRelease(
      StatementTree statement, MethodInvocationTree acquire, VisitorState state) {
    return statement instanceof ExpressionStatementTree expression
        && expression.getExpression() instanceof MethodInvocationTree call
        && isRelease(call, acquire, state);
  }

  private static boolean isRelease(
      MethodInvocationTree call, MethodInvocationTree acquire, VisitorState state) {
    return PERMIT.isMetBy(ASTHelpers.getSymbol(call), state)
        && FollowingCode.onSameReceiver(call, acquire);
  }

  /**
   * Moves what follows the acquire into a try whose finally releases: an existing one, or one
   * around all that comes before the release in the same block.
   */
  static ImmutableList<Fix> fixes(MethodInvocationTree acquire, VisitorState state) {
    TreePath statement = state.getPath().getParentPath();
    while (statement.getLeaf() instanceof VariableTree
        || statement.getLeaf() instanceof ExpressionStatementTree) {
      if (statement.getParentPath().getLeaf() instanceof BlockTree block) {
        return inBlock(block, (StatementTree) statement.getLeaf(), acquire, state);
      }
      statement = statement.getParentPath();
    }
    return ImmutableList.of();
  }

  private static ImmutableList<Fix> inBlock(
      BlockTree block, StatementTree acquiring, MethodInvocationTree acquire, VisitorState state) {
    List<StatementTree> later = after(block, acquiring);
    for (int i = 0; i < later.size(); i++) {
      StatementTree statement = later.get(i);
      boolean inFinally =
          statement instanceof TryTree attempt && alwaysReleases(attempt, acquire, state);
      if (!inFinally && !isRelease(statement, acquire, state)) {
        continue;
      }
      List<StatementTree> between = later.subList(0, i);
      if (i == 0
          || declaresWhatIsUsedIn(between, later.subList(i + 1, later.size()))
          || declaresWhatIsUsedIn(
              between, List.of(inFinally ? ((TryTree) statement).getFinallyBlock() : statement))) {
        return ImmutableList.of();
      }
      if (!inFinally) {
        return ImmutableList.of(
            SuggestedFix.builder()
                .prefixWith(between.get(0), "try {\n")
                .replace(statement, "} finally {\n" + state.getSourceForNode(statement) + "\n}")
                .build());
      }
      String source = state.getSourceForNode(statement);
      int open = source.indexOf('{');
      boolean plainTry = source.substring(0, open).strip().equals("try");
      return plainTry && !catches((TryTree) statement)
          ? ImmutableList.of(
              SuggestedFix.builder()
                  .prefixWith(between.get(0), "try {\n")
                  .replace(statement, source.substring(open + 1).strip())
                  .build())
          : ImmutableList.of();
    }
    return ImmutableList.of();
  }

  private static boolean catches(TryTree attempt) {
    return !attempt.getCatches().isEmpty();
  }

  private static boolean declaresWhatIsUsedIn(
      List<StatementTree> declaring, List<? extends StatementTree> using) {
    Set<Symbol> declared = new HashSet<>();
    for (StatementTree statement : declaring) {
      if (statement instanceof VariableTree variable) {
        declared.add(ASTHelpers.getSymbol(variable));
      }
    }
    boolean[] used = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        used[0] |= declared.contains(ASTHelpers.getSymbol(tree));
        return null;
      }
    }.scan(using, null);
    return used[0];
  }

  private static List<StatementTree> after(BlockTree block, StatementTree statement) {
    int next = block.getStatements().indexOf(statement) + 1;
    return List.copyOf(block.getStatements().subList(next, block.getStatements().size()));
  }
}
