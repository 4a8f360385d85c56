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
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.WhileLoopTree;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.RunSites;

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
    return match(tree, tree.getCondition(), tree.getStatement(), state);
  }

  @Override
  public Description matchDoWhileLoop(DoWhileLoopTree tree, VisitorState state) {
    return match(tree, tree.getCondition(), tree.getStatement(), state);
  }

  @Override
  public Description matchForLoop(ForLoopTree tree, VisitorState state) {
    return match(tree, tree.getCondition(), tree.getStatement(), state);
  }

  private Description match(
      StatementTree loop, ExpressionTree condition, StatementTree body, VisitorState state) {
    if ((condition != null && !Boolean.TRUE.equals(ASTHelpers.constValue(condition)))
        || WaysOut.exist(loop, body, state)
        || !tasks.contains(state)) {
      return NO_MATCH;
    }
    return buildDescription(loop).setMessage("endless").build();
  }
}
