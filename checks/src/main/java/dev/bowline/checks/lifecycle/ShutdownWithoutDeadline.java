package dev.bowline.checks.lifecycle;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MemberReferenceTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.TryTreeMatcher;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.util.Name;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.EntryPoints;
import dev.bowline.checks.model.RunSites;
import dev.bowline.checks.model.TestCode;
import java.util.Optional;
import java.util.stream.Stream;

/** Reports code that ends a component without waiting for its tasks, or without a bound. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "What ends a component waits for its tasks, and not for ever: give it a deadline",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "ShutdownWithoutDeadline.md",
    linkType = CUSTOM)
public final class ShutdownWithoutDeadline extends BugChecker
    implements MethodInvocationTreeMatcher, MemberReferenceTreeMatcher, TryTreeMatcher {
  /** Nearly every call is ruled out by its name. */
  private static final Supplier<ImmutableSet<Name>> NAMES =
      VisitorState.memoize(
          state ->
              Stream.of("awaitTermination", "close", "join", "joinUninterruptibly", "shutdown")
                  .map(state::getName)
                  .collect(ImmutableSet.toImmutableSet()));

  private final RunSites sites;

  /** For {@link java.util.ServiceLoader}. */
  public ShutdownWithoutDeadline() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public ShutdownWithoutDeadline(ErrorProneFlags flags) {
    sites = new RunSites(flags);
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    return match(tree, ASTHelpers.getSymbol(tree), state);
  }

  @Override
  public Description matchMemberReference(MemberReferenceTree tree, VisitorState state) {
    return match(tree, ASTHelpers.getSymbol(tree), state);
  }

  private Description match(ExpressionTree tree, MethodSymbol method, VisitorState state) {
    if (!NAMES.get(state).contains(method.getSimpleName())) {
      return Description.NO_MATCH;
    }
    boolean shutdown = EndlessWait.isShutdown(method, state);
    if (!shutdown && !EndlessWait.is(tree, method, state)) {
      return Description.NO_MATCH;
    }
    Optional<StoppingCode> stopping = stoppingCode(state);
    if (stopping.isEmpty()) {
      return Description.NO_MATCH;
    }
    if (shutdown) {
      return matchShutdown(tree, stopping.get(), state);
    }
    return EndlessWait.isForWhatWasToldToEnd(method, stopping.get())
            || !stopping.get().leavesWaitingToNobody(state)
            || stopping.get().isOfProgram()
        ? Description.NO_MATCH
        : matchWait(tree, method, stopping.get(), state);
  }

  private Description matchShutdown(
      ExpressionTree tree, StoppingCode stopping, VisitorState state) {
    ExpressionTree executor = EndlessWait.receiver(tree);
    if (executor == null
        || !stopping.leavesWaitingToNobody(state)
        || ExecutorOrigin.holdersOfOwnPool(executor, state)
            .filter(holders -> OneOffTasks.exist(holders, state.getPath().getCompilationUnit()))
            .filter(holders -> !ExecutorWaits.exist(holders, stopping, state))
            .isEmpty()) {
      return Description.NO_MATCH;
    }
    String holder = state.getSourceForNode(executor);
    return describe(
        tree,
        (stopping.hook()
                ? "When the shutdown hook returns, the JVM ends in the middle of the tasks of '%s' that still run: shutdown() does not wait for them."
                    .formatted(holder)
                : "%s returns while tasks of '%s' still run, with all that they use: shutdown() does not wait for them."
                    .formatted(stopping.name(), holder))
            + " Wait with awaitTermination and a bound, and call shutdownNow() when the time is up.",
        ShutdownFixes.waitAfterShutdown(tree, state));
  }

  private Description matchWait(
      ExpressionTree tree, MethodSymbol method, StoppingCode stopping, VisitorState state) {
    return describe(
        tree,
        "'%s' waits here without a bound: a single task that does not end keeps %s from returning, and the process from stopping, for ever. Give the wait a bound, and report or interrupt what is left when the time is up."
            .formatted(method.getSimpleName(), stopping.name()),
        ShutdownFixes.boundedWait(tree, method, state));
  }

  @Override
  public Description matchTry(TryTree tree, VisitorState state) {
    for (Tree resource : tree.getResources()) {
      if (EndlessWait.isOfBlock(resource, tree, state)) {
        Optional<StoppingCode> stopping = stoppingCode(state);
        if (stopping.isPresent()) {
          return describe(
              resource,
              "The end of this block closes the executor, which waits without a bound: a single task that does not end keeps %s from returning, and the process from stopping, for ever. In the block, shut it down and wait with awaitTermination and a bound."
                  .formatted(stopping.get().name()),
              Optional.empty());
        }
      }
    }
    return Description.NO_MATCH;
  }

  private Optional<StoppingCode> stoppingCode(VisitorState state) {
    return TestCode.encloses(state) || EntryPoints.encloses(state)
        ? Optional.empty()
        : StoppingCode.around(sites, state)
            .filter(
                stopping -> !stopping.returnsHandle(state) && !StoppingCode.isInExecutor(state));
  }

  private Description describe(Tree tree, String message, Optional<SuggestedFix> fix) {
    Description.Builder description = buildDescription(tree).setMessage(message);
    fix.ifPresent(description::addFix);
    return description.build();
  }
}
