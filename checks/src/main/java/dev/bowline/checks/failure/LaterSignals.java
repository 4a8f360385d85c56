package dev.bowline.checks.failure;

import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.TypeTag;
import dev.bowline.checks.model.Assertions;
import dev.bowline.checks.model.Blocking;
import dev.bowline.checks.model.EnclosingTask;
import dev.bowline.checks.model.MethodUses;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.RunSites;
import dev.bowline.checks.model.TestCode;
import dev.bowline.checks.model.TimedWaits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;

/**
 * Whether the test would miss what a task does after an assertion: a latch that it counts down, a
 * flag that it sets. The test then fails in its own check of that.
 */
final class LaterSignals {
  private final Assertions assertions;
  private final RunSites sites;
  private final TimedWaits waits;

  LaterSignals(Assertions assertions, RunSites sites, ErrorProneFlags flags) {
    this.assertions = assertions;
    this.sites = sites;
    waits = new TimedWaits(flags);
  }

  /** Whether code outside the task waits for, or looks at, what this code in it changes. */
  boolean reachTest(List<Tree> code, EnclosingTask task, VisitorState state) {
    if (code.isEmpty()) {
      return false;
    }
    Effects effects = Effects.of(code, assertions, state);
    if (effects.areUnknown()) {
      return true;
    }
    Deque<VarSymbol> pending = new ArrayDeque<>(effects.variables());
    Set<VarSymbol> seen = new HashSet<>(pending);
    while (!pending.isEmpty()) {
      VarSymbol variable = pending.pop();
      for (TreePath use : Occurrences.in(state).of(variable)) {
        if (code.stream().noneMatch(each -> isWithin(each, use)) && isMissed(use, task, state)) {
          return true;
        }
      }
      for (ExpressionTree given : givenTo(variable, state)) {
        if (ASTHelpers.getSymbol(given) instanceof VarSymbol alias && seen.add(alias)) {
          pending.push(alias);
        }
      }
    }
    return false;
  }

  /** What else names the same object: the value of a field, the argument for a parameter. */
  private static List<ExpressionTree> givenTo(VarSymbol variable, VisitorState state) {
    if (variable.getKind() != ElementKind.PARAMETER
        || !(variable.owner instanceof MethodSymbol method)) {
      return Occurrences.in(state).expressionsGivenTo(variable);
    }
    int index = method.getParameters().indexOf(variable);
    return MethodUses.in(state.getPath().getCompilationUnit(), method).calls().stream()
        .map(TreePath::getLeaf)
        .<List<? extends ExpressionTree>>map(
            call ->
                call instanceof NewClassTree created
                    ? created.getArguments()
                    : ((MethodInvocationTree) call).getArguments())
        .filter(arguments -> index >= 0 && index < arguments.size())
        .<ExpressionTree>map(arguments -> arguments.get(index))
        .toList();
  }

  private boolean isMissed(TreePath use, EnclosingTask task, VisitorState state) {
    return !isWithin(task.body().getLeaf(), use)
        && !isUnrelated(use, task, state)
        && isLookedAt(use, state)
        && EnclosingTask.find(use, 0, sites, state).isEmpty();
  }

  /** What another method does with its parameter is part of the calls that pass it. */
  private static boolean isParameterOf(MethodTree method, TreePath use) {
    return method != null
        && ASTHelpers.getSymbol(use.getLeaf()).getKind() == ElementKind.PARAMETER
        && method.getParameters().stream()
            .anyMatch(
                each -> ASTHelpers.getSymbol(each).equals(ASTHelpers.getSymbol(use.getLeaf())));
  }

  private static boolean isWithin(Tree tree, TreePath path) {
    for (Tree each : path) {
      if (each == tree) {
        return true;
      }
    }
    return false;
  }

  /** What the test does before it hands the task over, or another test does. */
  private static boolean isUnrelated(TreePath use, EnclosingTask task, VisitorState state) {
    MethodTree user = method(use);
    MethodTree starter = method(task.handOver());
    return user == starter
        ? ASTHelpers.getStartPosition(use.getLeaf())
            < ASTHelpers.getStartPosition(task.handOver().getLeaf())
        : isParameterOf(user, use) || (isTest(user, state) && isTest(starter, state));
  }

  private static boolean isTest(MethodTree method, VisitorState state) {
    return method != null && TestCode.isTest(ASTHelpers.getSymbol(method), state);
  }

  private static MethodTree method(TreePath path) {
    TreePath each = path;
    while (each != null && !(each.getLeaf() instanceof MethodTree)) {
      each = each.getParentPath();
    }
    return each == null ? null : (MethodTree) each.getLeaf();
  }

  /** Whether what the variable holds is waited for, or comes into anything. */
  private boolean isLookedAt(TreePath use, VisitorState state) {
    TreePath parent = use.getParentPath();
    while (parent.getLeaf() instanceof ParenthesizedTree) {
      parent = parent.getParentPath();
    }
    Tree tree = parent.getLeaf();
    if (tree instanceof AssignmentTree assigned) {
      return assigned.getVariable() != use.getLeaf();
    }
    if (tree instanceof CompoundAssignmentTree || tree instanceof UnaryTree) {
      return !(parent.getParentPath().getLeaf() instanceof ExpressionStatementTree);
    }
    if (tree instanceof NewClassTree) {
      return false;
    }
    if (!(tree instanceof MemberSelectTree select)) {
      return !(tree instanceof VariableTree);
    }
    if (select.getExpression() != use.getLeaf()) {
      return true;
    }
    if (!(parent.getParentPath().getLeaf() instanceof MethodInvocationTree call)) {
      return isLookedAt(parent, state);
    }
    return !isDropped(call, parent.getParentPath())
        || (Blocking.isWait(call, state) && !waits.isWait(ASTHelpers.getSymbol(call), state));
  }

  private static boolean isDropped(MethodInvocationTree call, TreePath path) {
    return path.getParentPath().getLeaf() instanceof ExpressionStatementTree
        || ASTHelpers.getSymbol(call).getReturnType().hasTag(TypeTag.VOID);
  }
}
