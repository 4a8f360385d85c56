package dev.bowline.checks.sharing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.OwnCodePathScanner;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the call that relies on what a check said: one look forward through the method. */
final class Acts {
  private static final ImmutableSet<String> ATOMIC =
      ImmutableSet.of(
          "putIfAbsent", "computeIfAbsent", "computeIfPresent", "compute", "merge", "replace");

  private final TreePath check;
  private final Entry entry;
  private final VisitorState state;

  Acts(TreePath check, Entry entry, VisitorState state) {
    this.check = check;
    this.entry = entry;
    this.state = state;
  }

  Optional<Act> find() {
    String name = Calls.name((MethodInvocationTree) check.getLeaf());
    if (name.equals("containsKey")) {
      return afterTest(check, true, null);
    }
    VarSymbol kept = variableGiven();
    Optional<Act> update = kept == null ? putAround() : putOfChanged(kept);
    if (update.isPresent() || !name.equals("get")) {
      return update;
    }
    TreePath comparison = Outcome.comparisonWithNull(check);
    if (comparison != null) {
      return afterComparison(comparison, kept);
    }
    if (kept == null) {
      return Optional.empty();
    }
    for (TreePath test : comparisons(kept)) {
      if (!isWritten(ImmutableSet.of(kept), check, test)) {
        Optional<Act> act = afterComparison(test, kept);
        if (act.isPresent()) {
          return act;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Act> afterComparison(TreePath comparison, VarSymbol kept) {
    return afterTest(comparison, comparison.getLeaf().getKind() == Tree.Kind.NOT_EQUAL_TO, kept);
  }

  /**
   * @param trueIfPresent whether the test is true if the map has the entry
   * @param kept the variable that has what the check returned; null if there is none
   */
  private Optional<Act> afterTest(TreePath test, boolean trueIfPresent, VarSymbol kept) {
    Outcome outcome = Outcome.of(test);
    ImmutableList<TreePath> absent = outcome.code(!trueIfPresent);
    Optional<TreePath> put = first(absent, this::isPut);
    Act.Kind kind = Act.Kind.OVERWRITES;
    if (put.isEmpty() && kept != null && absent.size() == 1 && assigns(absent.get(0), kept)) {
      // if (list == null) list = new …; list.add(…); map.put(key, list);
      Iterable<TreePath> later = Outcome.after(absent.get(0).getParentPath());
      put = first(later, path -> isPut(path) && puts(path, kept));
      kind = Act.Kind.LOSES_CHANGE;
    }
    if (put.isPresent()) {
      return Memo.is((MethodInvocationTree) put.get().getLeaf(), state)
          ? Optional.empty()
          : Optional.of(new Act(kind, put.get()));
    }
    return first(
            outcome.code(trueIfPresent),
            path -> isOnEntry(path, "remove", 1) || (isOnEntry(path, "get", 1) && losesEntries()))
        .filter(this::reliesOnResult)
        .map(path -> new Act(Act.Kind.FINDS_NOTHING, path));
  }

  private boolean losesEntries() {
    return SharedMap.losesEntries(ASTHelpers.getReceiver((ExpressionTree) check.getLeaf()), state);
  }

  /** The put that the check is an argument of: {@code map.put(key, map.get(key) + 1)}. */
  private Optional<Act> putAround() {
    Tree child = check.getLeaf();
    for (TreePath path = check.getParentPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof StatementTree || tree instanceof LambdaExpressionTree) {
        return Optional.empty();
      }
      if (isPut(path) && ((MethodInvocationTree) tree).getArguments().indexOf(child) == 1) {
        return Optional.of(new Act(Act.Kind.LOSES_CHANGE, path));
      }
      child = tree;
    }
    return Optional.empty();
  }

  /** A put of what is calculated from the variable: {@code map.put(key, count + 1)}. */
  private Optional<Act> putOfChanged(VarSymbol kept) {
    return first(Outcome.after(statement()), path -> isPut(path) && putsChanged(path, kept))
        .map(path -> new Act(Act.Kind.LOSES_CHANGE, path));
  }

  private boolean putsChanged(TreePath put, VarSymbol kept) {
    if (puts(put, kept)) {
      return hasBetween(check, put, tree -> isChange(tree, ImmutableSet.of(kept)));
    }
    if (isWritten(ImmutableSet.of(kept), check, put)) {
      return false;
    }
    boolean[] found = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitBinary(BinaryTree tree, Void unused) {
        found[0] |=
            tree.getKind() != Tree.Kind.EQUAL_TO
                && tree.getKind() != Tree.Kind.NOT_EQUAL_TO
                && (isKept(tree.getLeftOperand()) || isKept(tree.getRightOperand()));
        return super.visitBinary(tree, null);
      }

      private boolean isKept(ExpressionTree operand) {
        return Calls.names(operand, kept);
      }
    }.scan(((MethodInvocationTree) put.getLeaf()).getArguments().get(1), null);
    return found[0];
  }

  private static boolean puts(TreePath put, VarSymbol kept) {
    return Calls.names(((MethodInvocationTree) put.getLeaf()).getArguments().get(1), kept);
  }

  private boolean assigns(TreePath code, VarSymbol kept) {
    boolean[] found = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitAssignment(AssignmentTree tree, Void unused) {
        found[0] |= Calls.names(tree.getVariable(), kept);
        return super.visitAssignment(tree, null);
      }
    }.scan(code.getLeaf(), null);
    return found[0];
  }

  /** The local variable that is given what the check returns; null if there is none. */
  private VarSymbol variableGiven() {
    Tree parent = check.getParentPath().getLeaf();
    Tree variable =
        parent instanceof AssignmentTree assignment && assignment.getExpression() == check.getLeaf()
            ? assignment.getVariable()
            : parent instanceof VariableTree ? parent : null;
    VarSymbol symbol = Calls.variable(variable);
    return symbol == null || symbol.getKind().isField() ? null : symbol;
  }

  private TreePath statement() {
    TreePath path = check;
    while (!(path.getLeaf() instanceof StatementTree)) {
      path = path.getParentPath();
    }
    return path;
  }

  /** The comparisons with null of the variable in what follows the check. */
  private ImmutableList<TreePath> comparisons(VarSymbol kept) {
    ImmutableList.Builder<TreePath> comparisons = ImmutableList.builder();
    for (TreePath later : Outcome.after(statement())) {
      new OwnCodePathScanner() {
        @Override
        public Void visitIdentifier(IdentifierTree tree, Void unused) {
          TreePath comparison =
              Calls.names(tree, kept) ? Outcome.comparisonWithNull(getCurrentPath()) : null;
          if (comparison != null) {
            comparisons.add(comparison);
          }
          return null;
        }
      }.scan(later, null);
    }
    return comparisons.build();
  }

  /** The first such call, if it is on the same entry still, and nothing atomic is done before. */
  private Optional<TreePath> first(Iterable<TreePath> code, Predicate<TreePath> condition) {
    return Calls.first(code, condition)
        .filter(path -> !isWritten(entry.variables(), check, path))
        .filter(
            path ->
                !hasBetween(
                    check,
                    path,
                    tree ->
                        tree instanceof MethodInvocationTree call
                            && ATOMIC.contains(Calls.name(call))
                            && entry.isOf(call)));
  }

  private boolean isPut(TreePath path) {
    return isOnEntry(path, "put", 2)
        && path.getParentPath().getLeaf() instanceof ExpressionStatementTree;
  }

  private boolean isOnEntry(TreePath path, String name, int arguments) {
    return path.getLeaf() instanceof MethodInvocationTree call
        && call.getArguments().size() == arguments
        && Calls.name(call).equals(name)
        && entry.isOf(call);
  }

  /** Whether null, as the result of a call, would throw. */
  private boolean reliesOnResult(TreePath path) {
    TreePath parent = path.getParentPath();
    Tree child = path.getLeaf();
    while (parent.getLeaf() instanceof ParenthesizedTree) {
      child = parent.getLeaf();
      parent = parent.getParentPath();
    }
    Tree tree = parent.getLeaf();
    if (tree instanceof VariableTree variable) {
      return variable.getType() instanceof PrimitiveTypeTree
          || reliesOn(ASTHelpers.getSymbol(variable));
    }
    return isDereferenced(tree, child)
        || (tree instanceof BinaryTree
            && tree.getKind() != Tree.Kind.EQUAL_TO
            && tree.getKind() != Tree.Kind.NOT_EQUAL_TO
            && isBoxed(ASTHelpers.getType(path.getLeaf())));
  }

  private boolean reliesOn(VarSymbol kept) {
    var uses = Occurrences.in(state).of(kept);
    return !kept.getKind().isField()
        && uses.stream().allMatch(use -> Outcome.comparisonWithNull(use) == null)
        && uses.stream()
            .anyMatch(use -> isDereferenced(use.getParentPath().getLeaf(), use.getLeaf()));
  }

  private static boolean isDereferenced(Tree parent, Tree child) {
    return (parent instanceof MemberSelectTree select && select.getExpression() == child)
        || (parent instanceof EnhancedForLoopTree loop && loop.getExpression() == child);
  }

  private boolean isBoxed(Type type) {
    return type != null && state.getTypes().unboxedType(type).isPrimitive();
  }

  /** Whether something is assigned to one of these variables between two places of the method. */
  private boolean isWritten(Set<? extends Symbol> variables, TreePath from, TreePath to) {
    return hasBetween(
        from,
        to,
        tree ->
            isChange(tree, variables)
                || (tree instanceof AssignmentTree assignment
                    && variables.contains(Calls.variable(assignment.getVariable()))));
  }

  private static boolean isChange(Tree tree, Set<? extends Symbol> variables) {
    return (tree instanceof CompoundAssignmentTree change
            && variables.contains(Calls.variable(change.getVariable())))
        || (tree instanceof UnaryTree step
            && step.getKind() != Tree.Kind.LOGICAL_COMPLEMENT
            && variables.contains(Calls.variable(step.getExpression())));
  }

  private static boolean hasBetween(TreePath from, TreePath to, Predicate<Tree> condition) {
    int start = ASTHelpers.getStartPosition(from.getLeaf());
    int end = ASTHelpers.getStartPosition(to.getLeaf());
    boolean[] found = {false};
    TreePath body = from;
    while (!(body.getLeaf() instanceof MethodTree)
        && !(body.getLeaf() instanceof LambdaExpressionTree)
        && !(body.getLeaf() instanceof ClassTree)) {
      body = body.getParentPath();
    }
    new TreeScanner<Void, Void>() {
      @Override
      public Void scan(Tree tree, Void unused) {
        if (tree != null && !found[0]) {
          int position = ASTHelpers.getStartPosition(tree);
          found[0] = position > start && position < end && condition.test(tree);
          super.scan(tree, null);
        }
        return null;
      }
    }.scan(body.getLeaf(), null);
    return found[0];
  }
}
