package dev.bowline.checks.context;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.google.errorprone.util.ErrorProneToken;
import com.sun.source.tree.Tree;
import java.util.List;
import java.util.Optional;

/** Where a parameter or argument stands in the source, with the comments that belong to it. */
record ListedCode(int start, int end) {

  /**
   * Those of neighbours between the parentheses of a method or call; empty where it cannot be told
   * which of them a comment belongs to, or where it ends with its line and so cannot go elsewhere.
   */
  static Optional<ImmutableList<ListedCode>> of(
      List<? extends Tree> neighbours, Tree owner, VisitorState state) {
    List<ErrorProneToken> tokens =
        state.getOffsetTokens(ASTHelpers.getStartPosition(owner), state.getEndPosition(owner));
    CharSequence source = state.getSourceCode();
    ImmutableList.Builder<ListedCode> listed = ImmutableList.builder();
    for (Tree tree : neighbours) {
      int start = ASTHelpers.getStartPosition(tree);
      int end = state.getEndPosition(tree);
      int from = tokens.get(indexOf(start, tokens) - 1).endPos();
      int to = tokens.get(indexOf(end, tokens)).pos();
      String before = source.subSequence(from, start).toString();
      String after = source.subSequence(end, to).toString();
      if (before.contains("//") || after.contains("//") || endsTheLineOfThePrevious(before)) {
        return Optional.empty();
      }
      listed.add(
          new ListedCode(
              start - before.stripLeading().length(), end + after.stripTrailing().length()));
    }
    return Optional.of(listed.build());
  }

  private static int indexOf(int position, List<ErrorProneToken> tokens) {
    int index = 0;
    while (tokens.get(index).pos() < position) {
      index++;
    }
    return index;
  }

  private static boolean endsTheLineOfThePrevious(String before) {
    int comment = before.indexOf("/*");
    return comment >= 0
        && !before.substring(0, comment).contains("\n")
        && before.substring(comment).contains("\n");
  }
}
