package dev.bowline.checks.model;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The task that some code is part of: the innermost body around it that runs elsewhere.
 *
 * @param body a path to the lambda or the method that is the body
 * @param handOver a path to the call or the creation that is given the task, such as {@code
 *     pool.submit(…)} or {@code new Thread(…)}; for a thread whose class is the task, its creation
 */
public record EnclosingTask(TreePath body, TreePath handOver) {
  /**
   * Finds the task around some code. A lambda or anonymous class in between that runs here is part
   * of it; one that nobody knows about ends the search. A method of the file is the body of a task
   * where a method reference to it runs elsewhere; and it is part of one where a task calls it.
   *
   * @param callers how many methods up the search follows the calls of this file
   * @return empty where the code runs on the thread of its method, or nobody can tell
   */
  public static Optional<EnclosingTask> find(
      TreePath code, int callers, RunSites sites, VisitorState state) {
    for (TreePath path = code; path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof LambdaExpressionTree) {
        if (sites.of(path, state) != RunSite.HERE) {
          return handOver(path, sites, state).map(bodyAt(path));
        }
      } else if (tree instanceof MethodTree method) {
        TreePath creation = path.getParentPath().getParentPath();
        if (!isBodyOf(path, creation)) {
          return ofMethod(path, method, callers, sites, state);
        }
        if (sites.of(creation, state) != RunSite.HERE) {
          return TaskBodies.isTaskMethod(method)
              ? handOver(creation, sites, state).map(bodyAt(path))
              : Optional.empty();
        }
        path = creation;
      }
    }
    return Optional.empty();
  }

  private static Function<TreePath, EnclosingTask> bodyAt(TreePath body) {
    return handOver -> new EnclosingTask(body, handOver);
  }

  /** Whether the method belongs to the body of an anonymous class. */
  private static boolean isBodyOf(TreePath method, TreePath creation) {
    return creation != null
        && creation.getLeaf() instanceof NewClassTree created
        && created.getClassBody() == method.getParentPath().getLeaf();
  }

  private static Optional<EnclosingTask> ofMethod(
      TreePath path, MethodTree method, int callers, RunSites sites, VisitorState state) {
    MethodSymbol symbol = ASTHelpers.getSymbol(method);
    if (symbol == null) {
      return Optional.empty();
    }
    if (TaskBodies.isTaskMethod(method) && path.getParentPath().getLeaf() instanceof ClassTree) {
      for (TreePath creation : creations(symbol, state)) {
        Optional<TreePath> handOver = handOver(creation, sites, state);
        if (handOver.isPresent()) {
          return handOver.map(bodyAt(path));
        }
      }
    }
    for (TreePath mention : Occurrences.in(state).of(symbol)) {
      if (mention.getLeaf() instanceof MemberReferenceTree) {
        Optional<TreePath> handOver = handOver(mention, sites, state);
        if (handOver.isPresent()) {
          return handOver.map(bodyAt(path));
        }
      } else if (callers > 0) {
        Optional<EnclosingTask> caller = find(mention, callers - 1, sites, state);
        if (caller.isPresent()) {
          return caller;
        }
      }
    }
    return Optional.empty();
  }

  /** Where this file creates objects of the class that declares this method. */
  private static List<TreePath> creations(MethodSymbol method, VisitorState state) {
    List<TreePath> creations = new ArrayList<>();
    for (var member : method.enclClass().members().getSymbols()) {
      if (member instanceof MethodSymbol constructor && constructor.isConstructor()) {
        creations.addAll(MethodUses.in(state.getPath().getCompilationUnit(), constructor).calls());
      }
    }
    return creations;
  }

  /** What a task is given to: directly, or from the variable that it is the value of. */
  private static Optional<TreePath> handOver(TreePath task, RunSites sites, VisitorState state) {
    TreePath parent = above(task);
    if (sites.of(task, state) == RunSite.ELSEWHERE) {
      return Optional.of(isHandedOverBy(parent.getLeaf(), sites, state) ? parent : task);
    }
    Tree holder = parent.getLeaf();
    if (!(holder instanceof VariableTree) && !(holder instanceof AssignmentTree)) {
      return Optional.empty();
    }
    Tree variable = holder instanceof AssignmentTree assigned ? assigned.getVariable() : holder;
    return ASTHelpers.getSymbol(variable) instanceof VarSymbol symbol
        ? Occurrences.in(state).of(symbol).stream()
            .filter(use -> sites.of(use, state) == RunSite.ELSEWHERE)
            .findFirst()
            .map(EnclosingTask::above)
        : Optional.empty();
  }

  private static boolean isHandedOverBy(Tree tree, RunSites sites, VisitorState state) {
    return (tree instanceof MethodInvocationTree || tree instanceof NewClassTree)
        && ASTHelpers.getSymbol(tree) instanceof MethodSymbol method
        && sites.ofMethod(method, state) == RunSite.ELSEWHERE;
  }

  private static TreePath above(TreePath path) {
    TreePath parent = path.getParentPath();
    while (parent.getLeaf() instanceof ParenthesizedTree
        || parent.getLeaf() instanceof TypeCastTree) {
      parent = parent.getParentPath();
    }
    return parent;
  }
}
