package dev.bowline.checks.context;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.AssignmentTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.DerivedContexts;
import dev.bowline.checks.model.Loops;
import dev.bowline.checks.model.Occurrences;
import java.util.Optional;

/**
 * Reports a context variable that each turn of a loop derives from its value of the turn before.
 */
@AutoService(BugChecker.class)
@BugPattern(
    summary =
        "Each turn of this loop makes the context from that of the last; derive a new variable",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "ContextGrowsInLoop.md",
    linkType = CUSTOM)
public final class ContextGrowsInLoop extends BugChecker implements AssignmentTreeMatcher {
  private final ContextTypes contexts;
  private final DerivedContexts derived;

  /** For {@link java.util.ServiceLoader}. */
  public ContextGrowsInLoop() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public ContextGrowsInLoop(ErrorProneFlags flags) {
    contexts = new ContextTypes(flags);
    derived = new DerivedContexts(contexts);
  }

  @Override
  public Description matchAssignment(AssignmentTree tree, VisitorState state) {
    Optional<VarSymbol> variable = variable(tree.getVariable());
    ImmutableList<TreePath> loops = Loops.around(state.getPath());
    if (!(state.getPath().getParentPath().getLeaf() instanceof ExpressionStatementTree)
        || variable.isEmpty()
        || !contexts.isContext(variable.get().type, state)
        || loops.isEmpty()
        || !derived.isDerivedFrom(variable.get(), tree.getExpression(), state)
        || contexts.isContextMachinery(state)) {
      return Description.NO_MATCH;
    }
    for (TreePath each : loops) {
      ContextLoop loop = new ContextLoop(each, variable.get(), derived, state);
      if (loop.declaresIt()) {
        break;
      }
      if (loop.isGrownBy(state.getPath())) {
        return describe(tree, variable.get(), loop, state);
      }
    }
    return Description.NO_MATCH;
  }

  private Description describe(
      AssignmentTree tree, VarSymbol variable, ContextLoop loop, VisitorState state) {
    Description.Builder description =
        buildDescription(tree)
            .setMessage(
                "Each turn of this loop makes '%1$s' from the '%1$s' of the turn before: it carries on what all turns before it were given, and never gets smaller. Leave '%1$s' as it is, and keep the context of one turn in a new variable inside the loop."
                    .formatted(variable.getSimpleName()));
    GrowingContextFix.fix(tree, variable, loop, state).ifPresent(description::addFix);
    return description.build();
  }

  /** A variable, or a field of the object at hand. */
  private static Optional<VarSymbol> variable(ExpressionTree tree) {
    boolean own =
        tree instanceof IdentifierTree
            || (tree instanceof MemberSelectTree select
                && Occurrences.isThis(ASTHelpers.getSymbol(select.getExpression())));
    return own && ASTHelpers.getSymbol(tree) instanceof VarSymbol variable
        ? Optional.of(variable)
        : Optional.empty();
  }
}
