package dev.bowline.checks.context;

import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;

/** Whether it makes no difference in which order arguments are evaluated. */
final class EvaluationOrder {
  private EvaluationOrder() {}

  /** Whether this argument may be evaluated before all of those: two with effects may not swap. */
  static boolean isFree(ExpressionTree moved, List<? extends ExpressionTree> passed) {
    return passed.stream()
        .allMatch(
            other ->
                (isConstant(moved) && !assigns(other))
                    || (isConstant(other) && !assigns(moved))
                    || (isRead(moved) && isRead(other)));
  }

  /** Its value is the same before and after anything that is called. */
  private static boolean isConstant(ExpressionTree tree) {
    return tree instanceof LiteralTree
        || tree instanceof LambdaExpressionTree
        || (tree instanceof IdentifierTree identifier
            && isConstant(ASTHelpers.getSymbol(identifier)))
        || (tree instanceof MemberSelectTree select
            && isConstant(ASTHelpers.getSymbol(select))
            && (ASTHelpers.getSymbol(select).isStatic() || isConstant(select.getExpression())));
  }

  private static boolean isConstant(Symbol symbol) {
    return symbol instanceof VarSymbol variable
        && (variable.getKind() == ElementKind.LOCAL_VARIABLE
            || variable.getKind() == ElementKind.PARAMETER
            || variable.getKind() == ElementKind.ENUM_CONSTANT
            || variable.getModifiers().contains(Modifier.FINAL)
            || variable.name.contentEquals("this"));
  }

  private static boolean isRead(ExpressionTree tree) {
    return isConstant(tree)
        || tree instanceof IdentifierTree
        || (tree instanceof MemberSelectTree select && isRead(select.getExpression()));
  }

  private static boolean assigns(ExpressionTree tree) {
    AtomicBoolean assigns = new AtomicBoolean();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitAssignment(AssignmentTree assignment, Void unused) {
        assigns.set(true);
        return null;
      }

      @Override
      public Void visitCompoundAssignment(CompoundAssignmentTree assignment, Void unused) {
        assigns.set(true);
        return null;
      }

      @Override
      public Void visitUnary(UnaryTree operation, Void unused) {
        if (operation.getKind() != Tree.Kind.LOGICAL_COMPLEMENT) {
          assigns.set(true);
        }
        return super.visitUnary(operation, null);
      }
    }.scan(tree, null);
    return assigns.get();
  }
}
