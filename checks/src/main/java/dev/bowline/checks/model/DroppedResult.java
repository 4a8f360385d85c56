package dev.bowline.checks.model;

import com.google.errorprone.VisitorState;
import com.google.errorprone.matchers.UnusedReturnValueMatcher;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import java.util.Optional;

/** Whether nobody gets the result of a call. */
public final class DroppedResult {
  private static final UnusedReturnValueMatcher DROPPED = UnusedReturnValueMatcher.get(true);

  private DroppedResult() {}

  /**
   * Whether the call or method reference at the state's position is a statement, or the whole body
   * of what returns nothing. What a mock or an expected exception wants is not dropped.
   */
  public static boolean is(ExpressionTree tree, VisitorState state) {
    Tree body =
        tree instanceof MemberReferenceTree ? tree : state.getPath().getParentPath().getLeaf();
    if (body instanceof LambdaExpressionTree || body instanceof MemberReferenceTree) {
      // In code with errors, what it implements may be unknown.
      Type implemented = ASTHelpers.getType(body);
      return implemented != null
          && implemented.hasTag(TypeTag.CLASS)
          && state.getTypes().isFunctionalInterface(implemented)
          && DROPPED.matches(tree, state);
    }
    return body instanceof ExpressionStatementTree && !DROPPED.isAllowed(tree, state);
  }

  /**
   * What the annotations on a method, or around it, say of its result: that it has to be used, and
   * then Error Prone reports by default where it is not, or that it may be dropped.
   */
  public static Optional<Boolean> hasToBeUsed(MethodSymbol method) {
    for (Symbol each = method; each != null; each = each.owner) {
      for (var annotation : each.getRawAttributes()) {
        String name = annotation.type.tsym.getSimpleName().toString();
        if (name.equals("CanIgnoreReturnValue")) {
          return Optional.of(false);
        }
        if (name.equals("CheckReturnValue")) {
          return Optional.of(true);
        }
      }
    }
    return Optional.empty();
  }
}
