package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.FollowingCode;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;

/** Waits for threads and executors that end only when what they wait for does. */
final class EndlessWait {
  private static final Supplier<Type> EXECUTOR =
      VisitorState.memoize(
          state -> state.getTypeFromString("java.util.concurrent.ExecutorService"));

  private static final ImmutableSet<String> BOUNDED_OR_ENDED =
      ImmutableSet.of("awaitTermination", "invokeAll", "shutdownNow");

  private static final Pattern INTERRUPTS = Pattern.compile("shutdownNow|interrupt");

  private static final Pattern WAKES =
      Pattern.compile(
          "(?i)(interrupt|stop|terminat|shut|cancel|close|wake|notify|signal|unpark|release|countDown"
              + "|complete|finish|offer|put|add|send|submit|quit|exit|halt|kill|end|destroy|disconnect|deregister|unregister).*");

  private EndlessWait() {}

  static boolean isShutdown(MethodSymbol method, VisitorState state) {
    return method.getSimpleName().contentEquals("shutdown")
        && method.getParameters().isEmpty()
        && isExecutor(method.enclClass().type, state);
  }

  /** Whether this waits, until it is over, for a thread or an executor of the code around it. */
  static boolean is(ExpressionTree tree, MethodSymbol method, VisitorState state) {
    ExpressionTree receiver = receiver(tree);
    return switch (method.getSimpleName().toString()) {
      case "join" ->
          method.getParameters().isEmpty()
              && method.enclClass().getQualifiedName().contentEquals("java.lang.Thread")
              && !isCurrentThread(receiver);
      case "joinUninterruptibly" -> method.getParameters().size() == 1;
      case "close" -> isExecutor(method.enclClass().type, state) && isOfJdk(method.enclClass());
      case "awaitTermination" ->
          isExecutor(method.enclClass().type, state)
              && tree instanceof MethodInvocationTree call
              && hasNoBound(call)
              // A helper for whoever calls it.
              && !(receiver != null
                  && ASTHelpers.getSymbol(receiver) instanceof VarSymbol executor
                  && executor.getKind() == ElementKind.PARAMETER);
      default -> false;
    };
  }

  /**
   * Whether the code does more than to wait: who interrupts a thread, or wakes it up in a way of
   * its own, may trust it to end. A mere flag is not seen by a thread that is blocked.
   */
  static boolean isForWhatWasToldToEnd(MethodSymbol method, StoppingCode stopping) {
    Pattern told = method.getSimpleName().toString().startsWith("join") ? WAKES : INTERRUPTS;
    return FollowingCode.hasCall(
        ImmutableList.of(stopping.body()),
        call ->
            told.matcher(ASTHelpers.getSymbol(call).getSimpleName()).matches()
                && !isCurrentThread(ASTHelpers.getReceiver(call)));
  }

  /** Whether the end of the block closes this resource, an executor, with tasks left to run. */
  static boolean isOfBlock(Tree resource, TryTree block, VisitorState state) {
    Type type = ASTHelpers.getType(resource);
    return type != null
        && isExecutor(type, state)
        && isOfJdk(type.tsym)
        && !FollowingCode.hasCall(
            ImmutableList.of(block.getBlock()),
            call ->
                BOUNDED_OR_ENDED.contains(ASTHelpers.getSymbol(call).getSimpleName().toString()));
  }

  static ExpressionTree receiver(ExpressionTree tree) {
    return tree instanceof MemberReferenceTree reference
        ? reference.getQualifierExpression()
        : ASTHelpers.getReceiver(tree);
  }

  static boolean isExecutor(Type type, VisitorState state) {
    return ASTHelpers.isSubtype(type, EXECUTOR.get(state), state);
  }

  /** Whether a variable of this type can hold an executor: {@code AutoCloseable} can, too. */
  static boolean mayBeExecutor(Type type, VisitorState state) {
    return isExecutor(type, state) || ASTHelpers.isSubtype(EXECUTOR.get(state), type, state);
  }

  /** Other executors' {@code close} may well have a bound. */
  private static boolean isOfJdk(Symbol type) {
    return type.getQualifiedName().toString().startsWith("java.util.concurrent.");
  }

  /** Who joins it means to stay for ever, and who interrupts it restores the interrupt. */
  private static boolean isCurrentThread(ExpressionTree receiver) {
    return receiver instanceof MethodInvocationTree call
        && ASTHelpers.getSymbol(call).getSimpleName().contentEquals("currentThread");
  }

  /** A day is for ever, to who waits for a process to stop. */
  private static boolean hasNoBound(MethodInvocationTree call) {
    if (call.getArguments().size() != 2
        || !(ASTHelpers.constValue(call.getArguments().get(0)) instanceof Number time)) {
      return false;
    }
    Symbol unit = ASTHelpers.getSymbol(call.getArguments().get(1));
    for (TimeUnit each : TimeUnit.values()) {
      if (unit != null && unit.getSimpleName().contentEquals(each.name())) {
        return each.toDays(time.longValue()) > 0;
      }
    }
    return time.longValue() == Long.MAX_VALUE;
  }
}
