package dev.bowline.checks.testcode;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.SUGGESTION;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;
import static com.google.errorprone.matchers.Description.NO_MATCH;
import static dev.bowline.checks.model.ClassPath.onClassPath;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.ClassTreeMatcher;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.fixes.SuggestedFixes;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.annotations.Detached;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.Intent;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.StartsWork;
import dev.bowline.checks.model.TestCode;
import java.util.ArrayList;
import java.util.List;

/** Reports a test class that starts threads, and nothing looks whether its tests end them. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "These tests start threads, and nothing looks for those that they leave behind",
    severity = SUGGESTION,
    tags = CONCURRENCY,
    link = RulePages.URL + "LeakCheckMissing.md",
    linkType = CUSTOM,
    suppressionAnnotations = {SuppressWarnings.class, Detached.class})
public final class LeakCheckMissing extends BugChecker implements ClassTreeMatcher {
  private static final String NO_THREAD_LEAKS = "dev.bowline.testing.NoThreadLeaks";
  private static final Supplier<Boolean> HAS_DETECTOR = onClassPath(NO_THREAD_LEAKS);

  private static final MethodTable TIMERS =
      MethodTable.of(ImmutableList.of("java.util.Timer#<init>"));

  private final LeakDetectors detectors;

  /** For {@link java.util.ServiceLoader}. */
  public LeakCheckMissing() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public LeakCheckMissing(ErrorProneFlags flags) {
    detectors = new LeakDetectors(flags);
  }

  @Override
  public Description matchClass(ClassTree tree, VisitorState state) {
    if (!(state.getPath().getParentPath().getLeaf() instanceof CompilationUnitTree)
        || !(HAS_DETECTOR.get(state) ? !JUnitParameters.lookForLeaks(state) : detectors.areNamed())
        || TestCode.isDisabled(ASTHelpers.getSymbol(tree))) {
      return NO_MATCH;
    }
    OwnThreads threads = new OwnThreads(state);
    threads.scan(state.getPath(), null);
    if (threads.first == null
        || threads.types.stream().noneMatch(type -> TestCode.isTestClass(type, state))
        || detectors.watch(tree, state)
        || Intent.isStatedOnPackage(Detached.class, state)) {
      return NO_MATCH;
    }
    boolean isJupiter =
        threads.types.stream().anyMatch(type -> TestCode.isRunByJupiter(type, state));
    Description.Builder description =
        buildDescription(tree)
            .setMessage(
                "'%s' %s, and nothing looks for threads that its tests leave behind: one that stays disturbs the tests after it, far from its cause. %s"
                    .formatted(tree.getSimpleName(), threads.first, remedy(isJupiter, state)));
    if (isJupiter && HAS_DETECTOR.get(state)) {
      SuggestedFix.Builder fix = SuggestedFix.builder();
      String annotation = SuggestedFixes.qualifyType(state, fix, NO_THREAD_LEAKS);
      description.addFix(fix.prefixWith(tree, "@" + annotation + "\n").build());
    }
    return description.build();
  }

  private static String remedy(boolean isJupiter, VisitorState state) {
    if (!HAS_DETECTOR.get(state)) {
      return "Use the leak detector that this build names.";
    }
    return isJupiter
        ? "Add @NoThreadLeaks, which fails the tests that leave one."
        : "Call ThreadLeaks.verifyNone() after its tests, which fails where one is left.";
  }

  /** The classes of a file's class, and what it does first that makes threads. */
  private final class OwnThreads extends SuppressibleTreePathScanner<Void, Void> {
    final List<ClassSymbol> types = new ArrayList<>();
    String first;
    private final VisitorState file;

    OwnThreads(VisitorState state) {
      super(state);
      file = state;
    }

    @Override
    public Void visitClass(ClassTree tree, Void unused) {
      types.add(ASTHelpers.getSymbol(tree));
      return super.visitClass(tree, null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
      note(tree, ASTHelpers.getSymbol(tree));
      return super.visitMethodInvocation(tree, null);
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree tree, Void unused) {
      note(tree, ASTHelpers.getSymbol(tree));
      return super.visitMemberReference(tree, null);
    }

    @Override
    public Void visitNewClass(NewClassTree tree, Void unused) {
      note(tree, ASTHelpers.getSymbol(tree));
      return super.visitNewClass(tree, null);
    }

    /** An executor in the head of the statement waits there for all its tasks. */
    @Override
    public Void visitTry(TryTree tree, Void unused) {
      for (Tree resource : tree.getResources()) {
        if (!(resource instanceof VariableTree variable
            && StartsWork.createsExecutor(variable.getInitializer(), file))) {
          scan(resource, null);
        }
      }
      scan(tree.getBlock(), null);
      scan(tree.getCatches(), null);
      return scan(tree.getFinallyBlock(), null);
    }

    private void note(ExpressionTree tree, MethodSymbol method) {
      if (first != null) {
        return;
      }
      if (StartsWork.startsThread(method, file)) {
        first = "starts a thread";
      } else if (StartsWork.createsExecutor(tree, file)) {
        first = "creates an executor";
      } else if (tree instanceof NewClassTree && TIMERS.contains(method, file)) {
        first = "creates a timer";
      }
    }
  }
}
