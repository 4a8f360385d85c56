package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.flow.Obligation;
import dev.bowline.checks.model.MethodTable;

/**
 * A task scope that forked has to be joined before it closes; by names, the type is newer than 17.
 */
final class ForkedScope implements Obligation {
  private static final String SCOPE = "java.util.concurrent.StructuredTaskScope";

  private static final MethodTable OPENS =
      MethodTable.of(ImmutableList.of(SCOPE + "#open", SCOPE + "#<init>"));

  static final MethodTable FORK = MethodTable.of(ImmutableList.of(SCOPE + "#fork"));

  static final MethodTable JOIN =
      MethodTable.of(ImmutableList.of(SCOPE + "#join", SCOPE + "#joinUntil"));

  static final MethodTable RESULT =
      MethodTable.of(ImmutableList.of(SCOPE + ".Subtask#get", SCOPE + ".Subtask#exception"));

  @Override
  public boolean isCreatedBy(ExpressionTree expression, VisitorState state) {
    return (expression instanceof NewClassTree
            || (expression instanceof MethodInvocationTree call
                && !ASTHelpers.getSymbol(call).isConstructor()))
        && ASTHelpers.getSymbol(expression) instanceof MethodSymbol method
        && OPENS.contains(method, state);
  }

  @Override
  public boolean beginsWhenCreated(ExpressionTree creation, VisitorState state) {
    return false;
  }

  @Override
  public boolean isBegunBy(MethodSymbol method, VisitorState state) {
    return FORK.contains(method, state);
  }

  @Override
  public boolean isMetBy(MethodSymbol method, VisitorState state) {
    return JOIN.contains(method, state);
  }

  /** Closing a scope that forked and did not join is what throws. */
  @Override
  public boolean isMetByClosing() {
    return false;
  }

  /** Whatever was thrown in the block is what the caller hears of. */
  @Override
  public boolean countsExceptions() {
    return false;
  }

  @Override
  public boolean isWatched(MethodSymbol method, VisitorState state) {
    return RESULT.contains(method, state);
  }
}
