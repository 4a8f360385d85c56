package dev.bowline.checks.model;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;

/** Executors that run a task in the call that submits it, as far as the source shows. */
final class DirectExecutors {
  private static final MethodTable METHODS = MethodTable.of(RunSiteTable.DIRECT_EXECUTORS);
  private static final ImmutableSet<String> TYPES =
      ImmutableSet.copyOf(RunSiteTable.DIRECT_EXECUTOR_TYPES);

  private DirectExecutors() {}

  /** Whether the call is on one, or is given one. */
  static boolean areUsedBy(MethodInvocationTree call, VisitorState state) {
    ExpressionTree receiver = ASTHelpers.getReceiver(call);
    return (receiver != null && isOne(receiver, state))
        || call.getArguments().stream().anyMatch(argument -> isOne(argument, state));
  }

  private static boolean isOne(ExpressionTree tree, VisitorState state) {
    return isMade(tree, state)
        || (ASTHelpers.getSymbol(tree) instanceof VarSymbol variable
            && isExecutor(variable.type, state)
            && Occurrences.in(state).expressionsGivenTo(variable).stream()
                .anyMatch(value -> isMade(value, state)));
  }

  private static boolean isMade(ExpressionTree tree, VisitorState state) {
    Type type = ASTHelpers.getType(tree);
    if (type == null) {
      return false;
    }
    if (tree instanceof MemberReferenceTree || tree instanceof LambdaExpressionTree) {
      return isExecutor(type, state) && runsItsTask(tree);
    }
    return (tree instanceof MethodInvocationTree call
            && METHODS.contains(ASTHelpers.getSymbol(call), state))
        || Supertypes.any(type, each -> TYPES.contains(each.getQualifiedName().toString()), state);
  }

  private static boolean isExecutor(Type type, VisitorState state) {
    return Supertypes.any(
        type,
        each -> each.getQualifiedName().contentEquals("java.util.concurrent.Executor"),
        state);
  }

  /** {@code Runnable::run} or {@code task -> task.run()}. */
  private static boolean runsItsTask(ExpressionTree executor) {
    if (executor instanceof LambdaExpressionTree lambda) {
      return lambda.getBody() instanceof MethodInvocationTree call
          && ASTHelpers.getReceiver(call) != null
          && isRun(ASTHelpers.getSymbol(call))
          && ASTHelpers.getSymbol(lambda.getParameters().get(0))
              .equals(ASTHelpers.getSymbol(ASTHelpers.getReceiver(call)));
    }
    return isRun(ASTHelpers.getSymbol(executor));
  }

  private static boolean isRun(Symbol method) {
    return method != null && method.getSimpleName().contentEquals("run");
  }
}
