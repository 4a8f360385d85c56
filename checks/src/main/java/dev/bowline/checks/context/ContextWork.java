package dev.bowline.checks.context;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.QuietCalls;
import java.util.regex.Pattern;
import javax.lang.model.element.Name;

/** Which uses of a context are work under it: it is passed on, kept, or something runs under it. */
final class ContextWork {
  /** What is called on a context to work under it, or under one derived from it. */
  private static final Pattern RUNS =
      Pattern.compile(
          "(run|call|supply|wrap|makeCurrent|attach|with|derive|onCancel|add)(\\P{Ll}.*)?|fork|detached");

  /** What takes a context to look at it. */
  private static final Pattern LOOKS =
      Pattern.compile("(from|is|has|assert|check|require|verify|equals|print)(\\P{Ll}.*)?");

  private static final MethodTable KEYS =
      MethodTable.of(ImmutableList.of("io.grpc.Context.Key#get", "java.util.Objects#*"));

  private ContextWork() {}

  /** Whether the work gets the variable by this use, other than what the variable is made of. */
  static boolean gets(TreePath use, VarSymbol variable, VisitorState state) {
    TreePath child = use;
    TreePath path = use.getParentPath();
    while (path.getLeaf() instanceof ParenthesizedTree || path.getLeaf() instanceof TypeCastTree) {
      child = path;
      path = path.getParentPath();
    }
    Tree parent = path.getLeaf();
    if (isAssigned(use) || isPartOfItself(path, variable)) {
      return false;
    }
    if (parent instanceof MethodInvocationTree call) {
      return isArgument(child, call) && !isLook(call, state);
    }
    if (parent instanceof MemberSelectTree select) {
      return path.getParentPath().getLeaf() instanceof MethodInvocationTree
          && isRun(select.getIdentifier());
    }
    if (parent instanceof MemberReferenceTree reference) {
      return isRun(reference.getName());
    }
    return parent instanceof NewClassTree
        || parent instanceof VariableTree
        || parent instanceof AssignmentTree;
  }

  /** Whether this use is what an assignment gives a value to. */
  static boolean isAssigned(TreePath use) {
    return use.getParentPath().getLeaf() instanceof AssignmentTree assignment
        && assignment.getVariable() == use.getLeaf();
  }

  /** Whether this is in an expression whose value the variable gets. */
  private static boolean isPartOfItself(TreePath path, VarSymbol variable) {
    for (Tree tree : path) {
      if (tree instanceof AssignmentTree assignment
          && variable.equals(ASTHelpers.getSymbol(assignment.getVariable()))) {
        return true;
      }
      if (tree instanceof StatementTree) {
        return false;
      }
    }
    return false;
  }

  private static boolean isArgument(TreePath child, MethodInvocationTree call) {
    return child.getLeaf() instanceof ExpressionTree argument
        && call.getArguments().contains(argument);
  }

  private static boolean isLook(MethodInvocationTree call, VisitorState state) {
    MethodSymbol method = ASTHelpers.getSymbol(call);
    return method == null
        || LOOKS.matcher(method.getSimpleName()).matches()
        || KEYS.contains(method, state)
        || QuietCalls.contains(method, state);
  }

  private static boolean isRun(Name method) {
    return RUNS.matcher(method).matches();
  }
}
