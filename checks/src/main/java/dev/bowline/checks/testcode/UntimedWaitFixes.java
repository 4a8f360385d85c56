package dev.bowline.checks.testcode;

import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.fixes.SuggestedFixes;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.util.Name;
import dev.bowline.checks.model.TestAssertions;
import java.util.Optional;

/** How to give a wait a bound: what the message says, and what the fix writes. */
final class UntimedWaitFixes {
  private static final Supplier<Type> TIMEOUT_EXCEPTION =
      VisitorState.memoize(
          state -> state.getTypeFromString("java.util.concurrent.TimeoutException"));

  private static final Supplier<Name> OR_TIMEOUT =
      VisitorState.memoize(state -> state.getName("orTimeout"));

  /** Long enough for a slow machine: the bound is there for what never comes. */
  private static final String BOUND = "30";

  private UntimedWaitFixes() {}

  /** The wait as the code writes it, where it is short. */
  static String name(ExpressionTree tree, MethodSymbol method) {
    ExpressionTree waitedFor = UntimedWaits.waitedFor(tree);
    return waitedFor instanceof IdentifierTree && !method.isStatic()
        ? waitedFor + "." + method.getSimpleName()
        : method.getSimpleName().toString();
  }

  static String remedy(ExpressionTree tree, MethodSymbol method) {
    return switch (kind(method)) {
      case LATCH -> "assertTrue(….%s(…, SECONDS))".formatted(method.getSimpleName());
      case SEMAPHORE -> "assertTrue(….tryAcquire(…, SECONDS))";
      case THREAD -> "join(…) with a time, and assertFalse(….isAlive())";
      case QUEUE -> "assertNotNull(….poll(…, SECONDS))";
      case JOIN -> "….orTimeout(…, SECONDS).join()";
      case TIMED -> "%s(…, SECONDS)".formatted(method.getSimpleName());
      case OTHER -> "with its form that takes a time";
    };
  }

  /** How the framework at hand bounds a whole test. */
  static String boundOfTest(MethodSymbol test) {
    for (var annotation : test.getRawAttributes()) {
      String name = annotation.type.tsym.getQualifiedName().toString();
      if (name.startsWith("org.junit.jupiter.")) {
        return " by @Timeout";
      }
      if (name.startsWith("org.testng.")) {
        return " by @Test(timeOut = …)";
      }
      if (name.startsWith("org.junit.")) {
        return " by a Timeout rule";
      }
    }
    return "";
  }

  private enum Kind {
    LATCH,
    SEMAPHORE,
    THREAD,
    QUEUE,
    /** Only its own exceptions, none of them checked. */
    JOIN,
    /** The form with a time throws a TimeoutException. */
    TIMED,
    OTHER
  }

  private static Kind kind(MethodSymbol method) {
    if (method.isStatic()) {
      return Kind.OTHER;
    }
    return switch (method.getSimpleName().toString()) {
      case "await" -> method.getReturnType().getTag() == TypeTag.VOID ? Kind.LATCH : Kind.TIMED;
      case "waitFor" -> Kind.LATCH;
      case "acquire" -> Kind.SEMAPHORE;
      case "join" ->
          method.enclClass().getQualifiedName().contentEquals("java.lang.Thread")
              ? Kind.THREAD
              : Kind.JOIN;
      case "take" -> Kind.QUEUE;
      case "get", "exchange" -> Kind.TIMED;
      default -> Kind.OTHER;
    };
  }

  /** A fix that compiles where the wait stands; empty where there is none. */
  static Optional<SuggestedFix> fix(ExpressionTree tree, MethodSymbol method, VisitorState state) {
    if (!(tree instanceof MethodInvocationTree call) || ASTHelpers.getReceiver(call) == null) {
      return Optional.empty();
    }
    String receiver = state.getSourceForNode(ASTHelpers.getReceiver(call));
    SuggestedFix.Builder fix = SuggestedFix.builder();
    return switch (kind(method)) {
      case LATCH ->
          asserted("True", receiver + "." + method.getSimpleName() + "(%s)", call, fix, state);
      case SEMAPHORE -> {
        String permits =
            call.getArguments().isEmpty()
                ? ""
                : state.getSourceForNode(call.getArguments().get(0)) + ", ";
        yield asserted("True", receiver + ".tryAcquire(" + permits + "%s)", call, fix, state);
      }
      case QUEUE ->
          method.enclClass().getSimpleName().toString().endsWith("Queue")
              ? asserted("NotNull", receiver + ".poll(%s)", call, fix, state)
              : Optional.empty();
      case THREAD -> joined(receiver, call, fix, state);
      case JOIN ->
          hasOrTimeout(method, state)
              ? Optional.of(
                  fix.replace(call, receiver + ".orTimeout(" + bound(fix, state) + ").join()")
                      .build())
              : Optional.empty();
      case TIMED -> {
        if (!method.getParameters().isEmpty() || !canThrowTimeout(state)) {
          yield Optional.empty();
        }
        yield Optional.of(
            fix.replace(
                    call, receiver + "." + method.getSimpleName() + "(" + bound(fix, state) + ")")
                .build());
      }
      case OTHER -> Optional.empty();
    };
  }

  private static Optional<SuggestedFix> asserted(
      String what,
      String timed,
      MethodInvocationTree call,
      SuggestedFix.Builder fix,
      VisitorState state) {
    if (!isStatementOfBlock(state)) {
      return Optional.empty();
    }
    return TestAssertions.write(what, timed.formatted(bound(fix, state)), fix, state)
        .map(assertion -> fix.replace(call, assertion).build());
  }

  private static Optional<SuggestedFix> joined(
      String receiver, MethodInvocationTree call, SuggestedFix.Builder fix, VisitorState state) {
    if (!isStatementOfBlock(state) || !receiver.matches("[\\w.]+")) {
      return Optional.empty();
    }
    return TestAssertions.write("False", receiver + ".isAlive()", fix, state)
        .map(
            assertion ->
                fix.replace(call, receiver + ".join(" + BOUND + "_000);\n" + assertion).build());
  }

  private static boolean isStatementOfBlock(VisitorState state) {
    TreePath statement = state.getPath().getParentPath();
    return statement.getLeaf() instanceof ExpressionStatementTree
        && statement.getParentPath().getLeaf() instanceof BlockTree;
  }

  private static String bound(SuggestedFix.Builder fix, VisitorState state) {
    for (ImportTree each : state.getPath().getCompilationUnit().getImports()) {
      if (each.isStatic()
          && each.getQualifiedIdentifier()
              .toString()
              .equals("java.util.concurrent.TimeUnit.SECONDS")) {
        return BOUND + ", SECONDS";
      }
    }
    return BOUND
        + ", "
        + SuggestedFixes.qualifyType(state, fix, "java.util.concurrent.TimeUnit")
        + ".SECONDS";
  }

  /** It came with Java 9. */
  private static boolean hasOrTimeout(MethodSymbol method, VisitorState state) {
    return method.enclClass().members().findFirst(OR_TIMEOUT.get(state)) != null;
  }

  /**
   * Whether a TimeoutException may leave the code here, and reach the test: a catch that takes
   * every exception would hide it.
   */
  private static boolean canThrowTimeout(VisitorState state) {
    Type timeout = TIMEOUT_EXCEPTION.get(state);
    Tree child = state.getPath().getLeaf();
    for (TreePath path = state.getPath().getParentPath();
        path != null;
        path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof TryTree attempt && attempt.getBlock() == child) {
        for (CatchTree each : attempt.getCatches()) {
          Type caught = ASTHelpers.getType(each.getParameter().getType());
          if (caught == null || ASTHelpers.isSubtype(timeout, caught, state)) {
            return false;
          }
        }
      } else if (tree instanceof MethodTree method) {
        return method.getThrows().stream()
            .anyMatch(thrown -> ASTHelpers.isSubtype(timeout, ASTHelpers.getType(thrown), state));
      } else if (tree instanceof LambdaExpressionTree) {
        Type implemented = ASTHelpers.getType(tree);
        return implemented != null
            && state.getTypes().isFunctionalInterface(implemented)
            && state.getTypes().findDescriptorType(implemented).getThrownTypes().stream()
                .anyMatch(thrown -> ASTHelpers.isSubtype(timeout, thrown, state));
      } else if (tree instanceof MemberReferenceTree) {
        return false;
      }
      child = tree;
    }
    return false;
  }
}
