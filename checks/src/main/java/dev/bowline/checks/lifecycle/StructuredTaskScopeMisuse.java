package dev.bowline.checks.lifecycle;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.NewClassTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.flow.Leak;
import dev.bowline.checks.flow.Leaks;
import dev.bowline.checks.flow.PathEnd;

/** Reports calls on a task scope that its protocol forbids: they throw, or lose a failure. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "This use of StructuredTaskScope throws at run time, or loses subtasks or a failure",
    severity = ERROR,
    tags = CONCURRENCY,
    link = RulePages.URL + "StructuredTaskScopeMisuse.md",
    linkType = CUSTOM,
    suppressionAnnotations = SuppressWarnings.class)
public final class StructuredTaskScopeMisuse extends BugChecker
    implements MethodInvocationTreeMatcher, NewClassTreeMatcher {
  private final Leaks forked = new Leaks(new ForkedScope());
  private final Leaks joined = new Leaks(new JoinedScope());

  @Override
  public Description matchNewClass(NewClassTree tree, VisitorState state) {
    return TaskScopes.exist(state) && TaskScopes.isOpenedBy(tree, state)
        ? matchOpen(tree, state)
        : NO_MATCH;
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    if (!TaskScopes.exist(state)) {
      return NO_MATCH;
    }
    if (TaskScopes.isOpenedBy(tree, state)) {
      return matchOpen(tree, state);
    }
    if (TaskScopes.isCall(tree, TaskScopes.RESULT, state)) {
      return matchResult(tree, state);
    }
    boolean forks = TaskScopes.isCall(tree, TaskScopes.FORK, state);
    if (!forks && !TaskScopes.isCall(tree, TaskScopes.JOIN, state)) {
      return NO_MATCH;
    }
    VarSymbol scope = TaskScopes.receiver(tree);
    if (scope == null) {
      return NO_MATCH;
    }
    return forks ? matchFork(tree, scope, state) : matchJoin(tree, scope, state);
  }

  private Description matchOpen(ExpressionTree open, VisitorState state) {
    UnclosedScope unclosed = UnclosedScope.at(state).orElse(null);
    if (unclosed == null || (unclosed.keeper() != null && isSuppressed(unclosed.keeper(), state))) {
      return NO_MATCH;
    }
    Description.Builder description = buildDescription(open);
    if (unclosed.isInField()) {
      description.setMessage(
          "Nothing in this file closes the scope in '%s': its subtasks run on when the method returns, and only the thread that opened it may ever close it. Open it in the header of a try statement, in the method that joins."
              .formatted(unclosed.keeper().getSimpleName()));
    } else {
      description.setMessage(
          "Nothing closes this scope: its subtasks run on when the block ends, and a scope around it throws StructureViolationException. Open it in the header of a try statement.");
      TryWithResources.around(state).ifPresent(description::addFix);
    }
    return description.build();
  }

  private Description matchFork(MethodInvocationTree fork, VarSymbol scope, VisitorState state) {
    String name = scope.getSimpleName().toString();
    if (TaskScopes.haveOneRound(state)) {
      if (TaskScopes.isInTaskOf(scope, state)) {
        return describe(
            fork,
            "Only the thread that opened '%s' may fork in it: in a subtask this throws WrongThreadException. Open a scope in the subtask."
                .formatted(name));
      }
      if (joined.owedAt(scope, state)) {
        return describe(
            fork,
            "'%s' has joined when the code gets here, and forks no more: this throws IllegalStateException. Fork before the join, or open another scope."
                .formatted(name));
      }
    }
    return forked
        .at(state)
        .filter(leak -> leak.kind() == Leak.Kind.PATH)
        .map(
            leak ->
                describe(
                    fork,
                    "'%s' is not joined %s: closing it then cancels its subtasks and throws IllegalStateException. Call '%s.join()' on every path."
                        .formatted(name, path(leak.end(), state), name)))
        .orElse(NO_MATCH);
  }

  /** A return without a value is one of the ends, and none that the words could name. */
  private static String path(PathEnd end, VisitorState state) {
    return end.kind() == PathEnd.Kind.END
        ? "on every path to the end of its block"
        : end.words(state);
  }

  private Description matchJoin(MethodInvocationTree join, VarSymbol scope, VisitorState state) {
    String name = scope.getSimpleName().toString();
    if (TaskScopes.haveOneRound(state)) {
      return joined.owedAt(scope, state)
          ? describe(
              join,
              "'%s' has joined when the code gets here: joining again throws IllegalStateException. Join once, after the last fork."
                  .formatted(name))
          : NO_MATCH;
    }
    if (!UnheardFailure.follows(scope, state)) {
      return NO_MATCH;
    }
    Description.Builder description =
        buildDescription(join)
            .setMessage(
                "When a subtask fails, '%s' only takes a note, and nothing after this join asks for it: the failure and its cause are lost. Call '%s.throwIfFailed()' next."
                    .formatted(name, name));
    UnheardFailure.rethrown(scope, state).ifPresent(description::addFix);
    return description.build();
  }

  private Description matchResult(MethodInvocationTree result, VisitorState state) {
    VarSymbol scope = TaskScopes.scopeOfAsked(result, state);
    return scope != null && forked.owedAt(scope, state)
        ? describe(
            result,
            "A subtask has no result for the thread that forked it before '%s' has joined: this throws IllegalStateException. Call '%s.join()' first."
                .formatted(scope.getSimpleName(), scope.getSimpleName()))
        : NO_MATCH;
  }

  private Description describe(MethodInvocationTree call, String message) {
    return buildDescription(call).setMessage(message).build();
  }
}
