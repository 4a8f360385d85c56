package dev.bowline.checks.lifecycle;

import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.util.Name;
import dev.bowline.checks.model.Occurrences;
import java.util.List;
import java.util.Optional;

/** Turns a local variable into the resource of a try statement around the rest of its block. */
final class TryWithResources {
  private static final Supplier<Name> CLOSE = VisitorState.memoize(state -> state.getName("close"));

  private TryWithResources() {}

  /**
   * The fix for the creation at hand; none where it does not initialise a local variable that never
   * changes, where somebody else may have the value when the block ends, or where closing may throw
   * what the method would have to declare.
   */
  static Optional<SuggestedFix> around(VisitorState state) {
    TreePath parent = state.getPath().getParentPath();
    if (!(parent.getLeaf() instanceof VariableTree variable)
        || !(parent.getParentPath().getLeaf() instanceof BlockTree block)) {
      return Optional.empty();
    }
    VarSymbol symbol = ASTHelpers.getSymbol(variable);
    boolean neverChanges = (symbol.flags() & (Flags.FINAL | Flags.EFFECTIVELY_FINAL)) != 0;
    List<? extends StatementTree> statements = block.getStatements();
    StatementTree last = statements.get(statements.size() - 1);
    if (!neverChanges
        || last == variable
        || !closesQuietly(symbol.type, state)
        || !isOnlyUsedInPlace(symbol, block, state)) {
      return Optional.empty();
    }
    String declaration = state.getSourceForNode(variable);
    if (declaration == null || !declaration.endsWith(";")) {
      return Optional.empty();
    }
    return Optional.of(
        SuggestedFix.builder()
            .replace(variable, "try (" + declaration.substring(0, declaration.length() - 1) + ") {")
            .postfixWith(last, "\n}")
            .build());
  }

  /** Whether the block only calls methods on the value, and no task or caller gets it. */
  private static boolean isOnlyUsedInPlace(VarSymbol symbol, BlockTree block, VisitorState state) {
    return Occurrences.in(state).of(symbol).stream().allMatch(use -> isCallIn(block, use));
  }

  private static boolean isCallIn(BlockTree block, TreePath use) {
    for (Tree tree : use) {
      if (tree == block) {
        return use.getParentPath().getLeaf() instanceof MemberSelectTree;
      }
      if (tree instanceof LambdaExpressionTree || tree instanceof ClassTree) {
        return false;
      }
    }
    return false;
  }

  private static boolean closesQuietly(Type type, VisitorState state) {
    Type closeable = state.getSymtab().autoCloseableType;
    if (!ASTHelpers.isSubtype(type, closeable, state)) {
      return false;
    }
    for (Type each : state.getTypes().closure(type)) {
      for (Symbol member : each.tsym.members().getSymbolsByName(CLOSE.get(state))) {
        if (member instanceof MethodSymbol close && close.getParameters().isEmpty()) {
          return close.getThrownTypes().isEmpty();
        }
      }
    }
    return false;
  }
}
