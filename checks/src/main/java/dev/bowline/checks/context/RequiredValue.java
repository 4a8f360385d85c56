package dev.bowline.checks.context;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.google.errorprone.util.TargetType;
import com.sun.source.tree.AssertTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.Occurrences;
import java.util.List;

/** Whether the value that is read at the state's position has to be there. */
final class RequiredValue {
  private static final MethodTable THROW_FOR_NULL =
      MethodTable.of(
          ImmutableList.of(
              "com.google.common.base.Preconditions#checkNotNull",
              "com.google.common.base.Verify#verifyNotNull",
              "java.util.Objects#requireNonNull",
              "java.util.Optional#of",
              "org.apache.commons.lang3.Validate#notNull",
              "org.springframework.util.Assert#notNull"));

  private static final MethodTable THROW_FOR_FALSE =
      MethodTable.of(
          ImmutableList.of(
              "com.google.common.base.Preconditions#check*",
              "com.google.common.base.Verify#verify",
              "org.apache.commons.lang3.Validate#is*",
              "org.springframework.util.Assert#is*",
              "org.springframework.util.Assert#state"));

  private static final ImmutableSet<String> STAYS_OPTIONAL =
      ImmutableSet.of("filter", "flatMap", "map");

  private RequiredValue() {}

  /** Whether every call of this method fails without the value. */
  static boolean isRequired(TreePath method, VisitorState state) {
    if (failsOnNull(state.getPath(), state)) {
      return true;
    }
    VarSymbol local = localOf(state.getPath());
    if (local == null || Occurrences.in(state).valuesOf(local).size() != 1) {
      return false;
    }
    boolean required = false;
    for (TreePath use : Occurrences.in(state).of(local)) {
      boolean fails = failsOnNull(use, state) && isReached(use, method);
      if (!fails && isTestedForNull(use)) {
        return false;
      }
      required |= fails;
    }
    return required;
  }

  private static boolean isReached(TreePath use, TreePath method) {
    TreePath reaching = AlwaysRuns.method(use);
    return reaching != null && reaching.getLeaf() == method.getLeaf();
  }

  /** The local variable that is declared with the value at the end of this path. */
  private static VarSymbol localOf(TreePath value) {
    return outermost(value).getParentPath().getLeaf() instanceof VariableTree variable
        ? ASTHelpers.getSymbol(variable)
        : null;
  }

  private static TreePath outermost(TreePath value) {
    TreePath path = value;
    while (path.getParentPath().getLeaf() instanceof ParenthesizedTree
        || path.getParentPath().getLeaf() instanceof TypeCastTree) {
      path = path.getParentPath();
    }
    return path;
  }

  private static boolean failsOnNull(TreePath value, VisitorState state) {
    TreePath path = outermost(value);
    Tree parent = path.getParentPath().getLeaf();
    if (parent instanceof MemberSelectTree
        || (parent instanceof EnhancedForLoopTree loop && loop.getExpression() == path.getLeaf())) {
      return true;
    }
    if (parent instanceof BinaryTree comparison && isComparisonWithNull(comparison)) {
      return isThrownFor(path.getParentPath(), comparison, state);
    }
    if (parent instanceof MethodInvocationTree call
        && !call.getArguments().isEmpty()
        && call.getArguments().get(0) == path.getLeaf()
        && ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method
        && (THROW_FOR_NULL.contains(method, state) || isUnwrapped(path.getParentPath(), method))) {
      return true;
    }
    return isUnboxed(path, state);
  }

  private static boolean isUnboxed(TreePath value, VisitorState state) {
    Type type = ASTHelpers.getType(value.getLeaf());
    if (type == null || !state.getTypes().unboxedType(type).isPrimitive()) {
      return false;
    }
    TargetType target = TargetType.targetType(state.withPath(value));
    return target != null && target.type().isPrimitive();
  }

  /** {@code Optional.ofNullable(value).map(…).orElseThrow()}. */
  private static boolean isUnwrapped(TreePath path, MethodSymbol wrapping) {
    if (!wrapping.getSimpleName().contentEquals("ofNullable")) {
      return false;
    }
    TreePath outer = path;
    while (outer.getParentPath().getLeaf() instanceof MemberSelectTree select
        && outer.getParentPath().getParentPath().getLeaf() instanceof MethodInvocationTree) {
      String name = select.getIdentifier().toString();
      if (!STAYS_OPTIONAL.contains(name)) {
        return name.equals("orElseThrow") || name.equals("get");
      }
      outer = outer.getParentPath().getParentPath();
    }
    return false;
  }

  private static boolean isTestedForNull(TreePath use) {
    Tree parent = outermost(use).getParentPath().getLeaf();
    return (parent instanceof BinaryTree comparison && isComparisonWithNull(comparison))
        || (parent instanceof MethodInvocationTree call
            && ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method
            && isNullTest(method.getSimpleName().toString()));
  }

  private static boolean isNullTest(String method) {
    return method.startsWith("isNull")
        || method.startsWith("nonNull")
        || method.endsWith("OrEmpty")
        || method.endsWith("Blank")
        || method.endsWith("Empty")
        || method.endsWith("ofNullable")
        || method.startsWith("requireNonNullElse")
        || method.equals("firstNonNull");
  }

  private static boolean isComparisonWithNull(BinaryTree comparison) {
    return comparison.getLeftOperand().getKind() == Tree.Kind.NULL_LITERAL
        || comparison.getRightOperand().getKind() == Tree.Kind.NULL_LITERAL;
  }

  /** {@code if (value == null) throw …}, {@code assert value != null} and the like. */
  private static boolean isThrownFor(TreePath path, BinaryTree comparison, VisitorState state) {
    Tree.Kind joined =
        comparison.getKind() == Tree.Kind.EQUAL_TO
            ? Tree.Kind.CONDITIONAL_OR
            : Tree.Kind.CONDITIONAL_AND;
    TreePath condition = outermost(path);
    while (condition.getParentPath().getLeaf().getKind() == joined) {
      condition = outermost(condition.getParentPath());
    }
    Tree parent = condition.getParentPath().getLeaf();
    if (comparison.getKind() == Tree.Kind.EQUAL_TO) {
      return parent instanceof IfTree branch && endsWithThrow(branch.getThenStatement());
    }
    return parent instanceof AssertTree
        || (parent instanceof MethodInvocationTree call
            && call.getArguments().indexOf((ExpressionTree) condition.getLeaf()) == 0
            && ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method
            && THROW_FOR_FALSE.contains(method, state));
  }

  private static boolean endsWithThrow(StatementTree statement) {
    if (statement instanceof BlockTree block) {
      List<? extends StatementTree> statements = block.getStatements();
      return !statements.isEmpty() && endsWithThrow(statements.get(statements.size() - 1));
    }
    return statement instanceof ThrowTree;
  }
}
