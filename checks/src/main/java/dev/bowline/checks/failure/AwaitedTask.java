package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Loops;
import dev.bowline.checks.model.Occurrences;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;

/** A task that a method starts, waits for, and that nobody else knows. */
final class AwaitedTask {
  /** What asks a future something, and leaves the task as it is. */
  private static final ImmutableSet<String> QUERIES =
      ImmutableSet.of("isDone", "isCancelled", "isCompletedExceptionally", "state", "hashCode");

  private static final ImmutableSet<String> ENDS_PROCESS = ImmutableSet.of("exit", "halt");

  private final MethodInvocationTree start;
  private final VarSymbol variable;
  private final TreePath declaration;
  private final List<TreePath> ends;

  private AwaitedTask(
      MethodInvocationTree start, VarSymbol variable, TreePath declaration, List<TreePath> ends) {
    this.start = start;
    this.variable = variable;
    this.declaration = declaration;
    this.ends = ends;
  }

  /**
   * The task whose future the wait at the state's position waits for; empty where the method did
   * not start it, waits for it again, or lets others have it.
   */
  static Optional<AwaitedTask> of(ExpressionTree future, VisitorState state) {
    if (TaskFutures.isStart(future, state)) {
      List<TreePath> ends = endsOfProcessOrExecutor((MethodInvocationTree) future, state);
      return Optional.of(new AwaitedTask((MethodInvocationTree) future, null, null, ends));
    }
    if (!(future instanceof IdentifierTree)
        || !(ASTHelpers.getSymbol(future) instanceof VarSymbol variable)
        || variable.getKind() != ElementKind.LOCAL_VARIABLE) {
      return Optional.empty();
    }
    List<TreePath> values =
        Occurrences.in(state).valuesOf(variable).stream()
            .filter(value -> !(value.getLeaf() instanceof LiteralTree))
            .toList();
    if (values.size() != 1
        || !TaskFutures.isStart((ExpressionTree) values.get(0).getLeaf(), state)) {
      return Optional.empty();
    }
    TreePath declaration = declaration(variable, state.getPath());
    if (declaration == null) {
      return Optional.empty();
    }
    MethodInvocationTree start = (MethodInvocationTree) values.get(0).getLeaf();
    List<TreePath> ends = endsOfProcessOrExecutor(start, state);
    for (TreePath use : Occurrences.in(state).of(variable)) {
      Tree parent = use.getParentPath().getLeaf();
      if (parent instanceof AssignmentTree assignment
          && assignment.getVariable() == use.getLeaf()) {
        continue;
      }
      if (use.getLeaf() == future) {
        continue;
      }
      TreePath call = use.getParentPath().getParentPath();
      if (!(parent instanceof MemberSelectTree member)
          || !(call.getLeaf() instanceof MethodInvocationTree)
          || declaration(variable, use) == null) {
        return Optional.empty();
      }
      if (member.getIdentifier().contentEquals("cancel")) {
        ends.add(call);
      } else if (!QUERIES.contains(member.getIdentifier().toString())) {
        return Optional.empty();
      }
    }
    return Optional.of(new AwaitedTask(start, variable, declaration, ends));
  }

  MethodInvocationTree start() {
    return start;
  }

  /** The variable that holds the future; null where the wait is on the result of the start. */
  VarSymbol variable() {
    return variable;
  }

  /** Whether the task may be cancelled, or all end, when the wait ends here; null: by a throw. */
  boolean mayEndIn(GivenUp.Catch clause) {
    for (TreePath end : ends) {
      CatchTree other = catchAround(end, clause);
      if (other == null || (clause != null && other == clause.clause())) {
        return true;
      }
    }
    return false;
  }

  /** The clause of the same try statement that a call stands in. */
  private static CatchTree catchAround(TreePath call, GivenUp.Catch clause) {
    for (TreePath path = call; path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof CatchTree each
          && (clause == null || path.getParentPath().getLeaf() == clause.attempt().getLeaf())) {
        return each;
      }
      if (path.getLeaf() instanceof MethodTree) {
        break;
      }
    }
    return null;
  }

  /** Whether the variable has its task, and is in scope, when this clause is entered. */
  boolean isSetBefore(GivenUp.Catch clause) {
    if (((VariableTree) declaration.getLeaf()).getInitializer() != start) {
      return false;
    }
    Tree scope = declaration.getParentPath().getLeaf();
    for (TreePath path = clause.attempt().getParentPath();
        path != null;
        path = path.getParentPath()) {
      if (path.getLeaf() == scope) {
        return scope instanceof BlockTree;
      }
    }
    return false;
  }

  /**
   * The declaration of a variable, as seen from a use; null where another body, or a loop that may
   * wait again, lies between.
   */
  private static TreePath declaration(VarSymbol variable, TreePath use) {
    for (TreePath path = use; path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      List<? extends Tree> declared =
          tree instanceof BlockTree block
              ? block.getStatements()
              : tree instanceof TryTree attempt ? attempt.getResources() : List.of();
      for (Tree each : declared) {
        if (each instanceof VariableTree && variable.equals(ASTHelpers.getSymbol(each))) {
          return new TreePath(path, each);
        }
      }
      if (tree instanceof LambdaExpressionTree
          || tree instanceof ClassTree
          || tree instanceof MethodTree
          || Loops.isLoop(tree)) {
        return null;
      }
    }
    return null;
  }

  /**
   * Calls in the method that end the process, that stop the executor of the task, or that get the
   * executor and may do so.
   */
  private static List<TreePath> endsOfProcessOrExecutor(
      MethodInvocationTree start, VisitorState state) {
    Set<Symbol> executors = new HashSet<>();
    addIfExecutor(ASTHelpers.getReceiver(start), executors, state);
    start.getArguments().forEach(each -> addIfExecutor(each, executors, state));
    List<TreePath> ends = new ArrayList<>();
    TreePath body = state.findPathToEnclosing(MethodTree.class, LambdaExpressionTree.class);
    if (body == null) {
      return ends;
    }
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        ExpressionTree receiver = ASTHelpers.getReceiver(call);
        String name = TaskFutures.name(call);
        if (ENDS_PROCESS.contains(name)
            || (name.equals("shutdownNow") && isAmong(receiver, executors))
            || (!TaskFutures.isStart(call, state)
                && call.getArguments().stream().anyMatch(each -> isAmong(each, executors)))) {
          ends.add(getCurrentPath());
        }
        return super.visitMethodInvocation(call, null);
      }
    }.scan(body, null);
    return ends;
  }

  private static void addIfExecutor(ExpressionTree tree, Set<Symbol> symbols, VisitorState state) {
    if (tree != null
        && ASTHelpers.getSymbol(tree) instanceof VarSymbol variable
        && !Occurrences.isThis(variable)
        && TaskFutures.isExecutor(variable.type, state)) {
      symbols.add(variable);
    }
  }

  private static boolean isAmong(ExpressionTree tree, Set<Symbol> symbols) {
    return tree != null && symbols.contains(ASTHelpers.getSymbol(tree));
  }
}
