package dev.bowline.checks.lifecycle;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.annotations.Detached;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.flow.Leak;
import dev.bowline.checks.flow.Leaks;
import dev.bowline.checks.flow.PathEnd;
import dev.bowline.checks.model.EntryPoints;
import dev.bowline.checks.model.FollowingCode;
import dev.bowline.checks.model.Intent;
import dev.bowline.checks.model.StartsWork;
import dev.bowline.checks.model.TestCode;
import java.util.List;

/** Reports the start of a thread that nobody joins. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Nobody joins this thread: nobody waits for it, stops it, or hears it fail",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "ThreadNotJoined.md",
    linkType = CUSTOM,
    suppressionAnnotations = {SuppressWarnings.class, Detached.class})
public final class ThreadNotJoined extends BugChecker implements MethodInvocationTreeMatcher {
  private final Leaks leaks = new Leaks(new StartedThread());

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    if (!StartsWork.startsThread(tree, state)
        || isSuppressedVariable(tree, state)
        || TestCode.encloses(state)
        || EntryPoints.encloses(state)
        || Intent.isStatedOnPackage(Detached.class, state)) {
      return NO_MATCH;
    }
    return leaks
        .at(state)
        .filter(leak -> leak.kind() != Leak.Kind.OVERWRITTEN_FIELD)
        .filter(leak -> leak.field() == null || !isSuppressed(leak.field(), state))
        .filter(leak -> !livesWithProcess(tree, leak, state))
        .filter(leak -> !OtherEnd.exists(tree, state))
        .map(leak -> describe(tree, leak, state))
        .orElse(NO_MATCH);
  }

  /** The annotation stands on the variable, and the start does not. */
  private boolean isSuppressedVariable(MethodInvocationTree start, VisitorState state) {
    return ASTHelpers.getReceiver(start) != null
        && ASTHelpers.getSymbol(ASTHelpers.getReceiver(start)) instanceof VarSymbol variable
        && isSuppressed(variable, state);
  }

  /**
   * A daemon that a static initialiser starts, that a static field keeps, or whose failures have a
   * handler of their own.
   */
  private static boolean livesWithProcess(
      MethodInvocationTree start, Leak leak, VisitorState state) {
    boolean isStatic =
        leak.field() != null ? leak.field().isStatic() : isInStaticInitialiser(state.getPath());
    return isCalledOnThread("setDaemon", start, state)
        && (isStatic || isCalledOnThread("setUncaughtExceptionHandler", start, state));
  }

  private static boolean isCalledOnThread(
      String setter, MethodInvocationTree start, VisitorState state) {
    return FollowingCode.hasCall(
        List.of(state.getPath().getCompilationUnit()),
        call ->
            ASTHelpers.getSymbol(call).getSimpleName().contentEquals(setter)
                && FollowingCode.onSameReceiver(call, start)
                && !(call.getArguments().get(0) instanceof LiteralTree literal
                    && Boolean.FALSE.equals(literal.getValue())));
  }

  private static boolean isInStaticInitialiser(TreePath path) {
    for (Tree tree : path) {
      if (tree instanceof MethodTree) {
        return false;
      }
      if (tree instanceof BlockTree block && block.isStatic()) {
        return true;
      }
    }
    return false;
  }

  private Description describe(MethodInvocationTree start, Leak leak, VisitorState state) {
    String instead =
        "Keep it and join it with a deadline, or fork it in a TaskGroup; say why it lives on its own with @Detached(reason = \"…\").";
    String problem;
    if (leak.kind() != Leak.Kind.PATH) {
      problem =
          "Nothing in this file joins or interrupts the thread in '%s': it runs on when this object ends."
              .formatted(leak.field().getSimpleName());
    } else if (leak.end().kind() == PathEnd.Kind.DROPPED || leak.end().kind() == PathEnd.Kind.END) {
      problem = "Nobody joins this thread: nobody waits for it, can stop it, or hears it fail.";
    } else {
      problem =
          "This thread is not joined %s: it runs on, and nobody can stop it or hears it fail."
              .formatted(leak.end().words(state));
    }
    return buildDescription(start).setMessage(problem + " " + instead).build();
  }
}
