package dev.bowline.checks.failure;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.TryTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import java.util.regex.Pattern;

/** Where the author says that an interrupt does not matter here, or cannot come. */
final class InterruptPurpose {
  private static final Pattern IGNORED = Pattern.compile("(?i)(ignored?|expected)\\d*");

  private static final String NOT =
      "(never|can't|cannot|shouldn't|won't|(should|will|does) not) (\\w+ )?";

  /** In the handler: in a comment, or in the message of an exception. */
  private static final Pattern CANNOT_COME =
      Pattern.compile(
          "unreachable|impossible|already (done|complete)|"
              + NOT
              + "(happen|occur|block|wait|get here|throw|come|be"
              + " (raised|thrown|interrupted|reached))",
          Pattern.CASE_INSENSITIVE);

  /** In a comment on what may wait. */
  private static final Pattern DOES_NOT_WAIT =
      Pattern.compile(NOT + "(block|wait|be interrupted)", Pattern.CASE_INSENSITIVE);

  /** Says of a handler that does write to the log that this is all it should do. */
  private static final Pattern ON_PURPOSE =
      Pattern.compile("(?i)\\b(ignor|expected|deliberate|intention|on purpose)");

  private static final Pattern REASON = Pattern.compile("\\W*\\w+(\\W+\\w+){3,}\\W*");

  private InterruptPurpose() {}

  /** Whether a catch says so. */
  static boolean isStated(CatchTree tree, VisitorState state) {
    boolean named = IGNORED.matcher(tree.getParameter().getName()).matches();
    boolean empty = tree.getBlock().getStatements().stream().allMatch(InterruptPurpose::isJump);
    return ((named || empty) && hasReason(tree, named, state))
        || isToldOnPurpose(tree, state)
        || CANNOT_COME.matcher(state.getSourceForNode(tree.getBlock())).find()
        || (state.getPath().getParentPath().getLeaf() instanceof TryTree attempt
            && DOES_NOT_WAIT.matcher(comments(attempt.getBlock(), state)).find())
        || throwsAssertionError(tree);
  }

  /** {@code // ignore, happens while shutting down} and a log line, in a catch of just this. */
  private static boolean isToldOnPurpose(CatchTree tree, VisitorState state) {
    Type caught = ASTHelpers.getType(tree.getParameter().getType());
    return ASTHelpers.isSameType(caught, state.getSymtab().interruptedExceptionType, state)
        && tree.getBlock().getStatements().stream().allMatch(each -> isJump(each) || isTold(each))
        && hasReason(tree, false, state)
        && ON_PURPOSE.matcher(comments(tree.getBlock(), state)).find();
  }

  private static boolean isTold(StatementTree statement) {
    return statement instanceof ExpressionStatementTree line
        && line.getExpression() instanceof MethodInvocationTree call
        && ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method
        && CaughtInterrupt.isTelling(method);
  }

  private static boolean isJump(StatementTree statement) {
    return statement instanceof BreakTree
        || statement instanceof ContinueTree
        || statement instanceof ReturnTree;
  }

  /** A name says that it is on purpose; where there is none, the comment has to say more. */
  private static boolean hasReason(CatchTree tree, boolean named, VisitorState state) {
    String text = comments(tree.getBlock(), state);
    return named ? !text.isEmpty() : REASON.matcher(text).matches();
  }

  private static String comments(BlockTree block, VisitorState state) {
    StringBuilder text = new StringBuilder();
    for (var token : state.getOffsetTokensForNode(block)) {
      for (var comment : token.comments()) {
        text.append(comment.getText()).append(' ');
      }
    }
    return text.toString();
  }

  private static boolean throwsAssertionError(CatchTree tree) {
    for (StatementTree each : tree.getBlock().getStatements()) {
      if (each instanceof ThrowTree thrown) {
        Type type = ASTHelpers.getType(thrown.getExpression());
        return type != null
            && type.tsym.getQualifiedName().contentEquals("java.lang.AssertionError");
      }
    }
    return false;
  }
}
