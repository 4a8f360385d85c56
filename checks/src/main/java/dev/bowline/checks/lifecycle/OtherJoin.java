package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import java.util.HashSet;
import java.util.Set;

/**
 * Waits for a thread that are none of its {@code join}: for a latch, a future or a queue that the
 * thread's own task counts down, completes or fills.
 */
final class OtherJoin {
  private static final ImmutableSet<String> SIGNALS =
      ImmutableSet.of(
          "add",
          "arrive",
          "arriveAndDeregister",
          "await",
          "complete",
          "completeExceptionally",
          "countDown",
          "notify",
          "notifyAll",
          "offer",
          "put",
          "release",
          "set",
          "setException",
          "signal",
          "signalAll",
          "run");

  private static final ImmutableSet<String> WAITS =
      ImmutableSet.of(
          "acquire",
          "await",
          "awaitAdvance",
          "awaitUninterruptibly",
          "get",
          "getUnchecked",
          "join",
          "poll",
          "take",
          "tryAcquire",
          "wait",
          "arriveAndAwaitAdvance");

  private OtherJoin() {}

  /** Whether the method that starts the thread at hand waits for it in another way. */
  static boolean follows(VisitorState state) {
    Tree method = methodAround(state.getPath());
    if (method == null) {
      return false;
    }
    Set<VarSymbol> signalled = new HashSet<>();
    Set<VarSymbol> awaited = new HashSet<>();
    new TreeScanner<Void, Boolean>() {
      @Override
      public Void visitLambdaExpression(LambdaExpressionTree lambda, Boolean inTask) {
        return super.visitLambdaExpression(lambda, true);
      }

      @Override
      public Void visitClass(ClassTree type, Boolean inTask) {
        return super.visitClass(type, true);
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Boolean inTask) {
        ExpressionTree receiver = ASTHelpers.getReceiver(call);
        String name = ASTHelpers.getSymbol(call).getSimpleName().toString();
        if (receiver != null && ASTHelpers.getSymbol(receiver) instanceof VarSymbol variable) {
          if (inTask && SIGNALS.contains(name)) {
            signalled.add(variable);
          }
          if (!inTask && WAITS.contains(name)) {
            awaited.add(variable);
          }
        }
        return super.visitMethodInvocation(call, inTask);
      }
    }.scan(
        method instanceof MethodTree whole
            ? whole.getBody()
            : ((LambdaExpressionTree) method).getBody(),
        false);
    signalled.retainAll(awaited);
    return !signalled.isEmpty();
  }

  private static Tree methodAround(TreePath path) {
    for (Tree tree : path) {
      if (tree instanceof MethodTree || tree instanceof LambdaExpressionTree) {
        return tree;
      }
    }
    return null;
  }
}
