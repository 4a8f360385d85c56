package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import java.util.List;
import java.util.Set;

/**
 * Whether an executor runs tasks that {@code shutdown()} does not end by itself: it cancels
 * periodic ones, and only a turn that is under way goes on.
 */
final class OneOffTasks {
  private static final ImmutableSet<String> SUBMITS =
      ImmutableSet.of("execute", "schedule", "submit");

  private OneOffTasks() {}

  /** Whether this code submits such a task to what these variables hold, or lets others do so. */
  static boolean exist(Set<VarSymbol> holders, Tree file) {
    boolean[] found = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        ExpressionTree receiver = ASTHelpers.getReceiver(call);
        found[0] |=
            isHeld(call.getArguments())
                || (receiver != null
                    && isHeld(List.of(receiver))
                    && SUBMITS.contains(ASTHelpers.getSymbol(call).getSimpleName().toString()));
        return super.visitMethodInvocation(call, null);
      }

      @Override
      public Void visitMemberReference(MemberReferenceTree reference, Void unused) {
        found[0] |=
            SUBMITS.contains(reference.getName().toString())
                && isHeld(List.of(reference.getQualifierExpression()));
        return super.visitMemberReference(reference, null);
      }

      @Override
      public Void visitNewClass(NewClassTree created, Void unused) {
        found[0] |= isHeld(created.getArguments());
        return super.visitNewClass(created, null);
      }

      @Override
      public Void visitReturn(ReturnTree tree, Void unused) {
        found[0] |= tree.getExpression() != null && isHeld(List.of(tree.getExpression()));
        return super.visitReturn(tree, null);
      }

      private boolean isHeld(List<? extends ExpressionTree> expressions) {
        return expressions.stream()
            .anyMatch(expression -> holders.contains(ASTHelpers.getSymbol(expression)));
      }
    }.scan(file, null);
    return found[0];
  }
}
