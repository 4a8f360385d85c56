package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import javax.lang.model.element.Modifier;

/** What a task does, as opposed to what it looks up for that. */
final class TaskWork {
  private TaskWork() {}

  /**
   * Whether code that may throw is there for its effect: a statement, what a field is set to, an
   * object that another class is asked for with arguments, a method of the JDK that one knows to
   * throw. Other values that another class gives are mostly some kind of accessor.
   */
  static boolean is(TreePath risk, VisitorState state) {
    Tree parent = risk.getParentPath().getLeaf();
    return risk.getLeaf() instanceof MemberReferenceTree reference
        ? isVoid(reference, state)
        : !(risk.getLeaf() instanceof MethodInvocationTree call)
            || isOfJdk(call)
            || parent instanceof ExpressionStatementTree
            || (parent instanceof VariableTree && isAskedFor(call))
            || (parent instanceof LambdaExpressionTree && isVoid(parent, state))
            || (parent instanceof AssignmentTree assignment
                && ASTHelpers.getSymbol(assignment.getVariable()) instanceof VarSymbol variable
                && variable.owner instanceof ClassSymbol);
  }

  /**
   * Whether the task is one call of another class's method, like a method reference to it. Such a
   * method is often written to be run so; under a condition, one with a body.
   */
  static boolean isLeftToOther(ImmutableList<TreePath> risks, TreePath body) {
    if (risks.size() > 1
        || !(risks.get(0).getLeaf() instanceof MethodInvocationTree call)
        || isOfJdk(call)) {
      return false;
    }
    TreePath path = risks.get(0).getParentPath();
    boolean hasBody = !ASTHelpers.getSymbol(call).getModifiers().contains(Modifier.ABSTRACT);
    while (path.getLeaf() instanceof ExpressionStatementTree
        || path.getLeaf() instanceof BlockTree
        || (hasBody
            && (path.getLeaf() instanceof IfTree || path.getLeaf() instanceof SynchronizedTree))) {
      path = path.getParentPath();
    }
    return path.getLeaf() == body.getParentPath().getLeaf() || path.getLeaf() instanceof MethodTree;
  }

  private static boolean isAskedFor(MethodInvocationTree call) {
    MethodSymbol method = ASTHelpers.getSymbol(call);
    return !call.getArguments().isEmpty()
        && !method.getReturnType().isPrimitive()
        && !method.getSimpleName().toString().startsWith("get");
  }

  private static boolean isOfJdk(MethodInvocationTree call) {
    return ASTHelpers.getSymbol(call).packge().getQualifiedName().toString().startsWith("java.");
  }

  /** Whether what a lambda or method reference implements gives nothing back. */
  static boolean isVoid(Tree function, VisitorState state) {
    Type type = ASTHelpers.getType(function);
    return type != null
        && type.hasTag(TypeTag.CLASS)
        && state.getTypes().isFunctionalInterface(type)
        && state.getTypes().findDescriptorType(type).getReturnType().hasTag(TypeTag.VOID);
  }
}
