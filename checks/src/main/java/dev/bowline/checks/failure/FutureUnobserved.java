package dev.bowline.checks.failure;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;
import static com.google.errorprone.fixes.SuggestedFix.emptyFix;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MemberReferenceTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.TypeTag;
import dev.bowline.annotations.Detached;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.DroppedResult;
import dev.bowline.checks.model.Intent;
import dev.bowline.checks.model.MayThrow;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.QuietCalls;
import dev.bowline.checks.model.RunSites;
import dev.bowline.checks.model.TaskBodies;
import java.util.Optional;

/** Reports a task whose failure nobody hears, where Error Prone's own rule says nothing. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Nobody hears this task fail; wait for it, or handle its failure",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "FutureUnobserved.md",
    linkType = CUSTOM,
    suppressionAnnotations = {SuppressWarnings.class, Detached.class})
public final class FutureUnobserved extends BugChecker
    implements MethodInvocationTreeMatcher, MemberReferenceTreeMatcher {
  private static final String STAGE =
      "When '%s' fails, nobody hears: the failure is in the stage that it returns, which is"
          + " dropped. Hang whenComplete((result, failure) -> …) or exceptionally(…) on that, or"
          + " return it.";

  private static final String CHAIN =
      "When a stage of this chain fails, nobody hears: the failure ends up in what '%s' returns,"
          + " which is dropped. End the chain with whenComplete((result, failure) -> …) or"
          + " exceptionally(…), or return it.";

  private static final String TASK =
      "Nothing reads %s, so nobody hears when the task that '%s' starts fails: only its future"
          + " has the failure. Call get() on it, or catch and report failures in the task.";

  private static final String ALL =
      "'%s' waits for all its tasks, and throws none of their failures: those are in the futures"
          + " that it returns, which nobody looks at. Call get() on each of them.";

  /** Its results are in a list, which Error Prone does not look into. */
  private static final MethodTable INVOKE_ALL =
      MethodTable.of(ImmutableList.of("java.util.concurrent.ExecutorService#invokeAll"));

  private final MayThrow mayThrow;

  /** For {@link java.util.ServiceLoader}. */
  public FutureUnobserved() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public FutureUnobserved(ErrorProneFlags flags) {
    mayThrow = new MayThrow(new RunSites(flags), ImmutableList.of());
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree call, VisitorState state) {
    Optional<LocalResult> local = LocalResult.at(state);
    Tree parent = state.getPath().getParentPath().getLeaf();
    if (local.isEmpty()
        && !(parent instanceof ExpressionStatementTree)
        && !(parent instanceof LambdaExpressionTree)) {
      return NO_MATCH;
    }
    MethodSymbol method = ASTHelpers.getSymbol(call);
    String name = method.getSimpleName().toString();
    String message;
    if (INVOKE_ALL.contains(method, state)) {
      message = ALL.formatted(name);
    } else if (local.isEmpty()
        ? UnheardStage.isOurs(method, state) && UnheardStage.isGivenBy(call, state)
        : CompletionChain.isStep(call, state) && UnheardStage.isGivenBy(call, state)) {
      message = (CompletionChain.isStep(call, state) ? CHAIN : STAGE).formatted(name);
    } else if (local.isPresent()
        && TaskFutures.isStart(call, state)
        && !isQuiet(call.getArguments().get(0), state)) {
      message = TASK.formatted(named(local.get().variable()), name);
    } else {
      return NO_MATCH;
    }
    boolean dropped =
        local.isPresent()
            ? (computes(method) || !local.get().isDroppedOnPurpose())
                && local.get().isNeverRead(state)
            : DroppedResult.is(call, state);
    if (!dropped) {
      return NO_MATCH;
    }
    return Intent.isStatedOnPackage(Detached.class, state)
        ? NO_MATCH
        : buildDescription(call)
            .setMessage(message)
            .addFix(local.flatMap(each -> each.executed(call, state)).orElse(emptyFix()))
            .build();
  }

  @Override
  public Description matchMemberReference(MemberReferenceTree reference, VisitorState state) {
    MethodSymbol method = ASTHelpers.getSymbol(reference);
    return method != null
            && method.getReturnType().hasTag(TypeTag.CLASS)
            && reference.getMode() == MemberReferenceTree.ReferenceMode.INVOKE
            && DroppedResult.is(reference, state)
            && UnheardStage.isOurs(method, state)
            && !Intent.isStatedOnPackage(Detached.class, state)
        ? buildDescription(reference).setMessage(STAGE.formatted(method.getSimpleName())).build()
        : NO_MATCH;
  }

  /** Whether nothing is lost when nobody hears this task fail, as far as its source is at hand. */
  private boolean isQuiet(ExpressionTree task, VisitorState state) {
    if (task instanceof MemberReferenceTree reference
        && QuietCalls.contains(ASTHelpers.getSymbol(reference), state)) {
      return true;
    }
    return TaskBodies.of(new TreePath(state.getPath(), task), state)
        .filter(body -> mayThrow.in(body, state).isEmpty())
        .isPresent();
  }

  /** A task that computes something for nobody: Error Prone's way out is not meant for that. */
  private static boolean computes(MethodSymbol method) {
    return method.getSimpleName().contentEquals("submit")
        && !method.getParameters().isEmpty()
        && method
            .getParameters()
            .get(0)
            .type
            .tsym
            .getQualifiedName()
            .contentEquals("java.util.concurrent.Callable");
  }

  /** From Java 22 on, a variable may have no name. */
  private static String named(VarSymbol variable) {
    return variable.getSimpleName().isEmpty()
        ? "this future"
        : "'%s'".formatted(variable.getSimpleName());
  }
}
