package dev.bowline.checks.failure;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.AssertTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssertTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.Assertions;
import dev.bowline.checks.model.EnclosingTask;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.RunSite;
import dev.bowline.checks.model.RunSites;
import dev.bowline.checks.model.TestCode;
import java.util.List;
import java.util.Optional;

/** Reports an assertion of a test that only ends the thread that it runs on. */
@AutoService(BugChecker.class)
@BugPattern(
    summary =
        "This assertion runs on another thread and cannot fail the test; get its outcome there",
    severity = ERROR,
    tags = CONCURRENCY,
    link = RulePages.URL + "AssertionOffTestThread.md",
    linkType = CUSTOM)
public final class AssertionOffTestThread extends BugChecker
    implements MethodInvocationTreeMatcher, AssertTreeMatcher {
  private final Assertions assertions;
  private final RunSites sites;
  private final LostFailures failures;

  /** For {@link java.util.ServiceLoader}. */
  public AssertionOffTestThread() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public AssertionOffTestThread(ErrorProneFlags flags) {
    assertions = new Assertions(flags);
    sites = new RunSites(flags);
    failures = new LostFailures(assertions, sites, flags);
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    MethodSymbol method = ASTHelpers.getSymbol(tree);
    if (method == null || !TestCode.encloses(state)) {
      return Description.NO_MATCH;
    }
    if (assertions.isAssertion(state.getPath(), state)) {
      return matchAssertion(tree, state);
    }
    return isOfThisFile(method, state) ? matchHelper(tree, method, state) : Description.NO_MATCH;
  }

  /**
   * Stubs and fakes in a test folder state what they assume; in a class with tests, it is tested.
   */
  @Override
  public Description matchAssert(AssertTree tree, VisitorState state) {
    return TestCode.isInTestClass(state) ? matchAssertion(tree, state) : Description.NO_MATCH;
  }

  private Description matchAssertion(Tree assertion, VisitorState state) {
    if (isPartOfAnother(state)) {
      return Description.NO_MATCH;
    }
    return EnclosingTask.find(state.getPath(), 0, sites, state)
        .flatMap(task -> failures.find(state.getPath(), task, List.of(), state))
        .map(
            lost ->
                describe(
                    assertion,
                    "'%s' runs on another thread".formatted(Assertions.nameOf(assertion)),
                    lost))
        .orElse(Description.NO_MATCH);
  }

  /** {@code assertAll(() -> assertTrue(…))} is one assertion. */
  private boolean isPartOfAnother(VisitorState state) {
    for (TreePath path = state.getPath().getParentPath();
        path != null && !(path.getLeaf() instanceof ClassTree);
        path = path.getParentPath()) {
      if (path.getLeaf() instanceof LambdaExpressionTree && sites.of(path, state) != RunSite.HERE) {
        return false;
      }
      if (assertions.isAssertion(path, state)) {
        return true;
      }
    }
    return false;
  }

  /** A helper that the test calls as well is right in itself: the task's call is what is wrong. */
  private Description matchHelper(
      MethodInvocationTree call, MethodSymbol method, VisitorState state) {
    TreePath helper = Occurrences.in(state).declarationOf(method);
    Optional<EnclosingTask> task =
        helper == null ? Optional.empty() : EnclosingTask.find(state.getPath(), 0, sites, state);
    if (task.isEmpty()) {
      return Description.NO_MATCH;
    }
    for (TreePath assertion : assertions.directlyIn(helper, state)) {
      Optional<LostFailure> lost =
          failures
              .escapesFrom(helper.getLeaf(), assertion, state)
              .flatMap(after -> failures.find(state.getPath(), task.get(), after, state));
      if (lost.isPresent()) {
        return describe(
            call,
            "'%s' in '%s' runs on another thread here"
                .formatted(Assertions.nameOf(assertion.getLeaf()), method.getSimpleName()),
            lost.get());
      }
    }
    return Description.NO_MATCH;
  }

  private static boolean isOfThisFile(MethodSymbol method, VisitorState state) {
    return !method.isConstructor()
        && method.enclClass() != null
        && state
            .getPath()
            .getCompilationUnit()
            .getSourceFile()
            .equals(method.enclClass().sourcefile);
  }

  private Description describe(Tree tree, String what, LostFailure lost) {
    return buildDescription(tree)
        .setMessage("%s: %s %s".formatted(what, lost.consequence(), lost.remedy()))
        .build();
  }
}
