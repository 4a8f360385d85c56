package dev.bowline.checks.flow;

import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Occurrences;
import javax.lang.model.element.ElementKind;

/**
 * Where a value can be found: in a variable, in what a short chain of fields, getters and constant
 * or variable indexes leads to from one, or, until it is assigned, in the expression that made it.
 *
 * @param root a {@link VarSymbol}, or a {@link Tree} for a value that has no name yet
 * @param rest the chain from the root, empty for the root itself
 */
record Place(Object root, String rest) {
  static Place of(VarSymbol variable) {
    return new Place(variable, "");
  }

  static Place of(Tree creation) {
    return new Place(creation, "");
  }

  /** The place that this expression reads; null where it is computed. */
  static Place read(ExpressionTree expression) {
    if (expression instanceof ParenthesizedTree parenthesized) {
      return read(parenthesized.getExpression());
    }
    if (expression instanceof TypeCastTree cast) {
      return read(cast.getExpression());
    }
    if (expression instanceof IdentifierTree) {
      return ASTHelpers.getSymbol(expression) instanceof VarSymbol variable
              && !Occurrences.isThis(variable)
          ? of(variable)
          : null;
    }
    if (expression instanceof MemberSelectTree select) {
      return ASTHelpers.getSymbol(select) instanceof VarSymbol field
          ? readField(select, field)
          : null;
    }
    if (expression instanceof MethodInvocationTree call && call.getArguments().isEmpty()) {
      ExpressionTree receiver = ASTHelpers.getReceiver(call);
      Place owner = receiver == null ? null : read(receiver);
      return owner == null
          ? null
          : owner.then("." + ASTHelpers.getSymbol(call).getSimpleName() + "()");
    }
    if (expression instanceof ArrayAccessTree access) {
      Place array = read(access.getExpression());
      return array == null ? null : array.then(index(access.getIndex()));
    }
    return null;
  }

  private static Place readField(MemberSelectTree select, VarSymbol field) {
    if (field.isStatic() || Occurrences.isThis(ASTHelpers.getSymbol(select.getExpression()))) {
      return Occurrences.isThis(field) ? null : of(field);
    }
    Place owner = read(select.getExpression());
    return owner == null ? null : owner.then("." + field.getSimpleName());
  }

  private static String index(ExpressionTree index) {
    if (index instanceof LiteralTree literal) {
      return "[" + literal.getValue() + "]";
    }
    return index instanceof IdentifierTree variable ? "[" + variable.getName() + "]" : "[?]";
  }

  private Place then(String step) {
    return new Place(root, rest + step);
  }

  /** Whether this is the other place, or is reached from it. */
  boolean isFrom(Place other) {
    return root.equals(other.root) && rest.startsWith(other.rest);
  }

  static boolean isField(VarSymbol variable) {
    return variable.getKind() == ElementKind.FIELD
        || variable.getKind() == ElementKind.ENUM_CONSTANT;
  }
}
