package dev.bowline.checks.model;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Type;

/** Which checked exceptions code may throw where it stands. */
public final class HandledExceptions {
  private HandledExceptions() {}

  /**
   * Whether the code around the state's position catches this exception, or may let it out, by its
   * own name or that of a supertype that means it: a catch of {@code Exception} or {@code
   * Throwable} takes whatever comes, and may throw on what its method may not.
   */
  public static boolean allow(Type exception, VisitorState state) {
    Tree child = null;
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof TryTree attempt
          && (child == attempt.getBlock() || attempt.getResources().contains(child))) {
        for (CatchTree each : attempt.getCatches()) {
          for (Tree type : InterruptSource.alternatives(each.getParameter().getType())) {
            Type caught = ASTHelpers.getType(type);
            if (ASTHelpers.isSubtype(exception, caught, state)) {
              return !isBroad(caught, state);
            }
          }
        }
      } else if (tree instanceof LambdaExpressionTree) {
        Type type = ASTHelpers.getType(tree);
        return type != null
            && !type.isErroneous()
            && isAmong(
                state.getTypes().findDescriptorType(type).getThrownTypes(), exception, state);
      } else if (tree instanceof MethodTree method) {
        return isAmong(
            method.getThrows().stream().map(ASTHelpers::getType).toList(), exception, state);
      } else if (tree instanceof ClassTree) {
        return false;
      }
      child = tree;
    }
    return false;
  }

  private static boolean isAmong(Iterable<Type> types, Type exception, VisitorState state) {
    for (Type type : types) {
      if (ASTHelpers.isSubtype(exception, type, state)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBroad(Type type, VisitorState state) {
    return state.getTypes().isSameType(type, state.getSymtab().exceptionType)
        || state.getTypes().isSameType(type, state.getSymtab().throwableType);
  }
}
