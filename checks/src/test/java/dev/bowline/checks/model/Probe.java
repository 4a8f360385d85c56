package dev.bowline.checks.model;

import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.LambdaExpressionTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MemberReferenceTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.NewClassTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.VariableTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.Fixtures;

/**
 * Says what the vocabulary answers, as findings, so that a snippet with markers tests it: calls of
 * a method {@code here()} ask about the place where they stand, of {@code task()} about the task
 * around it, of {@code bodyOf(…)} about the task that they are given, of {@code mayThrow()} about
 * the statements before it in its block, other trees about themselves.
 */
@BugPattern(summary = "what the vocabulary answers", severity = WARNING)
public final class Probe extends BugChecker
    implements LambdaExpressionTreeMatcher,
        MemberReferenceTreeMatcher,
        MethodInvocationTreeMatcher,
        NewClassTreeMatcher,
        VariableTreeMatcher {
  private final ContextTypes contexts;
  private final MayThrow mayThrow;
  private final RootContexts roots;
  private final RunSites sites;
  private final StartsWork startsWork;
  private final TestThread testThread;
  private final TimedWaits timedWaits;

  public Probe() {
    this(ErrorProneFlags.empty());
  }

  public Probe(ErrorProneFlags flags) {
    contexts = new ContextTypes(flags);
    roots = new RootContexts(flags);
    sites = new RunSites(flags);
    startsWork = new StartsWork(sites);
    mayThrow = new MayThrow(sites, flags.getListOrEmpty("Probe:Handled"));
    testThread = new TestThread(flags);
    timedWaits = new TimedWaits(flags);
  }

  /** Holds a snippet's markers against the answers. */
  static void verify(String source, String... options) {
    Fixtures.verifySource(Probe.class, "Snippet.java", source, options);
  }

  @Override
  public Description matchVariable(VariableTree tree, VisitorState state) {
    return answer(tree, contexts.isContext(ASTHelpers.getType(tree), state), "context");
  }

  @Override
  public Description matchLambdaExpression(LambdaExpressionTree tree, VisitorState state) {
    return site(tree, state);
  }

  @Override
  public Description matchMemberReference(MemberReferenceTree tree, VisitorState state) {
    return site(tree, state);
  }

  @Override
  public Description matchNewClass(NewClassTree tree, VisitorState state) {
    return tree.getClassBody() == null ? Description.NO_MATCH : site(tree, state);
  }

  private Description site(Tree tree, VisitorState state) {
    return answer(tree, true, "runs " + sites.of(state.getPath(), state));
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    if (ASTHelpers.getSymbol(tree).getSimpleName().contentEquals("here")) {
      return answer(
          tree,
          true,
          "%s%s%s%s%s%s"
              .formatted(
                  EntryPoints.encloses(state) ? "entry " : "",
                  TestCode.encloses(state) ? "test " : "",
                  testThread.find(state).isPresent() ? "test-thread " : "",
                  RecheckingLoop.encloses(state) ? "rechecking " : "",
                  contexts.isContextMachinery(state) ? "machinery " : "",
                  ContextInScope.find(bowlineContext(state), state)
                      .map(variable -> "has " + variable.getSimpleName())
                      .orElse("has none")));
    }
    if (ASTHelpers.getSymbol(tree).getSimpleName().contentEquals("task")) {
      return answer(
          tree,
          true,
          EnclosingTask.find(state.getPath(), 1, sites, state)
              .map(task -> "part of " + state.getSourceForNode(task.handOver().getLeaf()))
              .map(text -> text.replaceAll("[(](?s).*", ""))
              .orElse("no task"));
    }
    if (ASTHelpers.getSymbol(tree).getSimpleName().contentEquals("bodyOf")) {
      return answer(
          tree,
          true,
          TaskBodies.of(new TreePath(state.getPath(), tree.getArguments().get(0)), state)
              .map(body -> state.getSourceForNode(body.getLeaf()))
              .orElse("no body"));
    }
    if (ASTHelpers.getSymbol(tree).getSimpleName().contentEquals("mayThrow")) {
      return answer(tree, true, "throws" + risksBefore(state));
    }
    StringBuilder answer = new StringBuilder();
    answer.append(startsWork.startsWork(tree, state) ? "starts-work " : "");
    answer.append(StartsWork.startsThread(tree, state) ? "starts-thread " : "");
    answer.append(Blocking.isSleep(tree, state) ? "sleeps " : "");
    answer.append(Blocking.isWait(tree, state) ? "waits " : "");
    answer.append(Blocking.isBlocking(tree, state) ? "blocks " : "");
    answer.append(timedWaits.isWait(ASTHelpers.getSymbol(tree), state) ? "timed " : "");
    answer.append(timedWaits.isAcquisition(ASTHelpers.getSymbol(tree), state) ? "acquires " : "");
    answer.append(roots.isRoot(tree, state) ? "root " : "");
    return answer(tree, !answer.isEmpty(), answer.toString().strip());
  }

  private String risksBefore(VisitorState state) {
    TreePath statement = state.getPath().getParentPath();
    StringBuilder risks = new StringBuilder();
    for (Tree each : ((BlockTree) statement.getParentPath().getLeaf()).getStatements()) {
      if (each == statement.getLeaf()) {
        break;
      }
      for (TreePath risk : mayThrow.in(new TreePath(statement.getParentPath(), each), state)) {
        risks.append(' ').append(state.getSourceForNode(risk.getLeaf()));
      }
    }
    return risks.toString();
  }

  private static Type bowlineContext(VisitorState state) {
    return state.getElements().getTypeElement("dev.bowline.Context") instanceof ClassSymbol type
        ? type.type
        : state.getSymtab().objectType;
  }

  private Description answer(Tree tree, boolean says, String text) {
    return says
        ? buildDescription(tree).setMessage("<" + text.strip() + ">").build()
        : Description.NO_MATCH;
  }
}
