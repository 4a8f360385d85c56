package dev.bowline.checks.context;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.OwnCodeScanner;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The context that gRPC and OpenTelemetry keep for each thread: what is not given one uses that.
 */
final class CurrentContext {
  private static final MethodTable SETS =
      MethodTable.of(
          ImmutableList.of(
              "io.grpc.Context#attach",
              "io.opentelemetry.context.Context#makeCurrent",
              "io.opentelemetry.context.ContextStorage#attach",
              "io.opentelemetry.context.ImplicitContextKeyed#makeCurrent"));

  private static final MethodTable RUNS_UNDER =
      MethodTable.of(ImmutableList.of("io.grpc.Context#call", "io.grpc.Context#run"));

  private CurrentContext() {}

  /** {@code Context.current()}. */
  static boolean isRead(ExpressionTree value, ContextTypes contexts, VisitorState state) {
    return value instanceof MethodInvocationTree call
        && call.getArguments().isEmpty()
        && ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method
        && method.isStatic()
        && method.getSimpleName().contentEquals("current")
        && contexts.isContext(method.owner.type, state);
  }

  /** Whether the method around has chosen the current context for the code at hand. */
  static boolean isSetAround(VisitorState state) {
    Tree child = null;
    for (Tree tree : state.getPath()) {
      if (tree instanceof TryTree attempt && child == attempt.getBlock()) {
        for (Tree resource : attempt.getResources()) {
          if (sets(resource, state)) {
            return true;
          }
        }
      } else if (tree instanceof BlockTree block) {
        for (StatementTree statement : block.getStatements()) {
          if (statement == child) {
            break;
          }
          if (sets(statement, state)) {
            return true;
          }
        }
      } else if (tree instanceof MethodInvocationTree call
          && child instanceof LambdaExpressionTree
          && ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method
          && RUNS_UNDER.contains(method, state)) {
        return true;
      } else if (tree instanceof MethodTree) {
        return false;
      }
      child = tree;
    }
    return false;
  }

  /** A resource sets it for its own block only, and a lambda for whoever runs it. */
  private static boolean sets(Tree tree, VisitorState state) {
    AtomicBoolean found = new AtomicBoolean();
    new OwnCodeScanner() {
      @Override
      public Void visitTry(TryTree attempt, Void unused) {
        return attempt.getResources().isEmpty() ? super.visitTry(attempt, null) : null;
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        if (ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method
            && SETS.contains(method, state)) {
          found.set(true);
        }
        return super.visitMethodInvocation(call, null);
      }
    }.scan(tree, null);
    return found.get();
  }
}
