package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.OwnCodeScanner;
import java.util.regex.Pattern;

/** Completion stages that are dropped while nobody else hears them fail. */
final class UnheardStage {
  /** Error Prone lets these be dropped, for they change the future that they are called on. */
  private static final MethodTable CHANGES_RECEIVER =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.CompletableFuture#orTimeout",
              "java.util.concurrent.CompletableFuture#completeOnTimeout"));

  /** What lends a stage that others look at too: {@code session.closeFuture()}. */
  private static final Pattern LENDS =
      Pattern.compile(
          "((get|when|on|after)[A-Z].*)|(.*([fF]uture|[sS]tage|[pP]romise|[tT]ermination|[tT]erminated|[cC]losed|[dD]one|[cC]ompletion))");

  private UnheardStage() {}

  /** Whether to drop the result of this method is a fault that Error Prone does not report. */
  static boolean isOurs(MethodSymbol method, VisitorState state) {
    Type type = method.getReturnType();
    return TaskFutures.isStage(type, state)
        && (CHANGES_RECEIVER.contains(method, state)
            || (!TaskFutures.isFuture(type, state)
                && (CompletionChain.isStep(method, state)
                    || !(isSelf(type, method, state) || mayBeIgnored(method, state)))));
  }

  /** A stage that gives itself back was not started by the call. */
  private static boolean isSelf(Type returned, MethodSymbol method, VisitorState state) {
    return state.getTypes().isSubtype(method.enclClass().type, returned);
  }

  /** Whether nobody hears it when what this call gives back fails. */
  static boolean isGivenBy(MethodInvocationTree call, VisitorState state) {
    CompletionChain chain = CompletionChain.endingIn(call, state);
    if (chain.failureHeard()) {
      return false;
    }
    if (chain.root() instanceof MethodInvocationTree origin) {
      return (origin == call || !isLent(origin))
          && (chain.works() || !endsHeard(ASTHelpers.getSymbol(origin), state));
    }
    // Whoever else has the stage may hear it fail, but not what hangs on it here.
    return chain.root() != null
        && chain.works()
        && ASTHelpers.getSymbol(chain.root()) instanceof VarSymbol variable
        && !variable.getKind().isField()
        && Occurrences.in(state).of(variable).size() == 1;
  }

  private static boolean isLent(MethodInvocationTree call) {
    return call.getArguments().isEmpty() && LENDS.matcher(TaskFutures.name(call)).matches();
  }

  /** Whether a method of this file deals with all failures of what it returns. */
  private static boolean endsHeard(MethodSymbol method, VisitorState state) {
    TreePath declaration = Occurrences.in(state).declarationOf(method);
    if (declaration == null) {
      return false;
    }
    boolean[] heard = {false, true};
    new OwnCodeScanner() {
      @Override
      public Void visitReturn(ReturnTree tree, Void unused) {
        heard[0] = true;
        heard[1] &= isHeardOrDone(tree.getExpression(), state);
        return null;
      }
    }.scan(((MethodTree) declaration.getLeaf()).getBody(), null);
    return heard[0] && heard[1];
  }

  private static boolean isHeardOrDone(ExpressionTree tree, VisitorState state) {
    return CompletionChain.endingIn(tree, state).failureHeard()
        || (tree instanceof MethodInvocationTree call
            && TaskFutures.name(call).startsWith("completed"));
  }

  private static boolean mayBeIgnored(MethodSymbol method, VisitorState state) {
    return isMarked(method)
        || isMarked(method.enclClass())
        || ASTHelpers.findSuperMethods(method, state.getTypes()).stream()
            .anyMatch(UnheardStage::isMarked);
  }

  private static boolean isMarked(Symbol symbol) {
    return symbol.getRawAttributes().stream()
        .anyMatch(each -> each.type.tsym.getSimpleName().contentEquals("CanIgnoreReturnValue"));
  }
}
