package dev.bowline.checks.failure;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.DoWhileLoopTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.ForLoopTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.WhileLoopTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.FollowingCode;
import dev.bowline.checks.model.Loops;
import dev.bowline.checks.model.RunSites;
import dev.bowline.checks.model.TestCode;
import java.util.List;
import java.util.Set;

/** Reports an endless loop of a task that no interrupt, flag or exception ends. */
@AutoService(BugChecker.class)
@BugPattern(
    summary =
        "Nothing ends this loop of a task, so nobody can stop its thread; let an interrupt end it",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "UncancellableLoop.md",
    linkType = CUSTOM)
public final class UncancellableLoop extends BugChecker
    implements WhileLoopTreeMatcher, DoWhileLoopTreeMatcher, ForLoopTreeMatcher {
  private final TaskCode tasks;

  /** For {@link java.util.ServiceLoader}. */
  public UncancellableLoop() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public UncancellableLoop(ErrorProneFlags flags) {
    tasks = new TaskCode(new RunSites(flags));
  }

  @Override
  public Description matchWhileLoop(WhileLoopTree tree, VisitorState state) {
    return match(tree, state);
  }

  @Override
  public Description matchDoWhileLoop(DoWhileLoopTree tree, VisitorState state) {
    return match(tree, state);
  }

  @Override
  public Description matchForLoop(ForLoopTree tree, VisitorState state) {
    return match(tree, state);
  }

  private Description match(StatementTree loop, VisitorState state) {
    if (!isEndless(loop) || TestCode.encloses(state)) {
      return NO_MATCH;
    }
    WaysOut ways = WaysOut.of(state.getPath(), Loops.body(loop), state);
    if (ways.exist()
        || isPartOfAnother(state)
        || !tasks.contains(state)
        || ThrowingHelpers.areAmong(ways.openCalls(), state)) {
      return NO_MATCH;
    }
    Description.Builder description =
        buildDescription(loop)
            .setMessage("Nothing ends this loop: %s".formatted(problem(ways.interruptCatches())));
    UncancellableLoopFix.of(loop, ways, state).ifPresent(description::addFix);
    return description.build();
  }

  private static String problem(Set<CatchTree> catches) {
    if (catches.isEmpty()) {
      return "interrupt() and shutdownNow() do not stop it, and its thread runs until the process"
          + " ends. Loop while (!Thread.currentThread().isInterrupted()), and let"
          + " InterruptedException end it.";
    }
    return catches.stream().allMatch(each -> hasInterrupt(each.getBlock()))
        ? "its catch restores the interrupt and goes on, so every later wait throws at once and the"
            + " loop spins. Return there, or catch InterruptedException outside the loop."
        : "its catch takes the InterruptedException and goes on, so interrupt() and shutdownNow()"
            + " do nothing and the thread runs until the process ends. Return there, or catch"
            + " InterruptedException outside the loop.";
  }

  /** Whether code restores the interrupt, as every call of this name in a catch does. */
  static boolean hasInterrupt(BlockTree block) {
    return FollowingCode.hasCall(
        List.of(block),
        call ->
            ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method
                && method.getSimpleName().contentEquals("interrupt")
                && method.getParameters().isEmpty());
  }

  /** A loop in a loop that nothing ends is one finding. */
  private static boolean isPartOfAnother(VisitorState state) {
    for (TreePath path = state.getPath().getParentPath();
        path != null;
        path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof MethodTree
          || tree instanceof LambdaExpressionTree
          || tree instanceof ClassTree) {
        return false;
      }
      if (isEndless(tree) && !WaysOut.of(path, Loops.body(tree), state).exist()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEndless(Tree tree) {
    if (tree instanceof ForLoopTree loop) {
      return loop.getCondition() == null || isTrue(loop.getCondition());
    }
    return tree instanceof WhileLoopTree loop
        ? isTrue(loop.getCondition())
        : tree instanceof DoWhileLoopTree last && isTrue(last.getCondition());
  }

  private static boolean isTrue(ExpressionTree condition) {
    return Boolean.TRUE.equals(ASTHelpers.constValue(condition));
  }
}
