package dev.bowline.checks.sharing;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An entry of a map, as far as the text of the code tells.
 *
 * @param map the expression that the calls are on
 * @param key the expression for the key
 * @param variables what both expressions read
 */
record Entry(String map, String key, ImmutableSet<Symbol> variables) {
  /** Calls without arguments that give the same object each time, going by their names. */
  private static final Pattern GETTER =
      Pattern.compile("(get|is)[A-Z].*|toString|name|key|id|value|getClass|hashCode");

  /** The entry that a call such as {@code map.get(key)} is on; empty if it may be another later. */
  static Optional<Entry> of(MethodInvocationTree call) {
    ExpressionTree map = ASTHelpers.getReceiver(call);
    if (map == null || call.getArguments().isEmpty()) {
      return Optional.empty();
    }
    ExpressionTree key = call.getArguments().get(0);
    if (!isSteady(map) || !isSteady(key)) {
      return Optional.empty();
    }
    ImmutableSet.Builder<Symbol> variables = ImmutableSet.builder();
    TreeScanner<Void, Void> reads =
        new TreeScanner<>() {
          @Override
          public Void visitIdentifier(IdentifierTree tree, Void unused) {
            add(tree);
            return null;
          }

          @Override
          public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
            add(tree);
            return super.visitMemberSelect(tree, null);
          }

          private void add(Tree tree) {
            if (ASTHelpers.getSymbol(tree) instanceof VarSymbol variable) {
              variables.add(variable);
            }
          }
        };
    reads.scan(map, null);
    reads.scan(key, null);
    return Optional.of(new Entry(text(map), text(key), variables.build()));
  }

  /** Whether a call is on this entry. */
  boolean isOf(MethodInvocationTree call) {
    ExpressionTree receiver = ASTHelpers.getReceiver(call);
    return receiver != null
        && !call.getArguments().isEmpty()
        && text(receiver).equals(map)
        && text(call.getArguments().get(0)).equals(key);
  }

  private static String text(ExpressionTree tree) {
    String text = tree.toString();
    return text.startsWith("this.") ? text.substring("this.".length()) : text;
  }

  private static boolean isSteady(Tree tree) {
    if (tree instanceof MemberSelectTree select) {
      return isSteady(select.getExpression());
    }
    if (tree instanceof ParenthesizedTree parenthesized) {
      return isSteady(parenthesized.getExpression());
    }
    if (tree instanceof TypeCastTree cast) {
      return isSteady(cast.getExpression());
    }
    if (tree instanceof BinaryTree binary) {
      return isSteady(binary.getLeftOperand()) && isSteady(binary.getRightOperand());
    }
    if (tree instanceof MethodInvocationTree call) {
      return call.getArguments().isEmpty()
          && GETTER.matcher(Calls.name(call)).matches()
          && isSteady(call.getMethodSelect());
    }
    return tree instanceof IdentifierTree || tree instanceof LiteralTree;
  }
}
