package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.bowline.checks.model.EnclosingTask;
import dev.bowline.checks.model.MaybeDirectExecutors;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.Supertypes;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.ElementKind;

/**
 * What becomes of a failure that leaves a task.
 *
 * @param isHeard whether it gets to whoever started the task, or might
 * @param skipped the later stages of its future, which run only when it succeeds
 */
record TaskOutcome(boolean isHeard, ImmutableList<Tree> skipped) {
  private static final TaskOutcome HEARD = new TaskOutcome(true, ImmutableList.of());
  private static final TaskOutcome LOST = new TaskOutcome(false, ImmutableList.of());

  /** These throw what a task threw, or their owner does when it is joined. */
  private static final MethodTable RAISES =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.CompletionService#submit",
              "java.util.concurrent.ExecutorService#invokeAny",
              "java.util.concurrent.ForkJoinPool#invoke",
              "java.util.concurrent.StructuredTaskScope#fork",
              "dev.bowline.TaskGroup#*"));

  /** Ways to use a future without hearing how it ended. */
  private static final ImmutableSet<String> ASKS_NOTHING =
      ImmutableSet.of("cancel", "isCancelled", "isDone");

  private static final ImmutableSet<String> HANDLER_NAMES =
      ImmutableSet.of(
          "setUncaughtExceptionHandler",
          "setDefaultUncaughtExceptionHandler",
          "uncaughtExceptionHandler",
          "uncaughtException",
          "afterExecute");

  static TaskOutcome of(EnclosingTask task, VisitorState state) {
    if (task.handOver().getLeaf() instanceof NewClassTree creation) {
      return isGivenToOwnThread(creation, task) || hasHandler(state) ? HEARD : LOST;
    }
    if (!(task.handOver().getLeaf() instanceof MethodInvocationTree call)) {
      return HEARD;
    }
    MethodSymbol method = ASTHelpers.getSymbol(call);
    if (method == null || RAISES.contains(method, state) || mayRunHere(call, method, state)) {
      return HEARD;
    }
    if (givesFuture(call)) {
      return ofFuture(task.handOver(), new ArrayList<>(), state);
    }
    return hasHandler(state) ? HEARD : LOST;
  }

  /** A thread class that is given a task may do anything with its failure. */
  private static boolean isGivenToOwnThread(NewClassTree creation, EnclosingTask task) {
    Type type = ASTHelpers.getType(creation.getIdentifier());
    return task.body().getLeaf() instanceof LambdaExpressionTree
        && (type == null || !type.tsym.getQualifiedName().contentEquals("java.lang.Thread"));
  }

  private static boolean mayRunHere(
      MethodInvocationTree call, MethodSymbol method, VisitorState state) {
    ExpressionTree receiver = ASTHelpers.getReceiver(call);
    if (!method.isStatic()
        && isExecutor(method.enclClass().type, state)
        && (receiver == null || MaybeDirectExecutors.mayBe(receiver, state))) {
      return true;
    }
    return call.getArguments().stream()
        .anyMatch(
            argument ->
                isExecutor(ASTHelpers.getType(argument), state)
                    && MaybeDirectExecutors.mayBe(argument, state));
  }

  private static boolean isExecutor(Type type, VisitorState state) {
    return type != null
        && type.hasTag(TypeTag.CLASS)
        && Supertypes.any(
            type,
            each -> each.getQualifiedName().contentEquals("java.util.concurrent.Executor"),
            state);
  }

  /** Whether a call returns what tells how the task ended. */
  static boolean givesFuture(MethodInvocationTree call) {
    Type result = ASTHelpers.getType(call);
    return result != null
        && !result.hasTag(TypeTag.VOID)
        && !result.tsym.getQualifiedName().contentEquals("java.lang.Thread");
  }

  private static TaskOutcome ofFuture(TreePath future, List<Tree> skipped, VisitorState state) {
    TreePath parent = future.getParentPath();
    Tree tree = parent.getLeaf();
    if (tree instanceof ParenthesizedTree || tree instanceof TypeCastTree) {
      return ofFuture(parent, skipped, state);
    }
    if (tree instanceof MemberSelectTree select
        && parent.getParentPath().getLeaf() instanceof MethodInvocationTree next) {
      String name = select.getIdentifier().toString();
      if (ASKS_NOTHING.contains(name)) {
        return new TaskOutcome(false, ImmutableList.copyOf(skipped));
      }
      if (!name.startsWith("then")) {
        return HEARD;
      }
      skipped.addAll(next.getArguments());
      return ofFuture(parent.getParentPath(), skipped, state);
    }
    boolean dropped =
        tree instanceof ExpressionStatementTree
            || (tree instanceof LambdaExpressionTree lambda && returnsNothing(lambda, state))
            || (tree instanceof VariableTree variable && isNeverAsked(variable, state));
    return dropped ? new TaskOutcome(false, ImmutableList.copyOf(skipped)) : HEARD;
  }

  private static boolean returnsNothing(LambdaExpressionTree lambda, VisitorState state) {
    Type type = ASTHelpers.getType(lambda);
    return type != null
        && type.hasTag(TypeTag.CLASS)
        && state.getTypes().isFunctionalInterface(type)
        && state.getTypes().findDescriptorType(type).getReturnType().hasTag(TypeTag.VOID);
  }

  private static boolean isNeverAsked(VariableTree variable, VisitorState state) {
    VarSymbol symbol = ASTHelpers.getSymbol(variable);
    return symbol.getKind() == ElementKind.LOCAL_VARIABLE
        && Occurrences.in(state).of(symbol).stream()
            .map(use -> use.getParentPath().getLeaf())
            .allMatch(
                parent ->
                    parent instanceof MemberSelectTree select
                        && ASKS_NOTHING.contains(select.getIdentifier().toString()));
  }

  /** Who installs a handler in a test does so to hear of failures. */
  private static boolean hasHandler(VisitorState state) {
    boolean[] found = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
        found[0] |= HANDLER_NAMES.contains(tree.getIdentifier().toString());
        return super.visitMemberSelect(tree, null);
      }

      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        found[0] |= HANDLER_NAMES.contains(tree.getName().toString());
        return null;
      }

      @Override
      public Void visitMethod(MethodTree tree, Void unused) {
        found[0] |= HANDLER_NAMES.contains(tree.getName().toString());
        return super.visitMethod(tree, null);
      }
    }.scan(state.getPath().getCompilationUnit(), null);
    return found[0];
  }
}
