package dev.bowline.checks.context;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.IdentifierTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MemberSelectTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.ContextInScope;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.EntryPoints;
import dev.bowline.checks.model.RootContexts;
import dev.bowline.checks.model.TestCode;
import java.util.Optional;

/** Reports a context that marks unfinished work. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "A todo context marks unfinished work; say where the context comes from",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "ContextTodo.md",
    linkType = CUSTOM)
public final class ContextTodo extends BugChecker
    implements IdentifierTreeMatcher, MemberSelectTreeMatcher, MethodInvocationTreeMatcher {
  private final ContextTypes contexts;
  private final RootContexts roots;

  /** For {@link java.util.ServiceLoader}. */
  public ContextTodo() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public ContextTodo(ErrorProneFlags flags) {
    contexts = new ContextTypes(flags);
    roots = new RootContexts(flags);
  }

  @Override
  public Description matchIdentifier(IdentifierTree tree, VisitorState state) {
    return match(tree, state);
  }

  @Override
  public Description matchMemberSelect(MemberSelectTree tree, VisitorState state) {
    return match(tree, state);
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    return match(tree, state);
  }

  private Description match(ExpressionTree tree, VisitorState state) {
    if (!roots.isTodo(tree, state)
        || state.findEnclosing(ImportTree.class) != null
        || contexts.isContextMachinery(state)) {
      return Description.NO_MATCH;
    }
    Optional<VarSymbol> inHand = ContextInScope.find(ASTHelpers.getType(tree), state);
    Description.Builder description = buildDescription(tree);
    if (inHand.isPresent()) {
      String name = inHand.get().getSimpleName().toString();
      return description
          .setMessage(message("Use '%s', which is in hand here.".formatted(name)))
          .addFix(SuggestedFix.replace(tree, name))
          .build();
    }
    if (!isRootRight(tree, state)) {
      return description
          .setMessage(message("Take the caller's context as the first parameter."))
          .build();
    }
    description.setMessage(message("Make a root context: here is where one belongs."));
    roots
        .expressionFor(ASTHelpers.getType(tree), state)
        .ifPresent(root -> description.addFix(SuggestedFix.replace(tree, root)));
    return description.build();
  }

  private static String message(String instead) {
    return "A todo context marks unfinished work: it has no deadline, no stop signal and no values,"
        + " and what runs under it goes on when the caller has given up. "
        + instead;
  }

  /** Where {@link RootContextOutsideMain} accepts one. */
  private static boolean isRootRight(ExpressionTree tree, VisitorState state) {
    return EntryPoints.encloses(state)
        || TestCode.encloses(state)
        || RootPurpose.isRightByItself(tree, state);
  }
}
