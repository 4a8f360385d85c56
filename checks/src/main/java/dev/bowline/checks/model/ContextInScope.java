package dev.bowline.checks.model;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.TypeSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which context is in hand: the innermost variable or parameter that could be passed on. */
public final class ContextInScope {
  private ContextInScope() {}

  /**
   * The innermost local variable or parameter in scope at the state's position that certainly has a
   * value of this type and may be used there; empty where there is none, or no single innermost
   * one.
   */
  public static Optional<VarSymbol> find(Type type, VisitorState state) {
    boolean captured = false;
    Tree child = null;
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      List<VariableTree> candidates = new ArrayList<>();
      for (Tree declared : declaredBefore(child, tree)) {
        if (declared instanceof VariableTree variable
            && ASTHelpers.isSubtype(ASTHelpers.getType(variable), type, state)) {
          candidates.add(variable);
        }
      }
      if (!candidates.isEmpty()) {
        // One that cannot be used here still hides those further out: they are not meant.
        VariableTree nearest = candidates.get(0);
        return candidates.size() == 1
                && hasValue(nearest, tree)
                && (!captured || isCapturable(ASTHelpers.getSymbol(nearest)))
            ? Optional.of(ASTHelpers.getSymbol(nearest))
            : Optional.empty();
      }
      captured |= tree instanceof LambdaExpressionTree || tree instanceof ClassTree;
      if (tree instanceof ClassTree && !isLocal(ASTHelpers.getSymbol(tree))) {
        return Optional.empty();
      }
      child = tree;
    }
    return Optional.empty();
  }

  /** Whether a variable has a value for certain: statements may declare it without one. */
  private static boolean hasValue(VariableTree variable, Tree in) {
    return variable.getInitializer() != null
        || !(in instanceof BlockTree || in instanceof CaseTree || in instanceof ForLoopTree);
  }

  private static boolean isCapturable(VarSymbol variable) {
    return (variable.flags() & (Flags.FINAL | Flags.EFFECTIVELY_FINAL)) != 0;
  }

  private static boolean isLocal(Symbol type) {
    return type != null && type.owner != null && !(type.owner instanceof TypeSymbol);
  }

  /** What a tree declares for, or in, the child that the position is in. */
  private static List<? extends Tree> declaredBefore(Tree child, Tree tree) {
    if (tree instanceof MethodTree method) {
      return method.getParameters();
    }
    if (tree instanceof LambdaExpressionTree lambda) {
      return lambda.getParameters();
    }
    if (tree instanceof BlockTree block) {
      return variablesBefore(child, block.getStatements());
    }
    if (tree instanceof CaseTree each && each.getStatements() != null) {
      return variablesBefore(child, each.getStatements());
    }
    if (tree instanceof TryTree attempt) {
      // Resources are in scope in the block and in later resources, not in catch and finally.
      return child == attempt.getBlock()
          ? attempt.getResources()
          : before(child, attempt.getResources());
    }
    if (tree instanceof EnhancedForLoopTree loop && child == loop.getStatement()) {
      return List.of(loop.getVariable());
    }
    if (tree instanceof ForLoopTree loop) {
      return variablesBefore(child, loop.getInitializer());
    }
    return List.of();
  }

  private static List<Tree> variablesBefore(Tree child, List<? extends StatementTree> statements) {
    List<Tree> variables = new ArrayList<>();
    for (StatementTree statement : statements) {
      if (statement == child) {
        break;
      }
      if (statement instanceof VariableTree) {
        variables.add(statement);
      }
    }
    return variables;
  }

  private static List<? extends Tree> before(Tree child, List<? extends Tree> trees) {
    int index = trees.indexOf(child);
    return index < 0 ? List.of() : trees.subList(0, index);
  }
}
