package dev.bowline.checks.flow;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Occurrences;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Finds the obligations of one rule that nobody meets. */
public final class Leaks {
  private final Obligation obligation;

  private Tree newestBody;
  private OwedPaths.Owed newest = OwedPaths.Owed.NOTHING;

  /** Those of this obligation. */
  public Leaks(Obligation obligation) {
    this.obligation = obligation;
  }

  /**
   * The leak of the obligation that begins with the expression at the state's position: at a
   * creation, or at the call that {@link Obligation#isBegunBy begins} it. Where the value gets out
   * of sight there is none.
   */
  public Optional<Leak> at(VisitorState state) {
    ExpressionTree begin = (ExpressionTree) state.getPath().getLeaf();
    TreePath body = bodyAround(state.getPath());
    if (body != null) {
      PathEnd end = owedIn(body, state).atEnd().get(begin);
      if (end != null) {
        return Optional.of(new Leak(Leak.Kind.PATH, end, null));
      }
    }
    return obligation.isOnReceiver() ? Optional.empty() : inField(begin, state);
  }

  /**
   * Whether, when the call at the state's position is made, what this variable holds may still owe.
   * Only for methods that the obligation {@link Obligation#isWatched watches}.
   */
  public boolean owedAt(VarSymbol variable, VisitorState state) {
    TreePath body = bodyAround(state.getPath());
    return body != null
        && owedIn(body, state)
            .atCalls()
            .containsEntry(state.getPath().getLeaf(), Place.of(variable));
  }

  private OwedPaths.Owed owedIn(TreePath body, VisitorState state) {
    if (newestBody != body.getLeaf()) {
      newestBody = body.getLeaf();
      newest = OwedPaths.of(obligation, body, state);
    }
    return newest;
  }

  /** The method, lambda or initialiser block around; null in a field's initialiser. */
  private static TreePath bodyAround(TreePath path) {
    for (TreePath outer = path; outer != null; outer = outer.getParentPath()) {
      Tree tree = outer.getLeaf();
      TreePath parent = outer.getParentPath();
      if (tree instanceof MethodTree
          || tree instanceof LambdaExpressionTree
          || (tree instanceof BlockTree && parent.getLeaf() instanceof ClassTree)) {
        return outer;
      }
      if (tree instanceof ClassTree) {
        return null;
      }
    }
    return null;
  }

  private Optional<Leak> inField(ExpressionTree begin, VisitorState state) {
    Fields fields = new Fields(obligation, state);
    Set<VarSymbol> keepers = keepers(begin, fields, state);
    if (keepers.isEmpty()) {
      return Optional.empty();
    }
    for (VarSymbol field : keepers) {
      if (fields.isMetOrOutOfSight(field)) {
        return fields.isOverwrittenHere(field, state.getPath())
            ? Optional.of(new Leak(Leak.Kind.OVERWRITTEN_FIELD, null, field))
            : Optional.empty();
      }
    }
    return Optional.of(new Leak(Leak.Kind.FIELD, null, keepers.iterator().next()));
  }

  /** The fields that get the value; none where anything else gets it, too. */
  private Set<VarSymbol> keepers(ExpressionTree begin, Fields fields, VisitorState state) {
    Uses uses = new Uses(obligation, state);
    Set<VarSymbol> keepers = new HashSet<>();
    ArrayDeque<VarSymbol> open = new ArrayDeque<>();
    if (obligation.isCreatedBy(begin, state)) {
      Use use = uses.of(state.getPath(), false);
      if (use.kind() == Use.Kind.FIELD) {
        return Set.of(use.variable());
      }
      if (use.kind() != Use.Kind.ALIAS) {
        return Set.of();
      }
      open.add(use.variable());
    } else if (begin instanceof MethodInvocationTree call
        && ASTHelpers.getSymbol(ASTHelpers.getReceiver(call)) instanceof VarSymbol variable
        && fields.isGivenCreation(variable)) {
      if (Place.isField(variable)) {
        return Set.of(variable);
      }
      open.add(variable);
    }
    Set<VarSymbol> seen = new HashSet<>();
    while (!open.isEmpty()) {
      VarSymbol variable = open.remove();
      if (!seen.add(variable)) {
        continue;
      }
      for (TreePath occurrence : Occurrences.in(state).of(variable)) {
        Use use = uses.of(occurrence, false);
        switch (use.kind()) {
          case ALIAS -> open.add(use.variable());
          case FIELD -> keepers.add(use.variable());
          case MET, HANDED_ON, RETURNED -> {
            return Set.of();
          }
          case USED -> {}
        }
      }
    }
    return keepers;
  }
}
