package dev.bowline.checks.model;

import static com.google.errorprone.matchers.Matchers.anyOf;
import static com.google.errorprone.matchers.Matchers.instanceMethod;
import static com.google.errorprone.matchers.Matchers.staticMethod;

import com.google.errorprone.VisitorState;
import com.google.errorprone.matchers.Matcher;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;

/** Which calls set work going on another thread. */
public final class StartsWork {
  private static final Matcher<ExpressionTree> STARTS_THREAD =
      anyOf(
          instanceMethod().onDescendantOf("java.lang.Thread").named("start").withNoParameters(),
          instanceMethod().onDescendantOf("java.lang.Thread.Builder").named("start"),
          staticMethod().onClass("java.lang.Thread").named("startVirtualThread"));

  private final RunSites sites;

  public StartsWork(RunSites sites) {
    this.sites = sites;
  }

  /** Whether this call starts a thread. */
  public static boolean startsThread(MethodInvocationTree call, VisitorState state) {
    return STARTS_THREAD.matches(call, state);
  }

  /** Whether this call starts a thread, or hands a task to what runs it on another one. */
  public boolean startsWork(MethodInvocationTree call, VisitorState state) {
    return startsThread(call, state)
        || (!call.getArguments().isEmpty()
            && sites.ofMethod(ASTHelpers.getSymbol(call), state) == RunSite.ELSEWHERE
            && !ASTHelpers.getSymbol(call).getSimpleName().contentEquals("unstarted"));
  }
}
