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
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.annotations.Detached;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.flow.Leak;
import dev.bowline.checks.flow.Leaks;
import dev.bowline.checks.flow.PathEnd;
import dev.bowline.checks.model.EntryPoints;
import dev.bowline.checks.model.Intent;
import dev.bowline.checks.model.StartsWork;
import dev.bowline.checks.model.TestCode;

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
        .filter(leak -> !OtherJoin.follows(state))
        .map(leak -> describe(tree, leak, state))
        .orElse(NO_MATCH);
  }

  /** The annotation stands on the variable, and the start does not. */
  private boolean isSuppressedVariable(MethodInvocationTree start, VisitorState state) {
    return ASTHelpers.getReceiver(start) != null
        && ASTHelpers.getSymbol(ASTHelpers.getReceiver(start)) instanceof VarSymbol variable
        && isSuppressed(variable, state);
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
