package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Blocking;
import dev.bowline.checks.model.FollowingCode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;

/** Whether a file waits, in any way, for the tasks of an executor. */
final class ExecutorWaits {
  /** Calls on an executor that wait for its tasks, tell whether they ended, or end them. */
  private static final ImmutableSet<String> ENDS =
      ImmutableSet.of(
          "awaitTermination",
          "close",
          "getActiveCount",
          "invokeAll",
          "invokeAny",
          "isTerminated",
          "isTerminating",
          "shutdownNow");

  /** Whoever is handed the executor under such a name may wait for it, now or later. */
  private static final Pattern TAKES_OVER =
      Pattern.compile(
          "(?i).*(await|wait|join|shut|close|stop|terminat|dispose|destroy|quiet|drain|regist|own).*|add|of|put|asList");

  private static final Pattern WAITS =
      Pattern.compile("(?i)(await|wait|join|drain|quiesce|block|flush).*");

  private ExecutorWaits() {}

  /** Whether any code of the file waits for the executor that these variables hold. */
  static boolean exist(Set<VarSymbol> holders, StoppingCode stopping, VisitorState state) {
    boolean[] found = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        MethodSymbol method = ASTHelpers.getSymbol(call);
        found[0] |=
            (ENDS.contains(method.getSimpleName().toString())
                    && EndlessWait.mayBeExecutor(method.enclClass().type, state)
                    && !isOtherExecutor(ASTHelpers.getReceiver(call), holders, state))
                || (TAKES_OVER.matcher(method.getSimpleName()).matches()
                    && isPassed(call.getArguments(), holders));
        return super.visitMethodInvocation(call, null);
      }

      @Override
      public Void visitMemberReference(MemberReferenceTree reference, Void unused) {
        found[0] |=
            ENDS.contains(reference.getName().toString())
                && EndlessWait.mayBeExecutor(
                    ASTHelpers.getSymbol(reference).enclClass().type, state)
                && !isOtherExecutor(reference.getQualifierExpression(), holders, state);
        return super.visitMemberReference(reference, null);
      }

      @Override
      public Void visitTry(TryTree attempt, Void unused) {
        for (Tree resource : attempt.getResources()) {
          Tree value = resource instanceof VariableTree v ? v.getInitializer() : resource;
          found[0] |= holders.contains(ASTHelpers.getSymbol(value));
        }
        return super.visitTry(attempt, null);
      }
    }.scan(state.getPath().getCompilationUnit(), null);
    return found[0] || waitsItself(stopping.body(), holders, state);
  }

  /** A field of another executor; a local variable may be an alias of ours. */
  private static boolean isOtherExecutor(
      ExpressionTree receiver, Set<VarSymbol> holders, VisitorState state) {
    Symbol symbol = receiver == null ? null : ASTHelpers.getSymbol(receiver);
    return symbol != null
        && symbol.getKind() == ElementKind.FIELD
        && !holders.contains(symbol)
        && EndlessWait.isExecutor(symbol.type, state);
  }

  private static boolean isPassed(
      List<? extends ExpressionTree> arguments, Set<VarSymbol> holders) {
    return arguments.stream()
        .anyMatch(argument -> holders.contains(ASTHelpers.getSymbol(argument)));
  }

  /** Whether the stopping code waits for anything, or hands the executor to anything. */
  private static boolean waitsItself(Tree body, Set<VarSymbol> holders, VisitorState state) {
    boolean[] handed = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitNewClass(NewClassTree created, Void unused) {
        handed[0] |= isPassed(created.getArguments(), holders);
        return super.visitNewClass(created, null);
      }
    }.scan(body, null);
    return handed[0]
        || FollowingCode.hasCall(
            List.of(body),
            call -> {
              String name = ASTHelpers.getSymbol(call).getSimpleName().toString();
              return ((WAITS.matcher(name).matches()
                          || (Blocking.isWait(call, state) && !name.startsWith("lock")))
                      && !isOtherExecutor(ASTHelpers.getReceiver(call), holders, state))
                  || isPassed(call.getArguments(), holders);
            });
  }
}
