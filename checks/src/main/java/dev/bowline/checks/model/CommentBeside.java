package dev.bowline.checks.model;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.Tree;
import java.util.regex.Pattern;

/**
 * What the author says about a statement: comment lines right above it or after it, or a log line.
 */
public final class CommentBeside {
  /** {@code LOG.info("Sleep to expire the token");} says as much as a comment. */
  private static final Pattern LOG_LINE =
      Pattern.compile("(?i)(log(ger)?|System\\.(out|err))\\.\\w+\\(\".*\\);");

  private CommentBeside() {}

  /** The text of the comments beside a tree; empty where there are none. */
  public static String text(Tree tree, VisitorState state) {
    String source = state.getSourceCode().toString();
    int start = ASTHelpers.getStartPosition(tree);
    StringBuilder text = new StringBuilder();
    int lineEnd = source.lastIndexOf('\n', start);
    boolean first = true;
    while (lineEnd > 0) {
      int lineStart = source.lastIndexOf('\n', lineEnd - 1) + 1;
      String line = source.substring(lineStart, lineEnd).strip();
      boolean comment = line.startsWith("//") || line.startsWith("/*") || line.startsWith("*");
      if (!comment && !(first && LOG_LINE.matcher(line).matches())) {
        break;
      }
      first = false;
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
