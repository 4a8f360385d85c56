package dev.bowline.checks.failure;

import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import dev.bowline.checks.model.MayThrow;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts a count-down into a finally block. */
final class CountDownFix {
  private CountDownFix() {}

  /**
   * The code before it in the same block goes into a {@code try}, from the first statement on that
   * may throw; a {@code try} that the block belongs to gets the finally block itself.
   */
  static Optional<SuggestedFix> fix(TreePath call, MayThrow mayThrow, VisitorState state) {
    TreePath statement = call.getParentPath();
    TreePath path = statement.getParentPath();
    if (!(path.getLeaf() instanceof BlockTree block)) {
      return Optional.empty();
    }
    List<? extends StatementTree> statements = block.getStatements();
    int end = statements.indexOf(statement.getLeaf());
    int start = 0;
    while (start < end && mayThrow.in(new TreePath(path, statements.get(start)), state).isEmpty()) {
      start++;
    }
    if (start == end) {
      return Optional.empty();
    }
    String source = state.getSourceForNode(statement.getLeaf());
    if (path.getParentPath().getLeaf() instanceof TryTree attempt
        && attempt.getBlock() == block
        && attempt.getFinallyBlock() == null) {
      return isDeclaredIn(statements.subList(0, end), List.of(statement.getLeaf()))
          ? Optional.empty()
          : Optional.of(
              SuggestedFix.builder()
                  .delete(statement.getLeaf())
                  .postfixWith(attempt, " finally {\n" + source + "\n}")
                  .build());
    }
    return isDeclaredIn(statements.subList(start, end), statements.subList(end, statements.size()))
        ? Optional.empty()
        : Optional.of(
            SuggestedFix.builder()
                .prefixWith(statements.get(start), "try {\n")
                .replace(statement.getLeaf(), "} finally {\n" + source + "\n}")
                .build());
  }

  /** Whether later code needs what this code declares. */
  private static boolean isDeclaredIn(
      List<? extends StatementTree> code, List<? extends Tree> later) {
    Set<Symbol> declared = new HashSet<>();
    for (StatementTree each : code) {
      if (each instanceof VariableTree || each instanceof ClassTree) {
        declared.add(ASTHelpers.getSymbol(each));
      }
    }
    boolean[] used = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree name, Void unused) {
        used[0] |= declared.contains(ASTHelpers.getSymbol(name));
        return null;
      }
    }.scan(later, null);
    return used[0];
  }
}
