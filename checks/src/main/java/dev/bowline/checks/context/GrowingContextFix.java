package dev.bowline.checks.context;

import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Occurrences;
import java.util.Optional;
import javax.lang.model.element.ElementKind;

/** Keeps the context of one turn in a variable of that turn. */
final class GrowingContextFix {
  private GrowingContextFix() {}

  /**
   * {@code Context innerCtx = ctx.with(…);} where the assignment stands right in the body of the
   * loop, so that all that comes after it in the body can use the new variable.
   */
  static Optional<SuggestedFix> fix(
      AssignmentTree tree, VarSymbol variable, ContextLoop loop, VisitorState state) {
    TreePath statement = state.getPath().getParentPath();
    String name = "inner" + capitalized(variable.getSimpleName().toString());
    String type = declaredType(variable, state);
    if (variable.getKind() == ElementKind.FIELD
        || statement.getParentPath().getLeaf() != loop.body()
        || !(loop.body() instanceof BlockTree body)
        || type == null
        || isTaken(name, state)) {
      return Optional.empty();
    }
    SuggestedFix.Builder fix =
        SuggestedFix.builder().replace(tree.getVariable(), type + " " + name);
    int from = state.getEndPosition(statement.getLeaf());
    int to = state.getEndPosition(body);
    for (TreePath use : Occurrences.in(state).of(variable)) {
      int position = ASTHelpers.getStartPosition(use.getLeaf());
      if (from <= position && position < to) {
        fix.replace(use.getLeaf(), name);
      }
    }
    return Optional.of(fix.build());
  }

  private static String capitalized(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** The type as the declaration has it; null where it has none. */
  private static String declaredType(VarSymbol variable, VisitorState state) {
    String[] type = {null};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree tree, Void unused) {
        if (variable.equals(ASTHelpers.getSymbol(tree))
            && !ASTHelpers.hasImplicitType(tree, state)) {
          type[0] = state.getSourceForNode(tree.getType());
        }
        return super.visitVariable(tree, null);
      }
    }.scan(state.getPath().getCompilationUnit(), null);
    return type[0];
  }

  /** Whether anything in the file has the name: it could hide, or be hidden. */
  private static boolean isTaken(String name, VisitorState state) {
    boolean[] taken = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree tree, Void unused) {
        taken[0] |= tree.getName().contentEquals(name);
        return super.visitVariable(tree, null);
      }

      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        taken[0] |= tree.getName().contentEquals(name);
        return null;
      }
    }.scan(state.getPath().getCompilationUnit(), null);
    return taken[0];
  }
}
