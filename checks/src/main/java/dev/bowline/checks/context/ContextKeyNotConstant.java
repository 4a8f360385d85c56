package dev.bowline.checks.context;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.NewClassTreeMatcher;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.context.ContextKeys.Use;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.TestCode;
import java.util.Optional;

/** Reports a context key that is made where nobody else can have it, or more than once. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "A context key made anew matches no other; keep one in a static final field",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "ContextKeyNotConstant.md",
    linkType = CUSTOM)
public final class ContextKeyNotConstant extends BugChecker
    implements MethodInvocationTreeMatcher, NewClassTreeMatcher {
  private final ContextTypes contexts;
  private final ContextKeys keys;

  /** For {@link java.util.ServiceLoader}. */
  public ContextKeyNotConstant() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public ContextKeyNotConstant(ErrorProneFlags flags) {
    contexts = new ContextTypes(flags);
    keys = new ContextKeys(flags, contexts);
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    return match(tree, state);
  }

  @Override
  public Description matchNewClass(NewClassTree tree, VisitorState state) {
    return match(tree, state);
  }

  private Description match(ExpressionTree tree, VisitorState state) {
    if (!keys.isCreation(tree, state)
        || contexts.isContextMachinery(state)
        || TestCode.encloses(state)) {
      return Description.NO_MATCH;
    }
    TreePath path = state.getPath();
    while (path.getParentPath().getLeaf() instanceof ParenthesizedTree) {
      path = path.getParentPath();
    }
    if (path.getParentPath().getLeaf() instanceof ReturnTree) {
      return KeyAccessor.isOne(tree, state)
          ? report(tree, KeyAccessor.message(state), KeyConstant.forAccessor(tree, keys, state))
          : Description.NO_MATCH;
    }
    Optional<KeyHolder> holder = KeyHolder.of(path, tree, keys, state);
    if (holder.isPresent()) {
      return holder
          .get()
          .message()
          .map(message -> report(tree, message, holder.get().fix()))
          .orElse(Description.NO_MATCH);
    }
    Type type = ASTHelpers.getType(tree);
    Use use = type == null ? Use.ESCAPES : keys.useOf(path, type.tsym, state);
    return use == Use.ESCAPES
        ? Description.NO_MATCH
        : report(
            tree,
            use.lostBecause("This key is made where it is used"),
            KeyConstant.forUse(tree, keys, state));
  }

  private Description report(ExpressionTree tree, String message, Optional<SuggestedFix> fix) {
    Description.Builder description = buildDescription(tree).setMessage(message);
    fix.ifPresent(description::addFix);
    return description.build();
  }
}
