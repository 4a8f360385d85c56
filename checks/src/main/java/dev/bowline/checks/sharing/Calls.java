package dev.bowline.checks.sharing;

import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.OwnCodePathScanner;
import java.util.Optional;
import java.util.function.Predicate;

/** Calls by their names, which are there even where nothing can be resolved. */
final class Calls {
  private Calls() {}

  static String name(MethodInvocationTree call) {
    Tree select = call.getMethodSelect();
    if (select instanceof MemberSelectTree member) {
      return member.getIdentifier().toString();
    }
    return select instanceof IdentifierTree identifier ? identifier.getName().toString() : "";
  }

  /** The variable that this names or declares; null where it is something else. */
  static VarSymbol variable(Tree tree) {
    return (tree instanceof IdentifierTree
                || tree instanceof MemberSelectTree
                || tree instanceof VariableTree)
            && ASTHelpers.getSymbol(tree) instanceof VarSymbol variable
        ? variable
        : null;
  }

  /** Whether this is the name of a variable. */
  static boolean names(Tree tree, VarSymbol variable) {
    return variable.equals(variable(tree));
  }

  /** A path to the first call in some code that satisfies the condition; not in code for later. */
  static Optional<TreePath> first(Iterable<TreePath> code, Predicate<TreePath> condition) {
    for (TreePath each : code) {
      TreePath[] found = {null};
      new OwnCodePathScanner() {
        @Override
        public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
          if (found[0] == null && condition.test(getCurrentPath())) {
            found[0] = getCurrentPath();
          }
          return super.visitMethodInvocation(tree, null);
        }
      }.scan(each, null);
      if (found[0] != null) {
        return Optional.of(found[0]);
      }
    }
    return Optional.empty();
  }
}
