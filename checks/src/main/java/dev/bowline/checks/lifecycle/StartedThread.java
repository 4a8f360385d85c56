package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.flow.Obligation;
import dev.bowline.checks.model.MethodTable;

/** A thread that is started has to be joined. */
final class StartedThread implements Obligation {
  private static final MethodTable UNSTARTED =
      MethodTable.of(
          ImmutableList.of("java.lang.Thread#<init>", "java.lang.Thread.Builder#unstarted"));

  private static final MethodTable STARTED =
      MethodTable.of(
          ImmutableList.of(
              "java.lang.Thread#startVirtualThread", "java.lang.Thread.Builder#start"));

  /** What a thread of a class of its own calls the method that stops it. */
  private static final ImmutableSet<String> OWN_ENDINGS =
      ImmutableSet.of(
          "close",
          "shutdown",
          "shutdownNow",
          "stop",
          "stopThread",
          "terminate",
          "cancel",
          "halt",
          "kill",
          "quit",
          "finish",
          "dispose",
          "end",
          "exit",
          "destroy",
          "shutDown",
          "requestStop");

  private static final Supplier<Type> INTERRUPTED =
      VisitorState.memoize(state -> state.getTypeFromString("java.lang.InterruptedException"));

  @Override
  public boolean isCreatedBy(ExpressionTree expression, VisitorState state) {
    if (expression instanceof NewClassTree created) {
      return UNSTARTED.contains(ASTHelpers.getSymbol(created), state);
    }
    return expression instanceof MethodInvocationTree call
        && !ASTHelpers.getSymbol(call).isConstructor()
        && (STARTED.contains(ASTHelpers.getSymbol(call), state)
            || UNSTARTED.contains(ASTHelpers.getSymbol(call), state));
  }

  @Override
  public boolean beginsWhenCreated(ExpressionTree creation, VisitorState state) {
    return creation instanceof MethodInvocationTree call
        && STARTED.contains(ASTHelpers.getSymbol(call), state);
  }

  @Override
  public boolean isBegunBy(MethodSymbol method, VisitorState state) {
    return method.getSimpleName().contentEquals("start") && method.getParameters().isEmpty();
  }

  @Override
  public boolean isMetBy(MethodSymbol method, VisitorState state) {
    String name = method.getSimpleName().toString();
    return name.startsWith("join")
        || (OWN_ENDINGS.contains(name)
            && !method.enclClass().getQualifiedName().contentEquals("java.lang.Thread"));
  }

  @Override
  public boolean isMetOnFieldBy(MethodSymbol method, VisitorState state) {
    return isMetBy(method, state) || method.getSimpleName().contentEquals("interrupt");
  }

  @Override
  public Answer answerOf(MethodSymbol method, VisitorState state) {
    return method.getSimpleName().contentEquals("isAlive") ? Answer.MET_IF_FALSE : Answer.NOTHING;
  }

  /** Whoever is told to stop while it waits for one thread need not wait for the next. */
  @Override
  public boolean countsChecked(Type exception, VisitorState state) {
    return !ASTHelpers.isSameType(exception, INTERRUPTED.get(state), state);
  }
}
