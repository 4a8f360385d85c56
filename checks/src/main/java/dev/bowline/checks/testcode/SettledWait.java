package dev.bowline.checks.testcode;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Occurrences;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether there is nothing left to wait for. */
final class SettledWait {
  /** After these there is nothing to wait for; without a bound, they are reported themselves. */
  private static final ImmutableSet<String> WAITS = ImmutableSet.of("get", "join", "waitFor");

  /** What a test does to a future, a process or a queue that makes the wait return at once. */
  private static final ImmutableSet<String> SETTLES =
      ImmutableSet.of(
          "cancel",
          "complete",
          "completeExceptionally",
          "completeOnTimeout",
          "destroyForcibly",
          "orTimeout",
          "resultNow",
          "run");

  private static final ImmutableSet<String> FILLS =
      ImmutableSet.of("add", "addAll", "isEmpty", "offer", "offerFirst", "peek", "put", "size");

  private static final ImmutableSet<String> ASKS =
      ImmutableSet.of("isAlive", "isCancelled", "isCompletedExceptionally", "isDone", "exitValue");

  /** {@code assertFalse(future.isDone())} says that there is something to wait for. */
  private static final Pattern NOT_YET =
      Pattern.compile(
          "(?s).*(assertFalse|isFalse|isNotDone|assertTrue\\([^;]*isAlive|isAlive[^;]*isTrue).*");

  /** Helpers that wait, or that look at futures. */
  private static final Pattern WAITS_FOR_ARGUMENT =
      Pattern.compile("(?i).*(wait|until|join|allOf|succe|done|complet|throws).*");

  private static final Pattern END =
      Pattern.compile("(?i)dead|terminat|alive|stopped|done|finish|complet");

  private static final Pattern WAITS_FOR_ITSELF = Pattern.compile("(?i).*(wait|join).*");

  private static final ImmutableSet<String> EXECUTOR_WAITS =
      ImmutableSet.of("awaitTermination", "invokeAll", "awaitQuiescence");

  private SettledWait() {}

  /** Whether what comes before the wait, in the same method, has waited or has ended it. */
  static boolean is(ExpressionTree wait, boolean future, VisitorState state) {
    TreePath method = state.findPathToEnclosing(MethodTree.class);
    ExpressionTree waitedFor = UntimedWaits.waitedFor(wait);
    if (method == null || waitedFor == null) {
      return false;
    }
    String subject = waitedFor.toString();
    Set<Symbol> tasks = tasksOf(waitedFor, state);
    int position = ASTHelpers.getStartPosition(wait);
    boolean[] settled = {false};
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        if (state.getEndPosition(call) <= position) {
          String name = ASTHelpers.getSymbol(call).getSimpleName().toString();
          ExpressionTree receiver = ASTHelpers.getReceiver(call);
          settled[0] |=
              (isSame(receiver) && settles(name, !call.getArguments().isEmpty()))
                  || (receiver != null
                      && tasks.contains(ASTHelpers.getSymbol(receiver))
                      && !call.getArguments().isEmpty()
                      && WAITS_FOR_ITSELF.matcher(name).matches())
                  || (future && EXECUTOR_WAITS.contains(name))
                  || (WAITS_FOR_ARGUMENT.matcher(name).matches()
                      && call.getArguments().stream()
                          .anyMatch(argument -> isSame(argument) || asksForEnd(argument)));
        }
        return super.visitMethodInvocation(call, null);
      }

      @Override
      public Void visitMemberReference(MemberReferenceTree reference, Void unused) {
        settled[0] |=
            state.getEndPosition(reference) <= position
                && isSame(reference.getQualifierExpression())
                && ASKS.contains(reference.getName().toString());
        return super.visitMemberReference(reference, null);
      }

      private boolean isSame(ExpressionTree other) {
        return other != null
            && other.toString().equals(subject)
            && Objects.equals(ASTHelpers.getSymbol(other), ASTHelpers.getSymbol(waitedFor));
      }

      // waitForCondition(() -> thread.state() == DEAD)
      private boolean asksForEnd(ExpressionTree argument) {
        return argument instanceof LambdaExpressionTree lambda
            && lambda.getBody().toString().contains(subject + ".")
            && END.matcher(lambda.getBody().toString()).find();
      }

      private boolean settles(String name, boolean hasArguments) {
        if (ASKS.contains(name)) {
          return !NOT_YET.matcher(statement()).matches();
        }
        return (SETTLES.contains(name)
                || FILLS.contains(name)
                || WAITS.contains(name)
                || (name.equals("await") && hasArguments))
            && !isInTask();
      }

      private String statement() {
        TreePath path = getCurrentPath();
        while (!(path.getLeaf() instanceof StatementTree)) {
          path = path.getParentPath();
        }
        return path.getLeaf().toString();
      }

      private boolean isInTask() {
        for (TreePath path = getCurrentPath(); path != null; path = path.getParentPath()) {
          Tree tree = path.getLeaf();
          if (tree instanceof LambdaExpressionTree) {
            return true;
          }
          if (tree instanceof MethodTree) {
            return tree != method.getLeaf();
          }
        }
        return false;
      }
    }.scan(method, null);
    return settled[0];
  }

  /**
   * What the future or thread was given to run: {@code assertTrue(task.awaitStop(1000))} waits for
   * it, too.
   */
  private static Set<Symbol> tasksOf(ExpressionTree waitedFor, VisitorState state) {
    Set<Symbol> tasks = new HashSet<>();
    if (ASTHelpers.getSymbol(waitedFor) instanceof VarSymbol variable) {
      for (ExpressionTree value : Occurrences.in(state).expressionsGivenTo(variable)) {
        List<? extends ExpressionTree> arguments =
            value instanceof MethodInvocationTree call
                ? call.getArguments()
                : value instanceof NewClassTree created ? created.getArguments() : List.of();
        for (ExpressionTree argument : arguments) {
          Symbol task =
              ASTHelpers.getSymbol(
                  argument instanceof MemberReferenceTree reference
                      ? reference.getQualifierExpression()
                      : argument);
          if (task instanceof VarSymbol) {
            tasks.add(task);
          }
        }
      }
    }
    return tasks;
  }
}
