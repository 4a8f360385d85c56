package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;

/** Where the body of a lambda, a method reference or an anonymous class runs: one readable list. */
public final class RunSites {
  private static final ImmutableList<String> HERE =
      ImmutableList.of(
          "java.lang.Iterable#forEach",
          "java.util.Collection#removeIf",
          "java.util.Collection#toArray",
          "java.util.Iterator#forEachRemaining",
          "java.util.List#replaceAll",
          "java.util.List#sort",
          "java.util.Collections#sort",
          "java.util.Arrays#setAll",
          "java.util.Arrays#sort",
          "java.util.Map#compute*",
          "java.util.Map#forEach",
          "java.util.Map#merge",
          "java.util.Map#replaceAll",
          "java.util.Optional#*",
          "java.util.OptionalInt#*",
          "java.util.OptionalLong#*",
          "java.util.OptionalDouble#*",
          "java.util.Objects#requireNonNull*",
          "java.util.concurrent.atomic.AtomicInteger#*",
          "java.util.concurrent.atomic.AtomicLong#*",
          "java.util.concurrent.atomic.AtomicReference#*",
          "java.util.stream.IntStream#forEach",
          "java.util.stream.IntStream#forEachOrdered",
          "java.security.AccessController#doPrivileged*",
          "javax.security.auth.Subject#callAs",
          "javax.security.auth.Subject#doAs*",
          "java.lang.ScopedValue.Carrier#call",
          "java.lang.ScopedValue.Carrier#run",
          "junit.framework.Assert#*",
          "org.junit.Assert#*",
          "org.junit.jupiter.api.Assertions#*",
          "org.junit.jupiter.api.Assumptions#*",
          "org.junit.function.ThrowingRunnable#*",
          "org.testng.Assert#*",
          "org.assertj.core.api.Assertions#*",
          "org.assertj.core.api.AbstractAssert#*",
          "com.google.common.truth.Truth#*",
          "com.google.common.truth.Subject#*",
          "io.grpc.Context#run",
          "io.grpc.Context#call",
          "dev.bowline.Context#call");

  private static final ImmutableList<String> ELSEWHERE =
      ImmutableList.of(
          "java.lang.Thread#<init>",
          "java.lang.Thread#startVirtualThread",
          "java.lang.Thread.Builder#start",
          "java.lang.Thread.Builder#unstarted",
          "java.lang.Runtime#addShutdownHook",
          "java.util.Timer#schedule*",
          "java.util.TimerTask#<init>",
          "java.util.concurrent.Executor#execute",
          "java.util.concurrent.ExecutorService#submit",
          "java.util.concurrent.ExecutorService#invoke*",
          "java.util.concurrent.ScheduledExecutorService#schedule*",
          "java.util.concurrent.CompletionService#submit",
          "java.util.concurrent.CompletableFuture#runAsync",
          "java.util.concurrent.CompletableFuture#supplyAsync",
          "java.util.concurrent.CompletableFuture#completeAsync",
          "java.util.concurrent.CompletionStage#thenAcceptAsync",
          "java.util.concurrent.CompletionStage#thenAcceptBothAsync",
          "java.util.concurrent.CompletionStage#thenApplyAsync",
          "java.util.concurrent.CompletionStage#thenCombineAsync",
          "java.util.concurrent.CompletionStage#thenComposeAsync",
          "java.util.concurrent.CompletionStage#thenRunAsync",
          "java.util.concurrent.CompletionStage#handleAsync",
          "java.util.concurrent.CompletionStage#whenCompleteAsync",
          "java.util.concurrent.ForkJoinPool#execute",
          "java.util.concurrent.ForkJoinPool#invoke",
          "java.util.concurrent.ForkJoinPool#submit",
          "java.util.concurrent.StructuredTaskScope#fork",
          "com.google.common.util.concurrent.Futures#submit*",
          "com.google.common.util.concurrent.Futures#scheduleAsync",
          "dev.bowline.TaskGroup#fork",
          "dev.bowline.TaskGroup#tryFork",
          "dev.bowline.TaskGroup#launch");

  private final MethodTable here;
  private final MethodTable elsewhere;

  /**
   * @param flags {@code -XepOpt:Bowline:RunsHere=} and {@code -XepOpt:Bowline:RunsElsewhere=} name
   *     more methods, as {@code a.b.C#method}; a method in both lists runs its bodies elsewhere
   */
  public RunSites(ErrorProneFlags flags) {
    here = MethodTable.of(Iterables.concat(HERE, flags.getListOrEmpty("Bowline:RunsHere")));
    elsewhere =
        MethodTable.of(Iterables.concat(ELSEWHERE, flags.getListOrEmpty("Bowline:RunsElsewhere")));
  }

  /**
   * Where the body at the end of this path runs.
   *
   * @param body a path to a lambda, a method reference, or the creation of an anonymous class
   */
  public RunSite of(TreePath body, VisitorState state) {
    if (body.getLeaf() instanceof NewClassTree created) {
      RunSite own = ofMethod(ASTHelpers.getSymbol(created), state);
      if (own == RunSite.ELSEWHERE) {
        // new Thread() { public void run() … }
        return own;
      }
    }
    TreePath child = body;
    TreePath parent = body.getParentPath();
    while (parent.getLeaf() instanceof ParenthesizedTree
        || parent.getLeaf() instanceof TypeCastTree) {
      child = parent;
      parent = parent.getParentPath();
    }
    if (parent.getLeaf() instanceof MethodInvocationTree call
        && call.getArguments().contains(child.getLeaf())) {
      return ofMethod(ASTHelpers.getSymbol(call), state);
    }
    if (parent.getLeaf() instanceof NewClassTree created
        && created.getArguments().contains(child.getLeaf())) {
      return ofMethod(ASTHelpers.getSymbol(created), state);
    }
    return RunSite.UNKNOWN;
  }

  /** Where a method or constructor runs the bodies that it is given. */
  public RunSite ofMethod(MethodSymbol method, VisitorState state) {
    if (elsewhere.contains(method, state)) {
      return RunSite.ELSEWHERE;
    }
    return here.contains(method, state) ? RunSite.HERE : RunSite.UNKNOWN;
  }

  /**
   * Whether all code between the state's position and the method around it runs on that method's
   * thread: every lambda and anonymous class in between runs here.
   */
  public boolean runsOnMethodsThread(VisitorState state) {
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof LambdaExpressionTree || tree instanceof MemberReferenceTree) {
        if (of(path, state) != RunSite.HERE) {
          return false;
        }
      } else if (tree instanceof MethodTree) {
        TreePath owner = path.getParentPath();
        if (!(owner.getLeaf() instanceof ClassTree type) || !isAnonymous(type)) {
          return true;
        }
        path = owner.getParentPath();
        if (of(path, state) != RunSite.HERE) {
          return false;
        }
      }
    }
    return false;
  }

  private static boolean isAnonymous(ClassTree type) {
    Symbol symbol = ASTHelpers.getSymbol(type);
    return symbol != null && symbol.name.isEmpty();
  }
}
