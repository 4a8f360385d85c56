package dev.bowline.checks.model;

import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import java.util.Optional;

/**
 * Whether code runs on the thread that runs the test: in a test or lifecycle method itself, or in a
 * helper that such methods call, up to three deep, and nothing else does. What a stub, a fake or a
 * task does is simulated work, on whatever thread it runs.
 */
public final class TestThread {
  private static final int DEPTH = 3;

  private final RunSites sites;

  public TestThread(ErrorProneFlags flags) {
    sites = new RunSites(flags);
  }

  /**
   * The test or lifecycle method on whose thread the code at hand runs; empty where it does not run
   * there, or nobody can tell.
   */
  public Optional<MethodSymbol> find(VisitorState state) {
    return find(state, DEPTH);
  }

  private Optional<MethodSymbol> find(VisitorState state, int depth) {
    MethodTree tree = state.findEnclosing(MethodTree.class);
    if (tree == null || !sites.runsOnMethodsThread(state)) {
      return Optional.empty();
    }
    MethodSymbol method = ASTHelpers.getSymbol(tree);
    if (TestCode.isTest(method, state) || TestCode.isLifecycle(method, state)) {
      return Optional.of(method);
    }
    if (depth == 0
        || !TestCode.isInTestClass(state)
        || !ASTHelpers.findSuperMethods(method, state.getTypes()).isEmpty()) {
      return Optional.empty();
    }
    MethodUses uses = MethodUses.in(state.getPath().getCompilationUnit(), method);
    if (uses.isReferenced()) {
      return Optional.empty();
    }
    Optional<MethodSymbol> found = Optional.empty();
    for (TreePath call : uses.calls()) {
      found = find(state.withPath(call), depth - 1);
      if (found.isEmpty()) {
        return Optional.empty();
      }
    }
    return found;
  }
}
