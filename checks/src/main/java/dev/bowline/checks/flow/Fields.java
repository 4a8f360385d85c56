package dev.bowline.checks.flow;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Occurrences;
import java.util.regex.Pattern;

/** Whether the class that keeps a value in a field ever does what the value obliges to. */
final class Fields {
  /** Methods that by their name run when there is an old value. */
  private static final Pattern REPLACES =
      Pattern.compile(
          "(re(set|load|start|new|fresh|size|place|connect|open|build|create)|set[A-Z]|update|replace|change|swap).*");

  private final Obligation obligation;
  private final VisitorState state;
  private final Uses uses;
  private final Occurrences occurrences;

  Fields(Obligation obligation, VisitorState state) {
    this.obligation = obligation;
    this.state = state;
    this.uses = new Uses(obligation, state);
    this.occurrences = Occurrences.in(state);
  }

  /** Whether the file meets the obligation of the field's value, or others may. */
  boolean isMetOrOutOfSight(VarSymbol field) {
    return !isOnlyInThisFile(field)
        || Uses.isAnnotated(field, "NotOwning")
        || uses.ofVariable(field).ends();
  }

  /** Whether no code but this file's can have the value of this variable. */
  boolean isSeenWhole(VarSymbol variable) {
    return (!Place.isField(variable) || isOnlyInThisFile(variable))
        && !occurrences.valuesOf(variable).isEmpty()
        && occurrences.valuesOf(variable).stream()
            .allMatch(value -> value.getLeaf() instanceof NewClassTree);
  }

  private static boolean isOnlyInThisFile(VarSymbol field) {
    for (Symbol symbol = field; symbol != null; symbol = symbol.owner) {
      if (symbol.isPrivate()
          || (symbol instanceof ClassSymbol type && type.isDirectlyOrIndirectlyLocal())) {
        return true;
      }
    }
    return false;
  }

  /** Whether this variable is ever given a value that the obligation follows. */
  boolean isGivenCreation(VarSymbol variable) {
    return occurrences.valuesOf(variable).stream()
        .anyMatch(value -> isCreation((ExpressionTree) value.getLeaf()));
  }

  private boolean isCreation(ExpressionTree value) {
    if (value instanceof ParenthesizedTree parenthesized) {
      return isCreation(parenthesized.getExpression());
    }
    if (value instanceof TypeCastTree cast) {
      return isCreation(cast.getExpression());
    }
    if (value instanceof ConditionalExpressionTree choice) {
      return isCreation(choice.getTrueExpression()) || isCreation(choice.getFalseExpression());
    }
    return obligation.isCreatedBy(value, state);
  }

  /**
   * Whether the assignment at hand takes the place of a value that the field surely had, and the
   * method has not looked at that before.
   */
  boolean isOverwrittenHere(VarSymbol field, TreePath creation) {
    TreePath assignment = creation.getParentPath();
    MethodTree method = methodAround(creation);
    if (!(assignment.getLeaf() instanceof AssignmentTree)
        || method == null
        || ASTHelpers.getSymbol(method).isConstructor()
        || !isOnlyInThisFile(field)
        || !(hasValueFromTheStart(field) || REPLACES.matcher(method.getName()).matches())) {
      return false;
    }
    int position = ASTHelpers.getStartPosition(assignment.getLeaf());
    for (TreePath occurrence : occurrences.of(field)) {
      if (isIn(method, occurrence)
          && ASTHelpers.getStartPosition(occurrence.getLeaf()) != position) {
        return false;
      }
      if (uses.of(occurrence, true).ends()
          && Callers.of(occurrence, occurrences).stream().anyMatch(call -> isIn(method, call))) {
        return false;
      }
    }
    return true;
  }

  private boolean hasValueFromTheStart(VarSymbol field) {
    return occurrences.valuesOf(field).stream()
        .filter(value -> isCreation((ExpressionTree) value.getLeaf()))
        .anyMatch(
            value -> {
              MethodTree method = methodAround(value);
              return value.getParentPath().getLeaf() instanceof VariableTree
                  || (method != null && ASTHelpers.getSymbol(method).isConstructor());
            });
  }

  private static boolean isIn(MethodTree method, TreePath path) {
    for (Tree tree : path) {
      if (tree == method) {
        return true;
      }
    }
    return false;
  }

  private static MethodTree methodAround(TreePath path) {
    for (Tree tree : path) {
      if (tree instanceof LambdaExpressionTree) {
        return null;
      }
      if (tree instanceof MethodTree method) {
        return method;
      }
    }
    return null;
  }
}
