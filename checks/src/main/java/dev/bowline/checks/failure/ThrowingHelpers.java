package dev.bowline.checks.failure;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.ThrowTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.OwnCodeScanner;
import java.util.Set;

/** Methods of the file that throw by themselves, as in {@code ensureOpen()}. */
final class ThrowingHelpers {
  private ThrowingHelpers() {}

  /** Whether one of these methods is such a helper. */
  static boolean areAmong(Set<MethodSymbol> methods, VisitorState state) {
    return methods.stream()
        .map(Occurrences.in(state)::declarationOf)
        .anyMatch(declaration -> declaration != null && hasThrow(declaration));
  }

  private static boolean hasThrow(TreePath method) {
    boolean[] found = {false};
    new OwnCodeScanner() {
      @Override
      public Void visitThrow(ThrowTree tree, Void unused) {
        found[0] = true;
        return null;
      }
    }.scan(method.getLeaf(), null);
    return found[0];
  }
}
