package dev.bowline.checks.failure;

import static javax.lang.model.element.Modifier.PUBLIC;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.EntryPoints;
import dev.bowline.checks.model.InterruptSource;
import dev.bowline.checks.model.Loops;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.RecheckingLoop;
import dev.bowline.checks.model.RunSite;
import dev.bowline.checks.model.RunSites;
import java.util.List;

/**
 * Whether the task of a thread ends after a catch: then an interrupt has done what it is for. A
 * loop that looks at a flag ends too, since whoever stops the task sets the flag as well.
 */
final class EndOfTask {
  private static final int DEPTH = 3;

  private static final MethodTable TASKS =
      MethodTable.of(
          ImmutableList.of("java.lang.Runnable#run", "java.util.concurrent.Callable#call"));

  private static final ImmutableSet<String> TASK_TYPES =
      ImmutableSet.of("java.lang.Runnable", "java.util.concurrent.Callable");

  private static final ImmutableSet<String> ASKS_FLAG =
      ImmutableSet.of("currentThread", "interrupted", "isInterrupted");

  private final RunSites sites;

  EndOfTask(RunSites sites) {
    this.sites = sites;
  }

  /** How control leaves a statement. */
  enum Exit {
    METHOD,
    BREAK,
    ON
  }

  /** Whether the task ends after the catch at the state's position. */
  boolean follows(CatchTree tree, VisitorState state) {
    return follows(state.getPath(), exit(tree), DEPTH, state);
  }

  /** Whether a loop around the catch at the state's position takes its next turn after it. */
  static boolean loops(CatchTree tree, VisitorState state) {
    Exit exit = exit(tree);
    Tree child = tree;
    for (TreePath path = state.getPath().getParentPath();
        path != null && exit != Exit.METHOD && !isBoundary(path.getLeaf());
        path = path.getParentPath()) {
      Tree each = path.getLeaf();
      if (Loops.isLoop(each) && exit == Exit.ON) {
        return true;
      }
      exit = after(each, child, exit);
      child = each;
    }
    return false;
  }

  /** How control leaves a tree in which it has left a part in this way. */
  private static Exit after(Tree tree, Tree part, Exit exit) {
    if (tree instanceof BlockTree block && exit == Exit.ON) {
      for (StatementTree each : following(block, part)) {
        Exit jump = exit(each);
        if (jump != Exit.ON) {
          return jump;
        }
      }
    }
    return exit == Exit.BREAK && (Loops.isLoop(tree) || tree instanceof SwitchTree)
        ? Exit.ON
        : exit;
  }

  private static List<? extends StatementTree> following(BlockTree block, Tree part) {
    int next = block.getStatements().indexOf(part) + 1;
    return block.getStatements().subList(next, block.getStatements().size());
  }

  static Exit exit(CatchTree tree) {
    List<? extends StatementTree> statements = tree.getBlock().getStatements();
    return statements.isEmpty() ? Exit.ON : exit(statements.get(statements.size() - 1));
  }

  /** Whether the last of these statements returns or throws. */
  static boolean leaves(StatementTree statement) {
    if (statement instanceof BlockTree block) {
      List<? extends StatementTree> statements = block.getStatements();
      return !statements.isEmpty() && exit(statements.get(statements.size() - 1)) == Exit.METHOD;
    }
    return exit(statement) == Exit.METHOD;
  }

  private static Exit exit(StatementTree statement) {
    if (statement instanceof ReturnTree || statement instanceof ThrowTree) {
      return Exit.METHOD;
    }
    return statement instanceof BreakTree ? Exit.BREAK : Exit.ON;
  }

  private boolean follows(TreePath from, Exit exit, int depth, VisitorState state) {
    Tree child = from.getLeaf();
    for (TreePath path = from.getParentPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (isBoundary(tree)) {
        return isTask(path, depth, state);
      }
      if (tree instanceof BlockTree block
          && exit == Exit.ON
          && !isHarmless(following(block, child), state)) {
        return false;
      }
      if (Loops.isLoop(tree) && exit == Exit.ON) {
        if (!isToldToStop(tree)) {
          return false;
        }
        exit = Exit.METHOD;
      }
      exit = after(tree, child, exit);
      child = tree;
    }
    return false;
  }

  private boolean isTask(TreePath body, int depth, VisitorState state) {
    Tree tree = body.getLeaf();
    if (tree instanceof LambdaExpressionTree) {
      return isTaskBody(body, state);
    }
    if (!(tree instanceof MethodTree declaration)) {
      return false;
    }
    MethodSymbol method = ASTHelpers.getSymbol(declaration);
    if (method == null) {
      return false;
    }
    if ((TASKS.contains(method, state) && method.getParameters().isEmpty())
        || EntryPoints.encloses(state.withPath(body))) {
      return true;
    }
    if (depth == 0 || method.getModifiers().contains(PUBLIC)) {
      return false;
    }
    List<TreePath> mentions = Occurrences.in(state).of(method);
    return !mentions.isEmpty()
        && mentions.stream()
            .allMatch(
                mention ->
                    mention.getLeaf() instanceof MemberReferenceTree
                        ? isTaskBody(mention, state)
                        : follows(mention, Exit.ON, depth - 1, state));
  }

  /** Whether a lambda or method reference is a task: known by where it goes, or by its type. */
  private boolean isTaskBody(TreePath body, VisitorState state) {
    RunSite site = sites.of(body, state);
    if (site == RunSite.UNKNOWN) {
      Type type = ASTHelpers.getType(body.getLeaf());
      // Where a class is missing, nobody can tell.
      return type == null
          || type.isErroneous()
          || TASK_TYPES.contains(type.tsym.getQualifiedName().toString());
    }
    return site == RunSite.ELSEWHERE;
  }

  /** A loop that is left for what it looks at, other than the flag of the thread. */
  private static boolean isToldToStop(Tree loop) {
    return RecheckingLoop.isRechecking(loop) && !asksFlagOnly(loop);
  }

  /** Cleanup, a last word: nothing that waits or goes round. */
  private static boolean isHarmless(List<? extends StatementTree> statements, VisitorState state) {
    for (StatementTree each : statements) {
      boolean[] loop = {false};
      new TreeScanner<Void, Void>() {
        @Override
        public Void scan(Tree tree, Void unused) {
          loop[0] |=
              Loops.isLoop(tree) && !(tree instanceof EnhancedForLoopTree) && !isToldToStop(tree);
          return super.scan(tree, null);
        }
      }.scan(each, null);
      if (loop[0] || InterruptSource.in(each, state).isPresent()) {
        return false;
      }
    }
    return true;
  }

  /** {@code while (!Thread.currentThread().isInterrupted())}: the catch has cleared just that. */
  private static boolean asksFlagOnly(Tree loop) {
    ExpressionTree condition =
        loop instanceof WhileLoopTree turn
            ? turn.getCondition()
            : loop instanceof DoWhileLoopTree turn
                ? turn.getCondition()
                : loop instanceof ForLoopTree turn ? turn.getCondition() : null;
    boolean[] asks = {false, false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        boolean flag =
            ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method
                && ASKS_FLAG.contains(method.getSimpleName().toString());
        asks[flag ? 0 : 1] = true;
        return super.visitMethodInvocation(call, null);
      }

      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        asks[1] |= ASTHelpers.getSymbol(tree) instanceof VarSymbol;
        return null;
      }
    }.scan(condition, null);
    return asks[0] && !asks[1];
  }

  private static boolean isBoundary(Tree tree) {
    return tree instanceof MethodTree
        || tree instanceof LambdaExpressionTree
        || tree instanceof ClassTree;
  }
}
