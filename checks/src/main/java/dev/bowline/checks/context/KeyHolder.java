package dev.bowline.checks.context;

import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.fixes.SuggestedFixes;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.context.ContextKeys.Use;
import dev.bowline.checks.model.Occurrences;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;

/** The local variable or field that a key is made for. */
final class KeyHolder {
  private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");

  private final VarSymbol variable;
  private final Tree tree;
  private final ExpressionTree creation;
  private final ContextKeys keys;
  private final VisitorState state;

  private KeyHolder(
      VarSymbol variable,
      Tree tree,
      ExpressionTree creation,
      ContextKeys keys,
      VisitorState state) {
    this.variable = variable;
    this.tree = tree;
    this.creation = creation;
    this.keys = keys;
    this.state = state;
  }

  /**
   * The variable that is given the key at the end of this path.
   *
   * @param creation the key without the parentheses around it
   */
  static Optional<KeyHolder> of(
      TreePath key, ExpressionTree creation, ContextKeys keys, VisitorState state) {
    Tree tree = key.getParentPath().getLeaf();
    Tree named =
        tree instanceof AssignmentTree assignment && assignment.getExpression() == key.getLeaf()
            ? assignment.getVariable()
            : tree instanceof VariableTree ? tree : null;
    return named != null && ASTHelpers.getSymbol(named) instanceof VarSymbol variable
        ? Optional.of(new KeyHolder(variable, tree, creation, keys, state))
        : Optional.empty();
  }

  /** What is wrong with keeping the key here; empty where nothing is, or where we cannot tell. */
  Optional<String> message() {
    if (variable.getKind() != ElementKind.FIELD) {
      return lostUse()
          .map(use -> use.lostBecause("'%s' is made anew by each call".formatted(name())));
    }
    if (variable.isStatic()) {
      return isFinal() ? Optional.empty() : replaceable();
    }
    Optional<Use> lost = lostUse();
    if (lost.isPresent() && variable.getModifiers().contains(Modifier.PRIVATE)) {
      return lost.map(use -> use.lostBecause("'%s' is private to each object".formatted(name())));
    }
    return isConstantButForStatic()
        ? Optional.of(
            "'%s' is named like a constant, but each '%s' has another key there, so what is put under one is not found under the next: keys are told apart by identity, not by name. Make it 'static final'."
                .formatted(name(), variable.enclClass().getSimpleName()))
        : Optional.empty();
  }

  /** The only way in which anybody uses the key, where this file tells and that is in vain. */
  private Optional<Use> lostUse() {
    Occurrences occurrences = Occurrences.in(state);
    List<Use> uses = keys.usesOf(variable, state);
    return occurrences.expressionsGivenTo(variable).size() == 1
            && uses.size() == 1
            && uses.get(0) != Use.ESCAPES
        ? Optional.of(uses.get(0))
        : Optional.empty();
  }

  private Optional<String> replaceable() {
    if (tree instanceof VariableTree || isInStaticInitialiser()) {
      return Optional.of(
          "'%s' can be given another key, and what was put under the first is then not found any more: keys are told apart by identity, not by name. Make it 'static final'."
              .formatted(name()));
    }
    MethodTree method = state.findEnclosing(MethodTree.class);
    return method == null || isMadeOnDemand()
        ? Optional.empty()
        : Optional.of(
            "Every run of '%s' puts another key into '%s', and what was put under the one before is not found any more: keys are told apart by identity, not by name. Make one in a 'static final' field."
                .formatted(
                    method.getReturnType() == null
                        ? variable.enclClass().getSimpleName()
                        : method.getName(),
                    name()));
  }

  private boolean isInStaticInitialiser() {
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      if (path.getParentPath().getLeaf() instanceof ClassTree) {
        return path.getLeaf() instanceof BlockTree block && block.isStatic();
      }
    }
    return false;
  }

  /** {@code if (key == null) { key = …; }}, and whatever else asks first or runs later. */
  private boolean isMadeOnDemand() {
    for (Tree each : state.getPath()) {
      if (each instanceof IfTree || each instanceof LambdaExpressionTree) {
        return true;
      }
      if (each instanceof MethodTree) {
        return false;
      }
    }
    return false;
  }

  private boolean isConstantButForStatic() {
    ClassSymbol type = variable.enclClass();
    return tree instanceof VariableTree
        && isFinal()
        && CONSTANT.matcher(name()).matches()
        && KeyConstant.hasConstantName(creation)
        && type.getKind() == ElementKind.CLASS
        && KeyConstant.mayHaveStatics(type);
  }

  /** The modifier that is missing; everything else needs a look at who should share the key. */
  Optional<SuggestedFix> fix() {
    if (variable.getKind() != ElementKind.FIELD) {
      return KeyConstant.forUse(creation, keys, state);
    }
    if (!(tree instanceof VariableTree)
        || variable.getModifiers().contains(Modifier.VOLATILE)
        || Occurrences.in(state).valuesOf(variable).size() != 1) {
      return Optional.empty();
    }
    if (variable.isStatic()) {
      return variable.getModifiers().contains(Modifier.PRIVATE)
          ? SuggestedFixes.addModifiers(tree, state, Modifier.FINAL)
          : Optional.empty();
    }
    return isConstantButForStatic() && isNamedPlainly()
        ? SuggestedFixes.addModifiers(tree, state, Modifier.STATIC)
        : Optional.empty();
  }

  /** By {@code this.KEY} a static field can be named, but should not. */
  private boolean isNamedPlainly() {
    return variable.getModifiers().contains(Modifier.PRIVATE)
        && Occurrences.in(state).of(variable).stream()
            .noneMatch(path -> path.getLeaf() instanceof MemberSelectTree);
  }

  private boolean isFinal() {
    return variable.getModifiers().contains(Modifier.FINAL);
  }

  private String name() {
    return variable.getSimpleName().toString();
  }
}
