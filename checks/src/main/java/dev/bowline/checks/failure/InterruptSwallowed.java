package dev.bowline.checks.failure;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.CatchTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.EntryPoints;
import dev.bowline.checks.model.FollowingCode;
import dev.bowline.checks.model.InterruptSource;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.RestoredInterrupt;
import dev.bowline.checks.model.RunSites;
import dev.bowline.checks.model.TestCode;
import java.util.Optional;

/** Reports a catch that takes an interrupt and lets nobody know. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "This catch takes an interrupt and tells nobody; restore it or pass it on",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "InterruptSwallowed.md",
    linkType = CUSTOM)
public final class InterruptSwallowed extends BugChecker implements CatchTreeMatcher {
  /** Exceptions that restore the interrupt, or mean one, whatever their names say. */
  private static final ImmutableSet<String> RESTORING_EXCEPTIONS =
      ImmutableSet.of("org.apache.kafka.common.errors.InterruptException");

  private static final MethodTable ASKS_AND_CLEARS =
      MethodTable.of(ImmutableList.of("java.lang.Thread#interrupted"));

  private final ImmutableSet<String> restoringExceptions;
  private final EndOfTask endOfTask;

  /** For {@link java.util.ServiceLoader}. */
  public InterruptSwallowed() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public InterruptSwallowed(ErrorProneFlags flags) {
    restoringExceptions =
        ImmutableSet.<String>builder()
            .addAll(RESTORING_EXCEPTIONS)
            .addAll(flags.getListOrEmpty("InterruptSwallowed:RestoringExceptions"))
            .build();
    endOfTask = new EndOfTask(new RunSites(flags));
  }

  @Override
  public Description matchCatch(CatchTree tree, VisitorState state) {
    Tree type = tree.getParameter().getType();
    boolean broad = false;
    boolean named = false;
    for (Tree each : InterruptSource.alternatives(type)) {
      Type caught = ASTHelpers.getType(each);
      if (ASTHelpers.isSameType(caught, state.getSymtab().interruptedExceptionType, state)) {
        named = true;
      } else {
        broad |= InterruptSource.isAtOrAbove(caught, state);
      }
    }
    if (!named && !broad) {
      return Description.NO_MATCH;
    }
    Optional<InterruptSource> source = named ? Optional.empty() : source(tree, state);
    if (!named && source.isEmpty()) {
      return Description.NO_MATCH;
    }
    boolean guarded = InterruptSource.alternatives(type).size() > 1 || !named;
    if (isSuppressed(tree.getParameter(), state) || isExempt(tree, guarded, state)) {
      return Description.NO_MATCH;
    }
    boolean loops = EndOfTask.loops(tree, state);
    Description.Builder description =
        buildDescription(tree.getParameter()).setMessage(message(tree, source, loops));
    InterruptFixes.fixes(tree, guarded, loops, state).forEach(description::addFix);
    return description.build();
  }

  private static Optional<InterruptSource> source(CatchTree tree, VisitorState state) {
    if (!(state.getPath().getParentPath().getLeaf() instanceof TryTree attempt)) {
      return Optional.empty();
    }
    for (CatchTree each : attempt.getCatches()) {
      if (each == tree) {
        break;
      }
      if (InterruptSource.isCaughtBy(each.getParameter().getType(), state)) {
        return Optional.empty();
      }
    }
    return InterruptSource.inBodyOf(attempt, state);
  }

  private boolean isExempt(CatchTree tree, boolean guarded, VisitorState state) {
    if (InterruptPurpose.isStated(tree, state)
        || RestoredInterrupt.in(tree.getBlock(), state)
        || isReportedByErrorProne(tree, guarded, state)
        || restoresInFinally(state)) {
      return true;
    }
    CaughtInterrupt caught = CaughtInterrupt.in(tree, guarded, restoringExceptions, state);
    return caught.isHeard()
        || (caught.isNoted() && restoresInMethod(state))
        || EntryPoints.encloses(state)
        || endOfTask.follows(tree, state)
        || TestCode.encloses(state)
        || CompletedFuture.isAsked(tree, state);
  }

  /** InterruptedInCatchBlock, which is on by default. */
  private static boolean isReportedByErrorProne(
      CatchTree tree, boolean guarded, VisitorState state) {
    return !guarded
        && FollowingCode.hasCall(tree.getBlock().getStatements(), call -> isCallTo(call, state));
  }

  private static boolean isCallTo(MethodInvocationTree call, VisitorState state) {
    return ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method
        && ASKS_AND_CLEARS.contains(method, state);
  }

  private static boolean restoresInFinally(VisitorState state) {
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      Tree each = path.getLeaf();
      if (each instanceof MethodTree
          || each instanceof LambdaExpressionTree
          || each instanceof ClassTree) {
        return false;
      }
      if (each instanceof TryTree attempt
          && attempt.getFinallyBlock() != null
          && RestoredInterrupt.in(attempt.getFinallyBlock(), state)) {
        return true;
      }
    }
    return false;
  }

  private static boolean restoresInMethod(VisitorState state) {
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof MethodTree method) {
        return RestoredInterrupt.in(method.getBody(), state);
      }
      if (path.getLeaf() instanceof LambdaExpressionTree lambda) {
        return RestoredInterrupt.in(lambda.getBody(), state);
      }
      if (path.getLeaf() instanceof ClassTree) {
        return false;
      }
    }
    return false;
  }

  private static String message(CatchTree tree, Optional<InterruptSource> source, boolean loops) {
    String name = tree.getParameter().getName().toString();
    String fault =
        source
            .map(
                by ->
                    "'%s' may be the InterruptedException of '%s', and then the request to stop is lost"
                        .formatted(name, by.name()))
            .orElse("The request to stop that '%s' stands for is lost here".formatted(name));
    return loops
        ? fault
            + ", and the loop goes on as if nothing had happened. Leave the loop, and call"
            + " Thread.currentThread().interrupt() where it has ended."
        : fault
            + ": whatever this thread does next does not learn of it. Call"
            + " Thread.currentThread().interrupt() first%s, or let the exception out."
                .formatted(source.isPresent() ? " when it is one" : "");
  }
}
