package dev.bowline.checks.lifecycle;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.VariableTreeMatcher;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.FollowingCode;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.Occurrences;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;

/** Reports a variable whose thread nobody starts. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Nobody starts this thread, so its task never runs; start it, or remove it",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "ThreadNotStarted.md",
    linkType = CUSTOM)
public final class ThreadNotStarted extends BugChecker implements VariableTreeMatcher {
  private static final Supplier<Type> THREAD =
      VisitorState.memoize(state -> state.getTypeFromString("java.lang.Thread"));

  private static final MethodTable UNSTARTED =
      MethodTable.of(ImmutableList.of("java.lang.Thread.Builder#unstarted"));

  @Override
  public Description matchVariable(VariableTree tree, VisitorState state) {
    VarSymbol variable = ASTHelpers.getSymbol(tree);
    ExpressionTree creation = tree.getInitializer();
    if (creation == null
        || !isUnseenByOthers(variable)
        || !isSubtypeOfThread(variable.type, state)
        || !isUnstarted(creation, state)) {
      return NO_MATCH;
    }
    Occurrences occurrences = Occurrences.in(state);
    List<TreePath> uses = occurrences.of(variable);
    if (occurrences.valuesOf(variable).size() > 1
        || !uses.stream().allMatch(ThreadNotStarted::leavesUnstarted)) {
      return NO_MATCH;
    }
    Description.Builder description =
        buildDescription(creation)
            .setMessage(
                "Nothing starts the thread in '%s', so its task never runs. Call %s.start(), or remove it."
                    .formatted(variable.getSimpleName(), variable.getSimpleName()));
    start(tree, uses, state).ifPresent(description::addFix);
    return description.build();
  }

  private static boolean isUnseenByOthers(VarSymbol variable) {
    return variable.getKind() == ElementKind.LOCAL_VARIABLE
        || (variable.getKind() == ElementKind.FIELD && variable.isPrivate());
  }

  private static boolean isSubtypeOfThread(Type type, VisitorState state) {
    Type thread = THREAD.get(state);
    return thread != null && ASTHelpers.isSubtype(type, thread, state);
  }

  /** Whether the thread is surely not running yet: a constructor of its own might start it. */
  private static boolean isUnstarted(ExpressionTree creation, VisitorState state) {
    if (creation instanceof MethodInvocationTree call) {
      return UNSTARTED.contains(ASTHelpers.getSymbol(call), state);
    }
    if (!(creation instanceof NewClassTree created)
        || !(ASTHelpers.getSymbol(created.getIdentifier()) instanceof ClassSymbol type)) {
      return false;
    }
    ClassTree body = created.getClassBody();
    if (body == null && !type.getQualifiedName().contentEquals("java.lang.Thread")) {
      body = Occurrences.in(state).declarationOf(type);
      Type parent = type.getSuperclass();
      if (body == null || !parent.tsym.getQualifiedName().contentEquals("java.lang.Thread")) {
        return false;
      }
    }
    return body == null
        || !FollowingCode.hasCall(
            List.of(body), call -> ASTHelpers.getSymbol(call).name.contentEquals("start"));
  }

  /** Whether this use is a call on the thread that neither starts nor runs it. */
  private static boolean leavesUnstarted(TreePath use) {
    TreePath parent = use.getParentPath();
    return parent.getLeaf() instanceof MemberSelectTree select
        && parent.getParentPath().getLeaf() instanceof MethodInvocationTree call
        && call.getMethodSelect() == select
        && !select.getIdentifier().toString().matches("start|run");
  }

  /** Starts the thread once it is set up, where nothing but setters is called on it. */
  private static Optional<SuggestedFix> start(
      VariableTree tree, List<TreePath> uses, VisitorState state) {
    if (!(state.getPath().getParentPath().getLeaf() instanceof BlockTree block)) {
      return Optional.empty();
    }
    StatementTree last = tree;
    for (TreePath use : uses) {
      TreePath statement = use.getParentPath().getParentPath().getParentPath();
      boolean setter =
          ((MemberSelectTree) use.getParentPath().getLeaf())
              .getIdentifier()
              .toString()
              .startsWith("set");
      Tree leaf = statement.getLeaf();
      if (!setter
          || !(leaf instanceof ExpressionStatementTree)
          || statement.getParentPath().getLeaf() != block) {
        return Optional.empty();
      }
      last = (StatementTree) leaf;
    }
    return Optional.of(SuggestedFix.postfixWith(last, "\n%s.start();".formatted(tree.getName())));
  }
}
