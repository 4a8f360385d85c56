package dev.bowline.checks.model;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.Tree;

/** What the author says about a statement: the comment lines right above it, and after it. */
public final class CommentBeside {
  private CommentBeside() {}

  /** The text of the comments beside a tree; empty where there are none. */
  public static String text(Tree tree, VisitorState state) {
    String source = state.getSourceCode().toString();
    int start = ASTHelpers.getStartPosition(tree);
    StringBuilder text = new StringBuilder();
    int lineEnd = source.lastIndexOf('\n', start);
    while (lineEnd > 0) {
      int lineStart = source.lastIndexOf('\n', lineEnd - 1) + 1;
      String line = source.substring(lineStart, lineEnd).strip();
      if (!line.startsWith("//") && !line.startsWith("/*") && !line.startsWith("*")) {
        break;
      }
      text.insert(0, line + "\n");
      lineEnd = lineStart - 1;
    }
    int end = state.getEndPosition(tree);
    int rest = source.indexOf('\n', end);
    String after = source.substring(end, rest < 0 ? source.length() : rest);
    int comment = after.indexOf("//");
    return comment < 0 ? text.toString() : text.append(after.substring(comment)).toString();
  }
}
