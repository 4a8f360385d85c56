package dev.bowline.checks.lifecycle;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.flow.Obligation;

/** A task scope that forked has to be joined before it closes. */
final class ForkedScope implements Obligation {
  @Override
  public boolean isCreatedBy(ExpressionTree expression, VisitorState state) {
    return TaskScopes.isOpenedBy(expression, state);
  }

  @Override
  public boolean beginsWhenCreated(ExpressionTree creation, VisitorState state) {
    return false;
  }

  @Override
  public boolean isBegunBy(MethodSymbol method, VisitorState state) {
    return TaskScopes.FORK.contains(method, state);
  }

  @Override
  public boolean isMetBy(MethodSymbol method, VisitorState state) {
    return TaskScopes.JOIN.contains(method, state);
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
    return TaskScopes.RESULT.contains(method, state);
  }
}
