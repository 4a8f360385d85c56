package dev.bowline.checks.testcode;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Blocking;
import dev.bowline.checks.model.Occurrences;
import java.util.List;

/** Tasks that are over by themselves: they never run, or have nothing in them that blocks. */
final class EndedTask {
  private EndedTask() {}

  /** Whether all that this thread or future is given to run is a lambda that is sure to end. */
  static boolean isSureToEnd(ExpressionTree waitedFor, VisitorState state) {
    if (waitedFor == null || !(ASTHelpers.getSymbol(waitedFor) instanceof VarSymbol variable)) {
      return false;
    }
    List<ExpressionTree> values = Occurrences.in(state).expressionsGivenTo(variable);
    return !values.isEmpty()
        && values.stream()
            .allMatch(
                value ->
                    value instanceof NewClassTree created
                        && created.getClassBody() == null
                        && !created.getArguments().isEmpty()
                        && created.getArguments().get(0) instanceof LambdaExpressionTree task
                        && isShort(task, state));
  }

  private static boolean isShort(LambdaExpressionTree task, VisitorState state) {
    boolean[] found = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        found[0] |= !isOfJdk(ASTHelpers.getSymbol(call)) || Blocking.isBlocking(call, state);
        return super.visitMethodInvocation(call, null);
      }

      @Override
      public Void visitNewClass(NewClassTree created, Void unused) {
        found[0] |= !isOfJdk(ASTHelpers.getSymbol(created));
        return super.visitNewClass(created, null);
      }

      @Override
      public Void visitWhileLoop(WhileLoopTree loop, Void unused) {
        found[0] = true;
        return null;
      }

      @Override
      public Void visitDoWhileLoop(DoWhileLoopTree loop, Void unused) {
        found[0] = true;
        return null;
      }

      @Override
      public Void visitForLoop(ForLoopTree loop, Void unused) {
        found[0] |= loop.getCondition() == null;
        return super.visitForLoop(loop, null);
      }

      @Override
      public Void visitSynchronized(SynchronizedTree block, Void unused) {
        found[0] = true;
        return null;
      }
    }.scan(task.getBody(), null);
    return !found[0];
  }

  /** What the JDK calls back may be anything; of values, collections and references we know. */
  private static boolean isOfJdk(Symbol method) {
    String name = method.packge().getQualifiedName().toString();
    return name.equals("java.lang")
        || name.equals("java.util")
        || name.equals("java.util.concurrent.atomic")
        || (name.equals("java.util.concurrent")
            && method.getSimpleName().contentEquals("countDown"));
  }

  /** Whether this thread is created in this file, and nothing starts it. */
  static boolean isNeverStarted(ExpressionTree waitedFor, VisitorState state) {
    if (waitedFor == null || !(ASTHelpers.getSymbol(waitedFor) instanceof VarSymbol variable)) {
      return false;
    }
    List<ExpressionTree> values = Occurrences.in(state).expressionsGivenTo(variable);
    return !values.isEmpty()
        && values.stream().allMatch(EndedTask::isNewThread)
        && Occurrences.in(state).of(variable).stream()
            .map(use -> use.getParentPath().getLeaf())
            .allMatch(
                parent ->
                    parent instanceof MemberSelectTree select
                        && !select.getIdentifier().contentEquals("start"));
  }

  private static boolean isNewThread(ExpressionTree value) {
    return ASTHelpers.getSymbol(value) instanceof MethodSymbol method
        && (method.isConstructor() || method.getSimpleName().contentEquals("newThread"))
        && (value instanceof MethodInvocationTree
            || method.enclClass().getQualifiedName().contentEquals("java.lang.Thread"));
  }
}
