package dev.bowline.checks.flow;

import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.bowline.checks.model.Occurrences;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who in a file calls the method that some code is in, directly or through a few others. */
final class Callers {
  private static final int DEPTH = 3;

  private Callers() {}

  /** Paths to the calls and method references that lead to this code. */
  static List<TreePath> of(TreePath code, Occurrences occurrences) {
    List<TreePath> calls = new ArrayList<>();
    Set<Tree> seen = new HashSet<>();
    List<TreePath> inner = List.of(code);
    for (int depth = 0; depth < DEPTH && !inner.isEmpty(); depth++) {
      List<TreePath> outer = new ArrayList<>();
      for (TreePath path : inner) {
        MethodTree method = methodAround(path);
        if (method != null && seen.add(method)) {
          occurrences.of(ASTHelpers.getSymbol(method)).stream()
              .map(Callers::whole)
              .forEach(outer::add);
        }
      }
      calls.addAll(outer);
      inner = outer;
    }
    return calls;
  }

  /** The method that some code is in, also in a lambda there; null for none. */
  static MethodTree methodAround(TreePath path) {
    for (Tree tree : path) {
      if (tree instanceof MethodTree method) {
        return method;
      }
    }
    return null;
  }

  /** The call, for the name of the method in it; a method reference is whole already. */
  static TreePath whole(TreePath name) {
    TreePath parent = name.getParentPath();
    return parent.getLeaf() instanceof com.sun.source.tree.MethodInvocationTree call
            && call.getMethodSelect() == name.getLeaf()
        ? parent
        : name;
  }
}
