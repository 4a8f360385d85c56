package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Type;
import java.util.List;

/**
 * Where a timed wait goes on when it ends without a result.
 *
 * @param catches what catches the timeout, and after it what catches the interruption, if others
 * @param leavesMethod whether nothing in the method catches the timeout
 */
record GivenUp(ImmutableList<Catch> catches, boolean leavesMethod) {
  private static final Supplier<Type> TIMEOUT =
      VisitorState.memoize(
          state -> state.getTypeFromString("java.util.concurrent.TimeoutException"));

  private static final Supplier<Type> INTERRUPTION =
      VisitorState.memoize(state -> state.getTypeFromString("java.lang.InterruptedException"));

  /**
   * A catch clause that the wait can end in.
   *
   * @param attempt a path to its try statement
   */
  record Catch(CatchTree clause, TreePath attempt, String words) {}

  /** Of the wait at the state's position. */
  static GivenUp of(VisitorState state) {
    Catch timeout = find(TIMEOUT.get(state), "When the time is up", state);
    Catch interruption = find(INTERRUPTION.get(state), "When it is interrupted", state);
    ImmutableList.Builder<Catch> catches = ImmutableList.builder();
    if (timeout != null) {
      catches.add(timeout);
    }
    if (interruption != null
        && (timeout == null || timeout.clause() != interruption.clause())
        && alternatives(interruption.clause()).stream().anyMatch(GivenUp::isInterruption)) {
      catches.add(interruption);
    }
    return new GivenUp(catches.build(), timeout == null);
  }

  private static Catch find(Type thrown, String words, VisitorState state) {
    Tree child = state.getPath().getLeaf();
    for (TreePath path = state.getPath().getParentPath();
        path != null;
        path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof MethodTree
          || tree instanceof LambdaExpressionTree
          || tree instanceof ClassTree) {
        return null;
      }
      if (tree instanceof TryTree attempt && attempt.getBlock() == child) {
        for (CatchTree each : attempt.getCatches()) {
          if (catches(each, thrown, state)) {
            return new Catch(each, path, words);
          }
        }
      }
      child = tree;
    }
    return null;
  }

  /** Whoever catches everything has other failures in mind than being told to stop. */
  private static boolean isInterruption(Tree type) {
    return ASTHelpers.getType(type) != null
        && ASTHelpers.getType(type)
            .tsym
            .getQualifiedName()
            .contentEquals("java.lang.InterruptedException");
  }

  private static List<? extends Tree> alternatives(CatchTree clause) {
    Tree declared = clause.getParameter().getType();
    return declared instanceof UnionTypeTree union
        ? union.getTypeAlternatives()
        : List.of(declared);
  }

  private static boolean catches(CatchTree clause, Type thrown, VisitorState state) {
    return thrown != null
        && alternatives(clause).stream()
            .anyMatch(
                type ->
                    ASTHelpers.getType(type) != null
                        && ASTHelpers.isSubtype(thrown, ASTHelpers.getType(type), state));
  }
}
