package dev.bowline.checks.lifecycle;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.common.collect.Lists;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.NewClassTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.RunSite;
import dev.bowline.checks.model.RunSites;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reports a task that uses what the block that submits it closes, or unlocks, without waiting. */
@AutoService(BugChecker.class)
@BugPattern(
    summary =
        "The block closes a resource that its task still uses; wait for the task in the block",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "TaskOutlivesResource.md",
    linkType = CUSTOM)
public final class TaskOutlivesResource extends BugChecker
    implements MethodInvocationTreeMatcher, NewClassTreeMatcher {
  private final RunSites sites;
  private final BlockWaits waits;

  /** For {@link java.util.ServiceLoader}. */
  public TaskOutlivesResource() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public TaskOutlivesResource(ErrorProneFlags flags) {
    sites = new RunSites(flags);
    waits = new BlockWaits(sites);
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    return sites.ofMethod(ASTHelpers.getSymbol(tree), state) == RunSite.ELSEWHERE
        ? match(Submission.of(tree, tree.getArguments(), state), state)
        : Description.NO_MATCH;
  }

  @Override
  public Description matchNewClass(NewClassTree tree, VisitorState state) {
    return sites.ofMethod(ASTHelpers.getSymbol(tree), state) == RunSite.ELSEWHERE
        ? match(Submission.of(tree, tree.getArguments(), state), state)
        : Description.NO_MATCH;
  }

  private Description match(Submission submission, VisitorState state) {
    if (submission.runsHere() || submission.isHook() || isTaskOfSubmission(state)) {
      return Description.NO_MATCH;
    }
    Optional<String> lock = ForeignUnlock.in(submission, state);
    if (lock.isPresent()) {
      return buildDescription(submission.call())
          .setMessage(
              "The task unlocks '%s', which the thread that submits it has locked: unlock() throws IllegalMonitorStateException on any other thread. Lock and unlock in the task itself, or wait for the task before unlocking here."
                  .formatted(lock.get()))
          .build();
    }
    Tree child = submission.call();
    Set<Symbol> closedBefore = new HashSet<>();
    for (TreePath path = state.getPath().getParentPath();
        path != null && !isBoundary(path, state);
        path = path.getParentPath()) {
      if (path.getLeaf() instanceof TryTree attempt && attempt.getBlock() == child) {
        for (Tree each : Lists.reverse(attempt.getResources())) {
          Symbol resource = ASTHelpers.getSymbol(each);
          closedBefore.add(resource);
          if (submission.uses(resource)
              && !submission.mentionsAnyOf(closedBefore)
              && !SharedResources.contain(resource.type, state)
              && !waits.mayWaitFor(submission, attempt.getBlock(), state)) {
            return buildDescription(submission.call())
                .setMessage(
                    "The task uses '%s', which the end of this try block closes, and nothing in the block waits for the task: it runs, or goes on, with a closed resource. Wait for it in the block, or open the resource in the task."
                        .formatted(resource.getSimpleName()))
                .build();
          }
        }
      }
      child = path.getLeaf();
    }
    return Description.NO_MATCH;
  }

  /** {@code timer.schedule(new TimerTask() …)} is one submission, not two. */
  private boolean isTaskOfSubmission(VisitorState state) {
    return state.getPath().getParentPath().getLeaf() instanceof MethodInvocationTree call
        && call.getArguments().contains(state.getPath().getLeaf())
        && sites.ofMethod(ASTHelpers.getSymbol(call), state) == RunSite.ELSEWHERE;
  }

  /** Whether the code around this does not run on the thread that submits, or we do not know. */
  private boolean isBoundary(TreePath path, VisitorState state) {
    return path.getLeaf() instanceof MethodTree
        || path.getLeaf() instanceof ClassTree
        || (path.getLeaf() instanceof LambdaExpressionTree
            && sites.of(path, state) != RunSite.HERE);
  }
}
