package dev.bowline.checks.testcode;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Occurrences;
import java.util.List;

/**
 * Latches that are sure to open: threads which the test starts count them down before they do
 * anything else.
 */
final class SureSignal {
  private SureSignal() {}

  /** Whether this is a local latch, and each of its counts is the first thing a new thread does. */
  static boolean is(ExpressionTree waitedFor, VisitorState state) {
    if (waitedFor == null
        || !(ASTHelpers.getSymbol(waitedFor) instanceof VarSymbol latch)
        || !(latch.owner instanceof MethodSymbol)
        || !latch
            .type
            .tsym
            .getQualifiedName()
            .contentEquals("java.util.concurrent.CountDownLatch")) {
      return false;
    }
    List<TreePath> uses = Occurrences.in(state).of(latch);
    List<TreePath> counts = uses.stream().filter(use -> isCallOf("countDown", use)).toList();
    return !counts.isEmpty()
        && uses.stream().allMatch(use -> use.getParentPath().getLeaf() instanceof MemberSelectTree)
        && counts.stream().allMatch(use -> isFirstInThread(use, latch, state));
  }

  private static boolean isCallOf(String name, TreePath use) {
    return use.getParentPath().getLeaf() instanceof MemberSelectTree select
        && select.getIdentifier().contentEquals(name);
  }

  private static boolean isFirstInThread(TreePath use, VarSymbol latch, VisitorState state) {
    TreePath path = use.getParentPath().getParentPath().getParentPath();
    if (path.getLeaf() instanceof ExpressionStatementTree statement) {
      path = path.getParentPath();
      if (!(path.getLeaf() instanceof BlockTree block)
          || block.getStatements().get(0) != statement) {
        return false;
      }
      path = path.getParentPath();
    }
    if (path.getLeaf() instanceof LambdaExpressionTree) {
      return isRunByThread(path, latch, state);
    }
    // new Thread() { public void run() { … } }, new Runnable() { public void run() { … } }
    if (!(path.getLeaf() instanceof MethodTree run)
        || !run.getName().contentEquals("run")
        || !(path.getParentPath().getLeaf() instanceof ClassTree)
        || !(path.getParentPath().getParentPath().getLeaf() instanceof NewClassTree created)) {
      return false;
    }
    path = path.getParentPath().getParentPath();
    return isThread(created) ? isStarted(path, state) : isRunByThread(path, latch, state);
  }

  private static boolean isRunByThread(TreePath task, VarSymbol latch, VisitorState state) {
    TreePath path = task.getParentPath();
    return path.getLeaf() instanceof NewClassTree created
        ? isThread(created) && isStarted(path, state)
        : path.getLeaf() instanceof MethodInvocationTree call && isOfFreePool(call, latch, state);
  }

  private static boolean isThread(NewClassTree created) {
    return ASTHelpers.getSymbol(created.getIdentifier()) != null
        && ASTHelpers.getSymbol(created.getIdentifier())
            .getQualifiedName()
            .contentEquals("java.lang.Thread");
  }

  /** Whether the thread is started in sight, not handed to code that may do so. */
  private static boolean isStarted(TreePath thread, VisitorState state) {
    TreePath parent = thread.getParentPath();
    if (parent.getLeaf() instanceof VariableTree variable) {
      List<TreePath> uses = Occurrences.in(state).of(ASTHelpers.getSymbol(variable));
      return uses.stream().anyMatch(use -> isCallOf("start", use));
    }
    return isCallOf("start", thread);
  }

  /** A pool that is given nothing else, and has a thread for each count. */
  private static boolean isOfFreePool(
      MethodInvocationTree submission, VarSymbol latch, VisitorState state) {
    ExpressionTree receiver = ASTHelpers.getReceiver(submission);
    if (receiver == null
        || !(ASTHelpers.getSymbol(receiver) instanceof VarSymbol pool)
        || !(pool.owner instanceof MethodSymbol)) {
      return false;
    }
    return Occurrences.in(state).of(pool).stream()
                .filter(use -> isCallOf("execute", use) || isCallOf("submit", use))
                .count()
            == 1
        && haveOneArgument(pool, "newFixedThreadPool", state)
        && haveOneArgument(latch, "<init>", state)
        && argument(pool, state).equals(argument(latch, state));
  }

  private static boolean haveOneArgument(VarSymbol variable, String creator, VisitorState state) {
    List<ExpressionTree> values = Occurrences.in(state).expressionsGivenTo(variable);
    return values.size() == 1
        && ASTHelpers.getSymbol(values.get(0)) instanceof MethodSymbol method
        && method.getSimpleName().contentEquals(creator)
        && method.packge().getQualifiedName().contentEquals("java.util.concurrent")
        && method.getParameters().size() == 1;
  }

  private static String argument(VarSymbol variable, VisitorState state) {
    ExpressionTree value =
        ASTHelpers.stripParentheses(Occurrences.in(state).expressionsGivenTo(variable).get(0));
    return (value instanceof NewClassTree created
            ? created.getArguments()
            : ((MethodInvocationTree) value).getArguments())
        .get(0)
        .toString();
  }
}
