package dev.bowline.checks.context;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.LambdaExpressionTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.NewClassTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.ContextTypes;

/** Reports a task that is given a context of its own and uses the one around it. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "A task uses the context around it, which does not end with its own; use its own",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "OuterContextInTask.md",
    linkType = CUSTOM)
public final class OuterContextInTask extends BugChecker
    implements LambdaExpressionTreeMatcher, MethodInvocationTreeMatcher, NewClassTreeMatcher {
  private final ContextTypes contexts;

  /** For {@link java.util.ServiceLoader}. */
  public OuterContextInTask() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public OuterContextInTask(ErrorProneFlags flags) {
    contexts = new ContextTypes(flags);
  }

  @Override
  public Description matchLambdaExpression(LambdaExpressionTree tree, VisitorState state) {
    OwnContext.ofLambda(state.getPath(), contexts, state).ifPresent(own -> reportUses(own, state));
    return Description.NO_MATCH;
  }

  @Override
  public Description matchNewClass(NewClassTree tree, VisitorState state) {
    if (tree.getClassBody() != null) {
      OwnContext.ofAnonymousClass(state.getPath(), contexts, state)
          .forEach(own -> reportUses(own, state));
    }
    return Description.NO_MATCH;
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    OwnContext.ofCall(state.getPath(), state).forEach(own -> reportUses(own, state));
    return Description.NO_MATCH;
  }

  private void reportUses(OwnContext own, VisitorState state) {
    for (TreePath use : OuterUses.in(own, contexts, state)) {
      VarSymbol outer = (VarSymbol) ASTHelpers.getSymbol(use.getLeaf());
      Parentage parentage = Parentage.of(outer, own, contexts, state);
      if (parentage != Parentage.UNKNOWN && !contexts.isContextMachinery(state)) {
        state.reportMatch(describe(use, outer, own, parentage, state));
      }
    }
  }

  private Description describe(
      TreePath use, VarSymbol outer, OwnContext own, Parentage parentage, VisitorState state) {
    Description.Builder description =
        buildDescription(use.getLeaf())
            .setMessage(message(outer.getSimpleName().toString(), own, parentage));
    if (parentage == Parentage.ANCESTOR) {
      OwnContextFix.at(use, own, state).ifPresent(description::addFix);
    }
    return description.build();
  }

  private static String message(String outer, OwnContext own, Parentage parentage) {
    if (own.variable() == null) {
      return "This runs under a context that was made from '%s': a deadline, stop signal or value that it adds is lost on what is given '%s'. Use the current context."
          .formatted(outer, outer);
    }
    String inner = own.variable().getSimpleName().toString();
    return switch (own.kind()) {
      case TASK ->
          "The task has a context of its own, '%s': when that one ends, because another task failed or the group was cancelled, what uses '%s' goes on. %s"
              .formatted(
                  inner,
                  outer,
                  parentage == Parentage.ANCESTOR
                      ? "Use '%s'.".formatted(inner)
                      : "Make '%s' from '%s', inside the task.".formatted(outer, inner));
      case CALLBACK, FUNCTION ->
          "This code is given a context of its own, '%s': a deadline, stop signal or value that it adds is lost on what uses '%s', the one around it. Use '%s'."
              .formatted(inner, outer, inner);
      case CURRENT ->
          "This runs under '%s', which was made from '%s': a deadline, stop signal or value that it adds is lost on what uses '%s'. Use '%s'."
              .formatted(inner, outer, outer, inner);
    };
  }
}
