package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.model.MethodTable;

/**
 * Stages hung on one another, as in {@code load().thenApply(parse).whenComplete(done)}.
 *
 * @param root what the first stage hangs on; null where that is an implicit {@code this}
 * @param failureHeard whether something is told when the last stage that does work fails
 * @param works whether a stage does something with the result, which can fail itself
 */
record CompletionChain(ExpressionTree root, boolean failureHeard, boolean works) {
  private static final MethodTable STEPS =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.CompletionStage#then*",
              "java.util.concurrent.CompletionStage#runAfter*",
              "java.util.concurrent.CompletionStage#applyToEither*",
              "java.util.concurrent.CompletionStage#acceptEither*",
              "java.util.concurrent.CompletionStage#whenComplete*",
              "java.util.concurrent.CompletionStage#handle*",
              "java.util.concurrent.CompletionStage#exceptionally*",
              "java.util.concurrent.CompletionStage#toCompletableFuture",
              "java.util.concurrent.CompletableFuture#orTimeout",
              "java.util.concurrent.CompletableFuture#completeOnTimeout",
              "java.util.concurrent.CompletableFuture#copy",
              "java.util.concurrent.CompletableFuture#minimalCompletionStage"));

  /** Whether this method hangs a stage on another, or gives the same stage back. */
  static boolean isStep(MethodSymbol method, VisitorState state) {
    return STEPS.contains(method, state);
  }

  /** Whether this is a call of such a method. */
  static boolean isStep(ExpressionTree tree, VisitorState state) {
    return tree instanceof MethodInvocationTree call && isStep(ASTHelpers.getSymbol(call), state);
  }

  /** The chain that ends in this call. */
  static CompletionChain endingIn(ExpressionTree end, VisitorState state) {
    boolean heard = false;
    boolean works = false;
    ExpressionTree tree = end;
    while (isStep(tree, state)) {
      MethodInvocationTree step = (MethodInvocationTree) tree;
      // What is heard of a failure before a step says nothing of the step's own.
      heard |= !works && hears(step);
      works |= !isTransparent(step);
      tree = ASTHelpers.getReceiver(step);
    }
    return new CompletionChain(tree, heard, works);
  }

  private static boolean hears(MethodInvocationTree step) {
    String name = TaskFutures.name(step);
    return name.startsWith("exceptionally")
        || name.startsWith("handle")
        || (name.startsWith("whenComplete")
            && step.getArguments().stream().limit(1).anyMatch(CompletionChain::usesFailure));
  }

  private static boolean isTransparent(MethodInvocationTree step) {
    String name = TaskFutures.name(step);
    return name.startsWith("whenComplete")
        || name.startsWith("exceptionally")
        || name.startsWith("handle")
        || step.getArguments().isEmpty()
        || name.equals("orTimeout")
        || name.equals("completeOnTimeout");
  }

  /** Whether {@code (result, failure) -> …} looks at the failure; other code may. */
  private static boolean usesFailure(ExpressionTree action) {
    if (!(action instanceof LambdaExpressionTree lambda) || lambda.getParameters().size() < 2) {
      return true;
    }
    Symbol failure = ASTHelpers.getSymbol(lambda.getParameters().get(1));
    boolean[] used = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        used[0] |= failure != null && failure.equals(ASTHelpers.getSymbol((Tree) tree));
        return null;
      }
    }.scan(lambda.getBody(), null);
    return used[0];
  }
}
