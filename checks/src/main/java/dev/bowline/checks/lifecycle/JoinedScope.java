package dev.bowline.checks.lifecycle;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.flow.Obligation;

/** From JDK 25 on, a task scope that has joined neither forks nor joins again. */
final class JoinedScope implements Obligation {
  @Override
  public boolean isCreatedBy(ExpressionTree expression, VisitorState state) {
    return TaskScopes.isCall(expression, TaskScopes.JOIN, state);
  }

  @Override
  public boolean isOnReceiver() {
    return true;
  }

  /** Nothing undoes a join. */
  @Override
  public boolean isMetBy(MethodSymbol method, VisitorState state) {
    return false;
  }

  @Override
  public boolean isMetByClosing() {
    return false;
  }

  @Override
  public boolean isWatched(MethodSymbol method, VisitorState state) {
    return TaskScopes.FORK.contains(method, state) || TaskScopes.JOIN.contains(method, state);
  }
}
