package dev.bowline.checks.failure;

import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.fixes.SuggestedFixes;
import com.google.errorprone.util.ASTHelpers;
import com.google.errorprone.util.Reachability;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import java.util.List;
import java.util.Optional;

/** How an interrupt ends a loop that is the work of a task. */
final class UncancellableLoopFix {
  private UncancellableLoopFix() {}

  /**
   * A return from the catches of the interrupt; or, where no call of the loop throws it, a check.
   */
  static Optional<SuggestedFix> of(StatementTree loop, WaysOut ways, VisitorState state) {
    if (!isWorkOfTask(state)) {
      return Optional.empty();
    }
    SuggestedFix.Builder fix = SuggestedFix.builder();
    if (!ways.interruptCatches().isEmpty()) {
      for (CatchTree clause : ways.interruptCatches()) {
        if (!addReturn(clause, fix, state)) {
          return Optional.empty();
        }
      }
      return Optional.of(fix.build());
    }
    if (!(loop instanceof WhileLoopTree whileLoop) || ways.maybeHideInterrupt()) {
      return Optional.empty();
    }
    String thread = SuggestedFixes.qualifyType(state, fix, "java.lang.Thread");
    return Optional.of(
        fix.replace(whileLoop.getCondition(), "(!" + thread + ".currentThread().isInterrupted())")
            .build());
  }

  private static boolean addReturn(CatchTree clause, SuggestedFix.Builder fix, VisitorState state) {
    List<Type> types = WaysOut.types(clause);
    if (types.size() != 1
        || !types.get(0).tsym.getQualifiedName().contentEquals("java.lang.InterruptedException")) {
      return false;
    }
    List<? extends StatementTree> statements = clause.getBlock().getStatements();
    String end =
        UncancellableLoop.hasInterrupt(clause.getBlock())
            ? "return;"
            : SuggestedFixes.qualifyType(state, fix, "java.lang.Thread")
                + ".currentThread().interrupt();\nreturn;";
    if (statements.isEmpty()) {
      fix.replace(clause.getBlock(), "{\n" + end + "\n}");
      return true;
    }
    StatementTree last = statements.get(statements.size() - 1);
    if (last instanceof ContinueTree) {
      fix.replace(last, end);
      return true;
    }
    fix.postfixWith(last, "\n" + end);
    return Reachability.canCompleteNormally(clause.getBlock());
  }

  /** Whether a return ends the task, and needs no value. */
  private static boolean isWorkOfTask(VisitorState state) {
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof LambdaExpressionTree) {
        Type type = ASTHelpers.getType(tree);
        return type != null
            && state.getTypes().isFunctionalInterface(type)
            && state.getTypes().findDescriptorType(type).getReturnType().hasTag(TypeTag.VOID);
      }
      if (tree instanceof MethodTree method) {
        return method.getName().contentEquals("run")
            && method.getParameters().isEmpty()
            && ASTHelpers.getSymbol(method).getReturnType().hasTag(TypeTag.VOID);
      }
    }
    return false;
  }
}
