package dev.bowline.checks.model;

import com.google.errorprone.VisitorState;
import com.google.errorprone.matchers.UnusedReturnValueMatcher;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;

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
}
