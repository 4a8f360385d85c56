package dev.bowline.checks.flow;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;

/**
 * How a path that leaves something owed ends.
 *
 * @param where the statement or call that ends it; null for the end of the body
 */
public record PathEnd(Kind kind, Tree where) {
  /** The ways for a path to end. */
  public enum Kind {
    /** The body ends. */
    END,
    /** A return statement. */
    RETURN,
    /** A throw statement. */
    THROW,
    /** A call throws. */
    CALL_THROWS,
    /** The last variable that had the value gets another one. */
    OVERWRITTEN,
    /** No variable ever had the value. */
    DROPPED
  }

  /** Whether the path ends with an exception. */
  public boolean isFailure() {
    return kind == Kind.THROW || kind == Kind.CALL_THROWS;
  }

  /** In words that go after "it is not closed". */
  public String words(VisitorState state) {
    return switch (kind) {
      case END -> "when the method ends";
      case RETURN -> "on the return at line " + line(state);
      case THROW -> "on the throw at line " + line(state);
      case CALL_THROWS ->
          ASTHelpers.getStartPosition(where) < 0
              // The call that a try statement makes of its resource.
              ? "when 'close()' of a resource throws"
              : "when '%s' throws at line %d".formatted(call(), line(state));
      case OVERWRITTEN -> "before its variable is overwritten at line " + line(state);
      case DROPPED -> "and nothing keeps it";
    };
  }

  /** Counted, since javac does not always keep a file's line map until its checks run. */
  private long line(VisitorState state) {
    CharSequence source = state.getSourceCode();
    int start = ASTHelpers.getStartPosition(where);
    return source == null
        ? 0
        : 1 + source.chars().limit(start).filter(character -> character == '\n').count();
  }

  private String call() {
    if (where instanceof NewClassTree creation) {
      return "new " + ASTHelpers.getSymbol(creation).enclClass().getSimpleName() + "(…)";
    }
    MethodInvocationTree invocation = (MethodInvocationTree) where;
    String arguments = invocation.getArguments().isEmpty() ? "()" : "(…)";
    ExpressionTree select = invocation.getMethodSelect();
    return (select instanceof MemberSelectTree member
            ? member.getIdentifier().toString()
            : ASTHelpers.getSymbol(invocation).getSimpleName().toString())
        + arguments;
  }
}
