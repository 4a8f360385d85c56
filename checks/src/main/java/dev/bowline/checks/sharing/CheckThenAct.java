package dev.bowline.checks.sharing;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.CommentBeside;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reports two calls on the same entry of a concurrent map that have to be one. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Another thread can get in between these two calls on the map; make them one",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "CheckThenAct.md",
    linkType = CUSTOM)
public final class CheckThenAct extends BugChecker implements MethodInvocationTreeMatcher {
  private static final ImmutableSet<String> CHECKS =
      ImmutableSet.of("containsKey", "get", "getOrDefault");

  /** The author knows. */
  private static final Pattern INTENDED =
      Pattern.compile(
          "(?i)(single|one|same|only)\\W+(\\w+\\W+){0,3}thread|single.?thread|single writer"
              + "|\\brac(e|y)\\b|idempotent|harmless|concurren|thread.?safe|atomic");

  private final SharedMap maps;
  private final Exclusive exclusive;

  /** For {@link java.util.ServiceLoader}. */
  public CheckThenAct() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public CheckThenAct(ErrorProneFlags flags) {
    maps = new SharedMap(flags);
    exclusive = new Exclusive(flags);
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    if (!CHECKS.contains(Calls.name(tree))) {
      return Description.NO_MATCH;
    }
    ExpressionTree map = ASTHelpers.getReceiver(tree);
    if (map == null || !SharedMap.mayBe(map, state)) {
      return Description.NO_MATCH;
    }
    TreePath check = state.getPath();
    Optional<Act> found =
        Entry.of(tree)
            .flatMap(entry -> new Acts(check, entry, state).find())
            .filter(act -> maps.is(map, state))
            .filter(act -> !isExclusive(check, map, state) && !isExclusive(act.path(), map, state))
            .filter(act -> !isIntended(check, state) && !isIntended(act.path(), state));
    if (found.isEmpty()) {
      return Description.NO_MATCH;
    }
    Act act = found.get();
    Description.Builder description = buildDescription(tree).setMessage(message(tree, act, state));
    new CheckThenActFixes(check, act, state).fix().ifPresent(description::addFix);
    return description.build();
  }

  private boolean isExclusive(TreePath code, ExpressionTree map, VisitorState state) {
    return exclusive.contains(code, SharedMap.isOfInstance(map), state);
  }

  private static String message(MethodInvocationTree check, Act act, VisitorState state) {
    String name = state.getSourceForNode(ASTHelpers.getReceiver(check));
    String first = Calls.name(check);
    String second = Calls.name(act.call());
    return switch (act.kind()) {
      case OVERWRITES ->
          "Between '%s' and '%s', another thread can put its own value under this key into '%s', and it is overwritten. Use 'putIfAbsent' or 'computeIfAbsent', which look and put in one step."
              .formatted(first, second, name);
      case LOSES_CHANGE ->
          "Between '%s' and '%s', another thread can change this entry of '%s', and its change is lost. Use 'merge' or 'compute', which read and write in one step."
              .formatted(first, second, name);
      case FINDS_NOTHING ->
          "Between '%s' and '%s', another thread can remove this entry of '%s'; then '%s' returns null. Call '%s' alone, and compare what it returns with null."
              .formatted(first, second, name, second, second);
    };
  }

  private static boolean isIntended(TreePath code, VisitorState state) {
    for (Tree tree : code) {
      if (tree instanceof MethodTree method) {
        return INTENDED.matcher(CommentBeside.text(tree, state)).find()
            || method.getBody().getStatements().stream()
                // The call of super() that nobody wrote.
                .filter(statement -> state.getEndPosition(statement) >= 0)
                .limit(1)
                .anyMatch(first -> INTENDED.matcher(CommentBeside.text(first, state)).find());
      }
      if (tree instanceof StatementTree
          && INTENDED.matcher(CommentBeside.text(tree, state)).find()) {
        return true;
      }
    }
    return false;
  }
}
