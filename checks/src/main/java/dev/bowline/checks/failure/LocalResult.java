package dev.bowline.checks.failure;

import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.Supertypes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;

/** A local variable that is given the result of a call. */
record LocalResult(VarSymbol variable) {
  /** How Error Prone has its users say that a result is dropped on purpose. */
  private static final Pattern ON_PURPOSE = Pattern.compile("(?i)unused.*|ignored?.*|_?");

  /** The variable that is given the call at the state's position, in a statement of its own. */
  static Optional<LocalResult> at(VisitorState state) {
    TreePath parent = state.getPath().getParentPath();
    Symbol symbol = null;
    if (parent.getLeaf() instanceof VariableTree declaration) {
      symbol = ASTHelpers.getSymbol(declaration);
    } else if (parent.getLeaf() instanceof AssignmentTree assignment
        && parent.getParentPath().getLeaf() instanceof ExpressionStatementTree) {
      symbol = ASTHelpers.getSymbol(assignment.getVariable());
    }
    return symbol instanceof VarSymbol variable && variable.getKind() == ElementKind.LOCAL_VARIABLE
        ? Optional.of(new LocalResult(variable))
        : Optional.empty();
  }

  boolean isDroppedOnPurpose() {
    return ON_PURPOSE.matcher(variable.getSimpleName()).matches();
  }

  boolean isNeverRead(VisitorState state) {
    return Occurrences.in(state).of(variable).stream().allMatch(LocalResult::isWrite);
  }

  private static boolean isWrite(TreePath use) {
    Tree parent = use.getParentPath().getLeaf();
    return parent instanceof AssignmentTree assignment
        && assignment.getVariable() == use.getLeaf()
        && use.getParentPath().getParentPath().getLeaf() instanceof ExpressionStatementTree;
  }

  /**
   * What {@code execute} runs has its failures end up with the thread's handler; but a scheduled
   * executor keeps them in a future there too.
   */
  Optional<SuggestedFix> executed(MethodInvocationTree submit, VisitorState state) {
    MethodSymbol method = ASTHelpers.getSymbol(submit);
    ExpressionTree executor = ASTHelpers.getReceiver(submit);
    TreePath statement = state.getPath().getParentPath();
    if (executor == null
        || !(statement.getLeaf() instanceof VariableTree)
        || !(statement.getParentPath().getLeaf() instanceof BlockTree)
        || !Occurrences.in(state).of(variable).isEmpty()
        || !method.getSimpleName().contentEquals("submit")
        || method.getParameters().size() != 1
        || !isNamed(method.getParameters().get(0).type.tsym, "java.lang.Runnable")
        || !isAnExecutor(executor, "java.util.concurrent.ExecutorService", state)
        || isAnExecutor(executor, "java.util.concurrent.ScheduledExecutorService", state)) {
      return Optional.empty();
    }
    List<? extends ExpressionTree> task = submit.getArguments();
    return Optional.of(
        SuggestedFix.replace(
            statement.getLeaf(),
            "%s.execute(%s);"
                .formatted(state.getSourceForNode(executor), state.getSourceForNode(task.get(0)))));
  }

  private static boolean isAnExecutor(ExpressionTree tree, String name, VisitorState state) {
    return ASTHelpers.getType(tree) != null
        && Supertypes.any(ASTHelpers.getType(tree), each -> isNamed(each, name), state);
  }

  private static boolean isNamed(Symbol type, String name) {
    return type.getQualifiedName().contentEquals(name);
  }
}
