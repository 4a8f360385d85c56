package dev.bowline.checks.failure;

import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.util.Name;
import dev.bowline.checks.model.TestAssertions;
import java.util.Optional;

/** What to write where the outcome of a wait is dropped. */
final class TimedWaitFixes {
  private static final Supplier<Name> SHUTDOWN_NOW =
      VisitorState.memoize(state -> state.getName("shutdownNow"));

  private TimedWaitFixes() {}

  /** A fix that compiles wherever the statement stands; empty where there is none. */
  static Optional<SuggestedFix> fix(
      MethodInvocationTree call, boolean testThread, VisitorState state) {
    TreePath statement = state.getPath().getParentPath();
    if (!(statement.getLeaf() instanceof ExpressionStatementTree)
        || !(statement.getParentPath().getLeaf() instanceof BlockTree)) {
      return Optional.empty();
    }
    MethodSymbol method = ASTHelpers.getSymbol(call);
    boolean remaining = method.getReturnType().hasTag(TypeTag.LONG);
    if (remaining && !method.getSimpleName().contentEquals("awaitNanos")) {
      // The stamp of a StampedLock: without it, nothing can be released.
      return Optional.empty();
    }
    String source = state.getSourceForNode(call);
    if (isInFinally(statement)) {
      // A throw there would hide the exception that is on its way.
      return Optional.empty();
    }
    if (testThread) {
      SuggestedFix.Builder fix = SuggestedFix.builder();
      return TestAssertions.write("True", remaining ? source + " > 0" : source, fix, state)
          .map(assertion -> fix.replace(call, assertion).build());
    }
    String failed = remaining ? source + " <= 0" : "!" + source;
    return Optional.of(
        SuggestedFix.replace(
            statement.getLeaf(),
            "if (" + failed + ") {\n" + reaction(call, method, state) + "\n}"));
  }

  private static String reaction(
      MethodInvocationTree call, MethodSymbol method, VisitorState state) {
    ExpressionTree receiver = ASTHelpers.getReceiver(call);
    if (method.getSimpleName().contentEquals("awaitTermination")
        && (receiver instanceof IdentifierTree || receiver instanceof MemberSelectTree)
        && hasShutdownNow(ASTHelpers.getType(receiver), state)) {
      return state.getSourceForNode(receiver) + ".shutdownNow();";
    }
    return "throw new IllegalStateException(\"%s: time is up\");".formatted(method.getSimpleName());
  }

  private static boolean hasShutdownNow(Type type, VisitorState state) {
    return type != null
        && state
            .getTypes()
            .membersClosure(type, false)
            .getSymbolsByName(SHUTDOWN_NOW.get(state), symbol -> true)
            .iterator()
            .hasNext();
  }

  private static boolean isInFinally(TreePath path) {
    Tree child = path.getLeaf();
    for (TreePath each = path.getParentPath(); each != null; each = each.getParentPath()) {
      if (each.getLeaf() instanceof TryTree attempt && attempt.getFinallyBlock() == child) {
        return true;
      }
      child = each.getLeaf();
    }
    return false;
  }
}
