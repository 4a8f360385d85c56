package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.VarSymbol;

/** What a variable is given. */
final class AssignedValues {
  private AssignedValues() {}

  /** Its initialiser, and the right-hand side of each assignment to it, in this code. */
  static ImmutableList<ExpressionTree> of(VarSymbol variable, Tree code) {
    ImmutableList.Builder<ExpressionTree> values = ImmutableList.builder();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree tree, Void unused) {
        if (tree.getInitializer() != null && variable.equals(ASTHelpers.getSymbol(tree))) {
          values.add(tree.getInitializer());
        }
        return super.visitVariable(tree, null);
      }

      @Override
      public Void visitAssignment(AssignmentTree tree, Void unused) {
        if (variable.equals(ASTHelpers.getSymbol(tree.getVariable()))) {
          values.add(tree.getExpression());
        }
        return super.visitAssignment(tree, null);
      }
    }.scan(code, null);
    return values.build();
  }
}
