package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.bowline.checks.lifecycle.ThreadTask.Call;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.Occurrences;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.ElementKind;

/**
 * Ends of a thread that are none of its {@code join} and {@code interrupt}: the file stops what the
 * thread works on or clears its flag, waits for what the thread counts down or completes, or the
 * thread ends the process.
 */
final class OtherEnd {
  /** What a task calls to tell others that it is done. */
  private static final ImmutableSet<String> SIGNALS =
      ImmutableSet.of(
          "arrive",
          "arriveAndDeregister",
          "complete",
          "completeExceptionally",
          "countDown",
          "setException");

  /** What a task calls to hand over a result, which only tells somebody if he waits for it. */
  private static final ImmutableSet<String> RESULTS =
      ImmutableSet.of(
          "add",
          "await",
          "notify",
          "notifyAll",
          "offer",
          "put",
          "release",
          "run",
          "set",
          "signal",
          "signalAll");

  private static final ImmutableSet<String> WAITS =
      ImmutableSet.of(
          "acquire",
          "arriveAndAwaitAdvance",
          "await",
          "awaitAdvance",
          "awaitUninterruptibly",
          "get",
          "getUnchecked",
          "join",
          "poll",
          "take",
          "tryAcquire",
          "wait");

  private static final ImmutableSet<String> STOPS =
      ImmutableSet.of(
          "cancel",
          "close",
          "destroy",
          "disconnect",
          "dispose",
          "halt",
          "interrupt",
          "quit",
          "shutdown",
          "shutdownNow",
          "stop",
          "terminate");

  /** A flag that the task may look at. */
  private static final MethodTable FLAG_CHANGES =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.atomic.AtomicBoolean#set",
              "java.util.concurrent.atomic.AtomicBoolean#compareAndSet",
              "java.util.concurrent.atomic.AtomicBoolean#getAndSet"));

  private static final MethodTable ENDS_PROCESS =
      MethodTable.of(
          ImmutableList.of(
              "java.lang.System#exit", "java.lang.Runtime#exit", "java.lang.Runtime#halt"));

  /** Guava's services and their like tell their listeners. */
  private static final MethodTable IS_HEARD =
      MethodTable.of(
          ImmutableList.of(
              "com.google.api.core.AbstractApiService#notifyFailed",
              "com.google.common.util.concurrent.AbstractService#notifyFailed"));

  private static final MethodTable FOLLOWS_COLLECTOR =
      MethodTable.of(
          ImmutableList.of(
              "java.lang.ref.ReferenceQueue#remove", "java.lang.ref.ReferenceQueue#poll"));

  private static final Supplier<Type> FUTURE =
      VisitorState.memoize(state -> state.getTypeFromString("java.util.concurrent.Future"));

  private static final Supplier<Type> THREAD =
      VisitorState.memoize(state -> state.getTypeFromString("java.lang.Thread"));

  private OtherEnd() {}

  /** Whether the thread that the call at hand starts has such an end. */
  static boolean exists(MethodInvocationTree start, VisitorState state) {
    if (isOfExecutor(state)) {
      return true;
    }
    ThreadTask task = ThreadTask.of(start, state);
    return task.calls().stream()
            .anyMatch(
                call ->
                    ENDS_PROCESS.contains(call.method(), state)
                        || IS_HEARD.contains(call.method(), state)
                        || FOLLOWS_COLLECTOR.contains(call.method(), state))
        || isStoppedOrAwaited(task, state)
        || isForgottenLater(start, state)
        || task.hasSignalOfCaller(state)
        || task.isKeptInSight();
  }

  /** An executor that makes a thread for each task: who submits has the task, and no thread. */
  private static boolean isOfExecutor(VisitorState state) {
    MethodTree method = state.findEnclosing(MethodTree.class);
    return method != null
        && method.getName().contentEquals("execute")
        && ASTHelpers.findSuperMethods(ASTHelpers.getSymbol(method), state.getTypes()).stream()
            .anyMatch(
                overridden ->
                    overridden
                        .enclClass()
                        .getQualifiedName()
                        .contentEquals("java.util.concurrent.Executor"));
  }

  /** Whether a method clears the field that keeps the thread: it ends it in a way of its own. */
  private static boolean isForgottenLater(MethodInvocationTree start, VisitorState state) {
    ExpressionTree receiver = ASTHelpers.getReceiver(start);
    return receiver != null
        && ASTHelpers.getSymbol(receiver) instanceof VarSymbol thread
        && thread.getKind() == ElementKind.FIELD
        && Occurrences.in(state).valuesOf(thread).stream()
            .anyMatch(
                value ->
                    value.getParentPath().getLeaf() instanceof AssignmentTree
                        && value.getLeaf().getKind() == Tree.Kind.NULL_LITERAL);
  }

  private static Set<VarSymbol> receivers(ThreadTask task, Set<String> methods) {
    return task.calls().stream()
        .filter(call -> call.receiver() != null && methods.contains(call.name()))
        .map(Call::receiver)
        .collect(Collectors.toSet());
  }

  private static boolean isStoppedOrAwaited(ThreadTask task, VisitorState state) {
    Set<VarSymbol> signalled = receivers(task, SIGNALS);
    Set<VarSymbol> filled = receivers(task, RESULTS);
    if (signalled.stream().anyMatch(OtherEnd::isKnownToOthers)) {
      return true;
    }
    MethodTree starting = state.findEnclosing(MethodTree.class);
    boolean[] found = {false};
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        note(Call.of(call));
        return super.visitMethodInvocation(call, null);
      }

      @Override
      public Void visitMemberReference(MemberReferenceTree reference, Void unused) {
        note(Call.of(reference));
        return super.visitMemberReference(reference, null);
      }

      private void note(Call call) {
        VarSymbol receiver = call.receiver();
        if (receiver != null && !task.contains(getCurrentPath())) {
          found[0] |=
              (WAITS.contains(call.name()) && isAwaited(receiver))
                  || (task.mentions(receiver)
                      && (STOPS.contains(call.name())
                          || FLAG_CHANGES.contains(call.method(), state)));
        }
      }

      private boolean isAwaited(VarSymbol receiver) {
        return signalled.contains(receiver)
            || (filled.contains(receiver) && Iterables.contains(getCurrentPath(), starting))
            || (task.mentions(receiver)
                && ASTHelpers.isSubtype(receiver.type, FUTURE.get(state), state));
      }

      @Override
      public Void visitAssignment(AssignmentTree assignment, Void unused) {
        Symbol variable = ASTHelpers.getSymbol(assignment.getVariable());
        found[0] |=
            variable instanceof VarSymbol flag
                && flag.getKind() == ElementKind.FIELD
                && isStopValue(flag, assignment.getExpression(), state)
                && task.mentions(flag)
                && !task.contains(getCurrentPath())
                && !isInConstructor(getCurrentPath());
        return super.visitAssignment(assignment, null);
      }

      /* The end of the try block closes what the task works on. */
      @Override
      public Void visitTry(TryTree attempt, Void unused) {
        for (Tree resource : attempt.getResources()) {
          found[0] |=
              task.mentions(ASTHelpers.getSymbol(resource)) && !task.contains(getCurrentPath());
        }
        return super.visitTry(attempt, null);
      }

      /* The caller gets the object whose work the task is, as a server, and with it its end. */
      private boolean isTaskOf(Symbol returned) {
        return task.mentions(returned) && !returned.type.isPrimitive();
      }

      @Override
      public Void visitReturn(ReturnTree tree, Void unused) {
        Symbol returned =
            tree.getExpression() == null ? null : ASTHelpers.getSymbol(tree.getExpression());
        found[0] |=
            returned != null
                && returned.getKind() == ElementKind.LOCAL_VARIABLE
                && (signalled.contains(returned) || isTaskOf(returned))
                && !task.contains(getCurrentPath());
        return super.visitReturn(tree, null);
      }
    }.scan(new TreePath(state.getPath().getCompilationUnit()), null);
    return found[0];
  }

  /** running = false; or worker = null, where the task runs for as long as it is the worker */
  private static boolean isStopValue(VarSymbol variable, ExpressionTree value, VisitorState state) {
    return value instanceof LiteralTree literal
        && (variable.type.hasTag(TypeTag.BOOLEAN)
            || (literal.getValue() == null
                && ASTHelpers.isSubtype(variable.type, THREAD.get(state), state)));
  }

  /** A parameter: whoever passed it hears. */
  private static boolean isKnownToOthers(Symbol signalled) {
    return signalled.getKind() == ElementKind.PARAMETER;
  }

  private static boolean isInConstructor(TreePath path) {
    for (Tree tree : path) {
      if (tree instanceof MethodTree method) {
        return ASTHelpers.getSymbol(method).isConstructor();
      }
    }
    return false;
  }
}
