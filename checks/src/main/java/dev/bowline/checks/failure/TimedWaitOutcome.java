package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.TypeTag;
import dev.bowline.checks.model.FollowingCode;
import dev.bowline.checks.model.TestCode;
import java.util.regex.Pattern;

/**
 * Where the outcome of a wait does not matter, or is found out in another way than by its result.
 */
final class TimedWaitOutcome {
  /** What a later call on the same object must be for it to look at the outcome after all. */
  private static final ImmutableSetMultimap<String, String> LOOKED_AT_BY =
      ImmutableSetMultimap.<String, String>builder()
          .putAll("await", "getCount", "isDone", "isSuccess", "cause", "getNow")
          .putAll("awaitUninterruptibly", "getCount", "isDone", "isSuccess", "cause", "getNow")
          .putAll(
              "awaitTermination",
              "shutdownNow",
              "isTerminated",
              "isTerminating",
              "awaitTermination")
          .putAll("awaitQuiescence", "isQuiescent", "shutdownNow")
          .putAll("blockUntilConnected", "getZookeeperClient")
          .putAll("join", "isAlive")
          .putAll("waitFor", "exitValue", "isAlive", "destroy", "destroyForcibly")
          .build();

  private static final ImmutableSetMultimap<String, String> HOLDER_ASKED_BY =
      ImmutableSetMultimap.of(
          "tryLock", "isHeldByCurrentThread",
          "tryLock", "getHoldCount");

  /** What may come after the last wait of a test without anything depending on it. */
  private static final Pattern CLEANUP =
      Pattern.compile("(close|shutdown|stop|await|join|interrupt|delete|clear).*");

  private TimedWaitOutcome() {}

  static boolean doesNotMatter(ExpressionTree tree, MethodSymbol method, VisitorState state) {
    return isDisguisedSleep(tree)
        || hasNoBound(tree)
        || isOverloadOfItself(tree, method, state)
        || isInShutdownHook(state)
        || isCleanupOfTest(tree, method, state);
  }

  static boolean isLookedAtLater(ExpressionTree tree, MethodSymbol method, VisitorState state) {
    ImmutableList<StatementTree> following = FollowingCode.statements(state);
    return (!following.isEmpty() && isStateLookedAt(following.get(0)))
        || isCalledOnSame(LOOKED_AT_BY.get(method.getSimpleName().toString()), tree, following)
        // A lock knows who holds it: code that tries, and unlocks elsewhere, asks it there.
        || isCalledOnSame(
            HOLDER_ASKED_BY.get(method.getSimpleName().toString()),
            tree,
            ImmutableList.of(state.findEnclosing(ClassTree.class)));
  }

  private static boolean isCalledOnSame(
      ImmutableSet<String> names, ExpressionTree tree, ImmutableList<? extends Tree> where) {
    return !names.isEmpty()
        && FollowingCode.hasCall(
            where,
            call ->
                names.contains(ASTHelpers.getSymbol(call).getSimpleName().toString())
                    && FollowingCode.onSameReceiver(tree, call));
  }

  /** Nobody can count down a latch that only this expression knows. */
  private static boolean isDisguisedSleep(ExpressionTree tree) {
    return ASTHelpers.getReceiver(tree) instanceof NewClassTree;
  }

  /** {@code awaitTermination(Long.MAX_VALUE, SECONDS)} is how these are told to wait for ever. */
  private static boolean hasNoBound(ExpressionTree tree) {
    return tree instanceof MethodInvocationTree call
        && !call.getArguments().isEmpty()
        && ASTHelpers.constValue(call.getArguments().get(0)) instanceof Number time
        && time.longValue() >= Integer.MAX_VALUE;
  }

  /** {@code void acquire() { acquire(-1, null); }}: the same with other words, not a wait. */
  private static boolean isOverloadOfItself(
      ExpressionTree tree, MethodSymbol method, VisitorState state) {
    MethodTree enclosing = state.findEnclosing(MethodTree.class);
    ExpressionTree receiver = ASTHelpers.getReceiver(tree);
    return enclosing != null
        && enclosing.getName().equals(method.getSimpleName())
        && (receiver == null
            || receiver.toString().equals("this")
            || receiver.toString().equals("super"));
  }

  /** The process ends when the hook does, whatever the wait has found. */
  private static boolean isInShutdownHook(VisitorState state) {
    for (Tree tree : state.getPath()) {
      if (tree instanceof MethodInvocationTree call
          && ASTHelpers.getSymbol(call).getSimpleName().toString().endsWith("ShutdownHook")) {
        return true;
      }
    }
    return false;
  }

  /** After {@code shutdownNow()} a test has done what it can, when nothing else is to come. */
  private static boolean isCleanupOfTest(
      ExpressionTree tree, MethodSymbol method, VisitorState state) {
    MethodTree enclosing = state.findEnclosing(MethodTree.class);
    return method.getSimpleName().contentEquals("awaitTermination")
        && enclosing != null
        && TestCode.encloses(state)
        && isCalledOnSame(ImmutableSet.of("shutdownNow"), tree, ImmutableList.of(enclosing))
        && FollowingCode.statements(state).stream().allMatch(TimedWaitOutcome::isCleanup);
  }

  private static boolean isCleanup(StatementTree statement) {
    return statement instanceof ExpressionStatementTree expression
        && expression.getExpression() instanceof MethodInvocationTree call
        && CLEANUP.matcher(ASTHelpers.getSymbol(call).getSimpleName()).matches();
  }

  /** {@code return isTerminated();}, {@code if (!done) …}, and {@code fail()} as expected. */
  private static boolean isStateLookedAt(StatementTree next) {
    return (next instanceof ExpressionStatementTree statement
            && statement.getExpression() instanceof MethodInvocationTree call
            && ASTHelpers.getSymbol(call).getSimpleName().contentEquals("fail"))
        || (next instanceof ReturnTree end && isState(end.getExpression()))
        || (next instanceof IfTree branch && isState(branch.getCondition()))
        || (next instanceof WhileLoopTree loop && isState(loop.getCondition()));
  }

  private static boolean isState(ExpressionTree tree) {
    ExpressionTree condition = tree == null ? null : ASTHelpers.stripParentheses(tree);
    if (condition instanceof UnaryTree negation) {
      return isState(negation.getExpression());
    }
    if (condition instanceof BinaryTree both) {
      return isState(both.getLeftOperand()) || isState(both.getRightOperand());
    }
    return ((condition instanceof MethodInvocationTree call && call.getArguments().isEmpty())
            || condition instanceof IdentifierTree
            || condition instanceof MemberSelectTree)
        && ASTHelpers.getType(condition).hasTag(TypeTag.BOOLEAN);
  }
}
