package dev.bowline.checks.failure;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.annotations.Detached;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.Intent;
import dev.bowline.checks.model.MayThrow;
import dev.bowline.checks.model.RunSites;
import dev.bowline.checks.model.TaskBodies;
import dev.bowline.checks.model.TestCode;
import java.util.Optional;

/** Reports a periodic task that its first exception ends for good. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "The first exception ends this periodic task in silence; catch it inside the task",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "ScheduledTaskMayDie.md",
    linkType = CUSTOM,
    suppressionAnnotations = {SuppressWarnings.class, Detached.class})
public final class ScheduledTaskMayDie extends BugChecker implements MethodInvocationTreeMatcher {
  private static final ImmutableSet<String> PERIODIC =
      ImmutableSet.of("scheduleAtFixedRate", "scheduleWithFixedDelay");

  /**
   * Who declares the method: all of these drop a task that has thrown. A class that declares its
   * own may go on.
   */
  private static final ImmutableSet<String> SCHEDULERS =
      ImmutableSet.of(
          "java.util.concurrent.ScheduledExecutorService",
          "java.util.concurrent.ScheduledThreadPoolExecutor",
          "com.google.common.util.concurrent.ListeningScheduledExecutorService",
          "io.netty.util.concurrent.AbstractEventExecutor",
          "io.netty.util.concurrent.AbstractEventExecutorGroup",
          "io.netty.util.concurrent.AbstractScheduledEventExecutor",
          "io.netty.util.concurrent.EventExecutorGroup",
          "org.apache.tomcat.util.threads.ScheduledThreadPoolExecutor");

  private final MayThrow mayThrow;

  /** For {@link java.util.ServiceLoader}. */
  public ScheduledTaskMayDie() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public ScheduledTaskMayDie(ErrorProneFlags flags) {
    mayThrow =
        new MayThrow(new RunSites(flags), flags.getListOrEmpty("ScheduledTaskMayDie:Wrappers"));
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    MethodSymbol method = ASTHelpers.getSymbol(tree);
    boolean timer = isOfTimer(method);
    if ((!timer && !isOfExecutor(method))
        || TestCode.encloses(state)
        || Intent.isStatedOnPackage(Detached.class, state)) {
      return NO_MATCH;
    }
    TreePath task = new TreePath(state.getPath(), tree.getArguments().get(0));
    Optional<TreePath> body = TaskBodies.of(task, state);
    if (body.isEmpty()) {
      return NO_MATCH;
    }
    ImmutableList<TreePath> risks = mayThrow.in(body.get(), state);
    Optional<TreePath> work = risks.stream().filter(risk -> TaskWork.is(risk, state)).findFirst();
    if (work.isEmpty()
        || TaskWork.isLeftToOther(risks, body.get())
        || KeptFuture.isObserved(state)) {
      return NO_MATCH;
    }
    Description.Builder description =
        buildDescription(tree).setMessage(message(work.get().getLeaf(), timer));
    ScheduledTaskFix.of(tree.getArguments().get(0), body.get(), state)
        .ifPresent(description::addFix);
    return description.build();
  }

  private static boolean isOfExecutor(MethodSymbol method) {
    return PERIODIC.contains(method.getSimpleName().toString())
        && SCHEDULERS.contains(method.owner.getQualifiedName().toString());
  }

  /** {@code schedule} and {@code scheduleAtFixedRate}, with a first time and a period. */
  private static boolean isOfTimer(MethodSymbol method) {
    return method.getParameters().size() == 3
        && method.getSimpleName().toString().startsWith("schedule")
        && method.owner.getQualifiedName().contentEquals("java.util.Timer");
  }

  private static String message(Tree risk, boolean timer) {
    String cause =
        ASTHelpers.getSymbol(risk) instanceof MethodSymbol method
            ? "An exception out of '%s'".formatted(name(method))
            : "The exception that this task throws";
    return cause
        + (timer
            ? " ends the timer's thread, and with it every other task of this timer."
            : " ends this schedule for good, and nobody hears of it.")
        + " Catch and log exceptions inside the task.";
  }

  private static String name(MethodSymbol method) {
    return method.isConstructor()
        ? "new " + method.owner.getSimpleName()
        : method.getSimpleName().toString();
  }
}
