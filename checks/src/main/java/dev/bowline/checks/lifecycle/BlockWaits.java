package dev.bowline.checks.lifecycle;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import dev.bowline.checks.model.Blocking;
import dev.bowline.checks.model.Loops;
import dev.bowline.checks.model.RunSite;
import dev.bowline.checks.model.RunSites;
import java.util.regex.Pattern;

/** Whether a block may wait for a task that is submitted in it: any kind of wait may be for it. */
final class BlockWaits {
  private static final Pattern WAITS =
      Pattern.compile(
          "(?i).*(await|wait|join|sleep|until|eventual|drain|quiesce|(?<!a)sync|block|complet|finish|flush|terminat|stop|close|get(Un)?checked|invoke|verify).*");

  /** A thread is handed to nobody by these, and a future is merely kept. */
  private static final Pattern KEEPS = Pattern.compile("start|set[A-Z].*|add|put|offer");

  private final RunSites sites;

  BlockWaits(RunSites sites) {
    this.sites = sites;
  }

  boolean mayWaitFor(Submission submission, BlockTree block, VisitorState state) {
    Tree start = submission.call();
    Symbol result = null;
    Tree child = submission.call();
    for (TreePath path = state.getPath().getParentPath();
        path.getLeaf() != block;
        path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof LambdaExpressionTree || Loops.isLoop(tree)) {
        // What comes first in the next turn comes after the task.
        start = tree;
      }
      if (tree instanceof VariableTree || tree instanceof AssignmentTree) {
        result = ASTHelpers.getSymbol(tree instanceof AssignmentTree a ? a.getVariable() : tree);
      }
      if (tree instanceof MethodInvocationTree call
          && call.getArguments().contains(child)
          && !KEEPS.matcher(ASTHelpers.getSymbol(call).getSimpleName()).matches()
          && !(child instanceof LambdaExpressionTree)) {
        return true;
      }
      child = tree;
    }
    Scan scan = new Scan(ASTHelpers.getStartPosition(start), result, state);
    scan.scan(block, null);
    return scan.waits;
  }

  private final class Scan extends TreeScanner<Void, Void> {
    private final int start;
    private final Symbol result;
    private final VisitorState state;
    boolean waits;

    Scan(int start, Symbol result, VisitorState state) {
      this.start = start;
      this.result = result;
      this.state = state;
    }

    private boolean isLater(Tree tree) {
      return state.getEndPosition(tree) > start;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
      boolean elsewhere = sites.ofMethod(ASTHelpers.getSymbol(call), state) == RunSite.ELSEWHERE;
      if (isLater(call)) {
        String name = ASTHelpers.getSymbol(call).getSimpleName().toString();
        waits |=
            WAITS.matcher(name).matches()
                || Blocking.isBlocking(call, state)
                || isFutureGet(call, name)
                || (!KEEPS.matcher(name).matches() && isOnOrWithResult(call));
      }
      scan(call.getMethodSelect(), null);
      for (ExpressionTree argument : call.getArguments()) {
        if (!elsewhere || !isBody(argument)) {
          scan(argument, null);
        }
      }
      return null;
    }

    @Override
    public Void visitNewClass(NewClassTree created, Void unused) {
      boolean elsewhere = sites.ofMethod(ASTHelpers.getSymbol(created), state) == RunSite.ELSEWHERE;
      for (ExpressionTree argument : created.getArguments()) {
        waits |= isLater(created) && isResult(argument);
        if (!elsewhere || !isBody(argument)) {
          scan(argument, null);
        }
      }
      return elsewhere ? null : scan(created.getClassBody(), null);
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree reference, Void unused) {
      waits |= isLater(reference) && WAITS.matcher(reference.getName()).matches();
      return super.visitMemberReference(reference, null);
    }

    @Override
    public Void visitWhileLoop(WhileLoopTree loop, Void unused) {
      waits |= isLater(loop);
      return super.visitWhileLoop(loop, null);
    }

    @Override
    public Void visitDoWhileLoop(DoWhileLoopTree loop, Void unused) {
      waits |= isLater(loop);
      return super.visitDoWhileLoop(loop, null);
    }

    private boolean isOnOrWithResult(MethodInvocationTree call) {
      return isResult(ASTHelpers.getReceiver(call))
          || call.getArguments().stream().anyMatch(this::isResult);
    }

    private boolean isResult(ExpressionTree tree) {
      return result != null && tree != null && result.equals(ASTHelpers.getSymbol(tree));
    }

    private boolean isFutureGet(MethodInvocationTree call, String name) {
      ExpressionTree receiver = ASTHelpers.getReceiver(call);
      return name.equals("get")
          && receiver != null
          && ASTHelpers.getType(receiver) != null
          && ASTHelpers.getType(receiver).tsym.getSimpleName().toString().contains("Future");
    }

    private static boolean isBody(ExpressionTree argument) {
      return argument instanceof LambdaExpressionTree || argument instanceof NewClassTree;
    }
  }
}
