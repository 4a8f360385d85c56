package dev.bowline.checks.failure;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.Assertions;
import dev.bowline.checks.model.EnclosingTask;
import dev.bowline.checks.model.FollowingCode;
import dev.bowline.checks.model.MayThrow;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.RunSites;
import java.util.Optional;

/** Reports a count-down at the end of a task that an exception before it skips. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "An exception before this count-down leaves the waiter hanging; put it in a finally",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "CountDownNotInFinally.md",
    linkType = CUSTOM)
public final class CountDownNotInFinally extends BugChecker implements MethodInvocationTreeMatcher {
  static final MethodTable COUNTS_DOWN =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.CountDownLatch#countDown",
              "java.util.concurrent.Phaser#arrive",
              "java.util.concurrent.Phaser#arriveAndDeregister"));

  private final RunSites sites;
  private final MayThrow mayThrow;
  private final Assertions assertions;

  /** For {@link java.util.ServiceLoader}. */
  public CountDownNotInFinally() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public CountDownNotInFinally(ErrorProneFlags flags) {
    sites = new RunSites(flags);
    mayThrow = new MayThrow(sites, ImmutableList.of());
    assertions = new Assertions(flags);
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    ExpressionTree receiver = ASTHelpers.getReceiver(tree);
    if (receiver == null
        || !COUNTS_DOWN.contains(ASTHelpers.getSymbol(tree), state)
        || !(ASTHelpers.getSymbol(receiver) instanceof VarSymbol latch)) {
      return NO_MATCH;
    }
    Optional<EnclosingTask> task = EnclosingTask.find(state.getPath(), 0, sites, state);
    if (task.isEmpty()) {
      return NO_MATCH;
    }
    CountDownPlace place = CountDownPlace.of(state.getPath(), task.get().body()).orElse(null);
    if (place == null
        || place.countsDownInHandler(latch, state)
        || place.after().stream().anyMatch(code -> !mayThrow.in(code, state).isEmpty())) {
      return NO_MATCH;
    }
    ImmutableList<TreePath> risks =
        place.before().stream()
            .flatMap(code -> mayThrow.in(code, state).stream())
            .collect(ImmutableList.toImmutableList());
    if (risks.isEmpty() || !LatchWaits.isAwaitedWithoutBound(latch, state)) {
      return NO_MATCH;
    }
    String name = latch.getSimpleName().toString();
    Description.Builder description =
        buildDescription(tree)
            .setMessage(
                "%s skips this, and whoever waits for '%s' waits for ever. Put '%s' in a finally block."
                    .formatted(cause(risks.get(0).getLeaf()), name, state.getSourceForNode(tree)));
    if (!assertsBefore(place, state)) {
      CountDownFix.fix(state.getPath(), mayThrow, state).ifPresent(description::addFix);
    }
    return description.build();
  }

  /**
   * Whether the waiter also waits for an assertion to hold: counting down in any case would let the
   * test pass without it.
   */
  private boolean assertsBefore(CountDownPlace place, VisitorState state) {
    return FollowingCode.hasCall(
        place.before().stream().map(TreePath::getLeaf).toList(),
        call -> assertions.isAssertionCall(call, state));
  }

  private static String cause(Tree risk) {
    return ASTHelpers.getSymbol(risk) instanceof MethodSymbol method
        ? "An exception out of '%s'"
            .formatted(
                method.isConstructor()
                    ? "new " + method.owner.getSimpleName()
                    : method.getSimpleName())
        : "The exception that this task throws";
  }
}
