package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.tree.JCTree.JCNewClass;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.Occurrences;
import java.util.List;

/**
 * The methods of {@code StructuredTaskScope} that every version of it has, by their names: the type
 * is newer than Java 17, and what is around these changed with nearly every release.
 */
final class TaskScopes {
  private static final String SCOPE = "java.util.concurrent.StructuredTaskScope";

  private static final MethodTable OPEN =
      MethodTable.of(ImmutableList.of(SCOPE + "#open", SCOPE + "#<init>"));

  static final MethodTable FORK = MethodTable.of(ImmutableList.of(SCOPE + "#fork"));

  static final MethodTable JOIN =
      MethodTable.of(ImmutableList.of(SCOPE + "#join", SCOPE + "#joinUntil"));

  /** What may ask a subtask for its result: many keep one as the supplier that it is. */
  static final MethodTable RESULT =
      MethodTable.of(
          ImmutableList.of("java.util.function.Supplier#get", SCOPE + ".Subtask#exception"));

  /** What asks a subtask how it ended, and accepts any answer. */
  static final MethodTable OUTCOME =
      MethodTable.of(ImmutableList.of(SCOPE + ".Subtask#state", SCOPE + ".Subtask#exception"));

  private static final Supplier<Type> TYPE =
      VisitorState.memoize(state -> state.getTypeFromString(SCOPE));

  private static final Supplier<Boolean> ONE_ROUND =
      VisitorState.memoize(
          state -> TYPE.get(state).tsym.members().findFirst(state.getName("open")) != null);

  private TaskScopes() {}

  /** Whether the JDK that is compiled against has task scopes. */
  static boolean exist(VisitorState state) {
    return TYPE.get(state) != null;
  }

  /**
   * Whether this is the API of JDK 25 and later: a scope has one round of forks and a join, and
   * only the thread that opened it forks. Constructors open the scopes of JDK 21 to 24.
   */
  static boolean haveOneRound(VisitorState state) {
    return ONE_ROUND.get(state);
  }

  static boolean isOpenedBy(ExpressionTree tree, VisitorState state) {
    return tree instanceof JCNewClass creation
        ? creation.constructor instanceof MethodSymbol method && OPEN.contains(method, state)
        : isCall(tree, OPEN, state);
  }

  /** Whether this calls one of these methods; not whether it calls a superclass's constructor. */
  static boolean isCall(Tree tree, MethodTable methods, VisitorState state) {
    return tree instanceof MethodInvocationTree call
        && ASTHelpers.getSymbol((Tree) call.getMethodSelect()) instanceof MethodSymbol method
        && !method.isConstructor()
        && methods.contains(method, state);
  }

  /** The variable that a method is called on; null for anything else. */
  static VarSymbol receiver(MethodInvocationTree call) {
    return call.getMethodSelect() instanceof MemberSelectTree select
        ? variable(select.getExpression())
        : null;
  }

  /** The scope that forked the subtask which this call asks; null where it is out of sight. */
  static VarSymbol scopeOfAsked(MethodInvocationTree result, VisitorState state) {
    if (!(result.getMethodSelect() instanceof MemberSelectTree select)) {
      return null;
    }
    Tree fork = select.getExpression();
    VarSymbol subtask = variable(select.getExpression());
    if (subtask != null) {
      List<TreePath> values = Occurrences.in(state).valuesOf(subtask);
      fork = values.size() == 1 ? values.get(0).getLeaf() : null;
    }
    return isCall(fork, FORK, state) ? receiver((MethodInvocationTree) fork) : null;
  }

  private static VarSymbol variable(ExpressionTree tree) {
    return (tree instanceof IdentifierTree || tree instanceof MemberSelectTree)
            && ASTHelpers.getSymbol(tree) instanceof VarSymbol variable
        ? variable
        : null;
  }

  /** Whether the state's position is in the body of a task that this scope forks. */
  static boolean isInTaskOf(VarSymbol scope, VisitorState state) {
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof LambdaExpressionTree || path.getLeaf() instanceof ClassTree) {
        TreePath task =
            path.getParentPath().getLeaf() instanceof NewClassTree ? path.getParentPath() : path;
        return task.getParentPath().getLeaf() instanceof MethodInvocationTree call
            && isCall(call, FORK, state)
            && scope.equals(receiver(call));
      }
    }
    return false;
  }

  static boolean isShutdownOnFailure(Type type) {
    return isNamed(".ShutdownOnFailure", type);
  }

  static boolean isSubtask(Type type) {
    return isNamed(".Subtask", type);
  }

  private static boolean isNamed(String member, Type type) {
    return type != null && type.tsym.getQualifiedName().contentEquals(SCOPE + member);
  }
}
