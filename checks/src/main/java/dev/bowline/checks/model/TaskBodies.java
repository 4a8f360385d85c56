package dev.bowline.checks.model;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import java.util.List;
import java.util.Optional;

/** The code that a task runs, as far as its file shows it. */
public final class TaskBodies {
  /** What runs the body of a task type: Runnable, Callable, Supplier, ForkJoinTask. */
  private static final ImmutableSet<String> METHODS =
      ImmutableSet.of("run", "call", "get", "compute", "exec");

  /** A variable that holds a variable that holds a task is as far as anybody goes. */
  private static final int DEPTH = 3;

  private TaskBodies() {}

  /**
   * The body of what an expression gives as a task: that of a lambda, of the method that a method
   * reference names, of the {@code run} or {@code call} of an anonymous class or of a class of this
   * file, or of the only value of a variable. Empty where another file has the body, or several
   * could be meant.
   *
   * @param task a path to the expression
   * @return a path to a block, or to the expression of a lambda; its parent is the lambda or method
   */
  public static Optional<TreePath> of(TreePath task, VisitorState state) {
    return of(task, Occurrences.in(state), DEPTH);
  }

  private static Optional<TreePath> of(TreePath task, Occurrences occurrences, int depth) {
    Tree tree = task.getLeaf();
    if (tree instanceof ParenthesizedTree parenthesized) {
      return of(new TreePath(task, parenthesized.getExpression()), occurrences, depth);
    }
    if (tree instanceof TypeCastTree cast) {
      return of(new TreePath(task, cast.getExpression()), occurrences, depth);
    }
    if (tree instanceof LambdaExpressionTree lambda) {
      return Optional.of(new TreePath(task, lambda.getBody()));
    }
    if (tree instanceof MemberReferenceTree) {
      return ASTHelpers.getSymbol(tree) instanceof MethodSymbol method
          ? body(occurrences.declarationOf(method))
          : Optional.empty();
    }
    if (tree instanceof NewClassTree creation) {
      return ofClass(declarationOf(creation, occurrences), occurrences);
    }
    return ASTHelpers.getSymbol(tree) instanceof VarSymbol variable
        ? ofVariable(variable, occurrences, depth)
        : Optional.empty();
  }

  private static Optional<TreePath> ofVariable(
      VarSymbol variable, Occurrences occurrences, int depth) {
    if (Occurrences.isThis(variable)) {
      return variable.owner instanceof ClassSymbol type
          ? ofClass(occurrences.declarationOf(type), occurrences)
          : Optional.empty();
    }
    List<TreePath> values = occurrences.valuesOf(variable);
    return depth > 0 && values.size() == 1
        ? of(values.get(0), occurrences, depth - 1)
        : Optional.empty();
  }

  private static ClassTree declarationOf(NewClassTree creation, Occurrences occurrences) {
    if (creation.getClassBody() != null) {
      return creation.getClassBody();
    }
    return ASTHelpers.getSymbol(creation.getIdentifier()) instanceof ClassSymbol type
        ? occurrences.declarationOf(type)
        : null;
  }

  private static Optional<TreePath> ofClass(ClassTree type, Occurrences occurrences) {
    if (type == null) {
      return Optional.empty();
    }
    return type.getMembers().stream()
        .filter(member -> member instanceof MethodTree method && isTaskMethod(method))
        .findFirst()
        .flatMap(method -> body(occurrences.declarationOf((MethodSymbol) symbol(method))));
  }

  /** Whether a method is what runs when an object of its class is a task. */
  static boolean isTaskMethod(MethodTree method) {
    Symbol symbol = ASTHelpers.getSymbol(method);
    return METHODS.contains(method.getName().toString())
        && method.getParameters().isEmpty()
        && symbol != null
        && !symbol.isStatic();
  }

  private static Symbol symbol(Tree method) {
    return ASTHelpers.getSymbol(method);
  }

  private static Optional<TreePath> body(TreePath declaration) {
    return declaration != null && declaration.getLeaf() instanceof MethodTree method
        ? Optional.ofNullable(method.getBody()).map(body -> new TreePath(declaration, body))
        : Optional.empty();
  }
}
