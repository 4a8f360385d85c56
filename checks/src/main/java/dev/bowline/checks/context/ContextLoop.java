package dev.bowline.checks.context;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.DerivedContexts;
import dev.bowline.checks.model.Loops;
import dev.bowline.checks.model.Occurrences;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A loop, and what it does to a context variable. */
final class ContextLoop {
  private final TreePath path;
  private final VarSymbol variable;
  private final DerivedContexts derived;
  private final VisitorState state;
  private final List<TreePath> uses;
  private final Set<VarSymbol> declared = new HashSet<>();

  ContextLoop(TreePath path, VarSymbol variable, DerivedContexts derived, VisitorState state) {
    this.path = path;
    this.variable = variable;
    this.derived = derived;
    this.state = state;
    uses = Occurrences.in(state).of(variable);
    Tree loop = path.getLeaf();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree tree, Void unused) {
        // What a for statement declares in its head lives from turn to turn.
        if (!(loop instanceof ForLoopTree head && head.getInitializer().contains(tree))) {
          declared.add(ASTHelpers.getSymbol(tree));
        }
        return super.visitVariable(tree, null);
      }
    }.scan(loop, null);
  }

  /** What the loop repeats. */
  StatementTree body() {
    return Loops.body(path.getLeaf());
  }

  /** Whether each turn has a variable of its own. */
  boolean declaresIt() {
    return declared.contains(variable);
  }

  /**
   * Whether work of the turn gets what the assignment makes. What is only put together in the loop,
   * and used after it, is meant to have the values of all turns.
   */
  boolean isGrownBy(TreePath assignment) {
    return isIn(assignment, body())
        && !isStep(((AssignmentTree) assignment.getLeaf()).getExpression())
        && !LoopExit.follows(assignment, path.getLeaf())
        && isFirstOfDerivations(assignment)
        && uses.stream().noneMatch(this::isReadAfterLoop)
        && uses.stream()
            .anyMatch(use -> isAfter(use, assignment) && ContextWork.gets(use, variable, state));
  }

  /**
   * Whether something of the turn makes the context, other than by the API: stages of a pipeline
   * hand theirs on, one to the next.
   */
  private boolean isStep(ExpressionTree derivation) {
    boolean[] step = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        MethodSymbol method = ASTHelpers.getSymbol(call);
        step[0] |=
            method != null
                && !derived.isDerivation(method, state)
                && ASTHelpers.isSubtype(ASTHelpers.getType(call), variable.type, state)
                && mentionsDeclared(ASTHelpers.getReceiver(call));
        return super.visitMethodInvocation(call, null);
      }
    }.scan(derivation, null);
    return step[0];
  }

  private boolean mentionsDeclared(ExpressionTree receiver) {
    boolean[] mentioned = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        mentioned[0] |=
            ASTHelpers.getSymbol(tree) instanceof VarSymbol symbol && declared.contains(symbol);
        return null;
      }
    }.scan(receiver, null);
    return mentioned[0];
  }

  /**
   * Whether the other assignments in the loop derive as well, and come later. One that does not
   * gives a turn a new start.
   */
  private boolean isFirstOfDerivations(TreePath assignment) {
    for (TreePath value : Occurrences.in(state).valuesOf(variable)) {
      TreePath other = value.getParentPath();
      if (other.getLeaf() instanceof AssignmentTree
          && other.getLeaf() != assignment.getLeaf()
          && isIn(other, path.getLeaf())
          && !isBeforeFirstTurn(other)
          && (position(other) < position(assignment)
              || !derived.isDerivedFrom(variable, (ExpressionTree) value.getLeaf(), state))) {
        return false;
      }
    }
    return true;
  }

  private boolean isBeforeFirstTurn(TreePath tree) {
    return path.getLeaf() instanceof ForLoopTree loop
        && loop.getInitializer().stream().anyMatch(head -> isIn(tree, head));
  }

  private boolean isReadAfterLoop(TreePath use) {
    return position(use) > state.getEndPosition(path.getLeaf())
        && !ContextWork.isAssigned(use)
        && isIn(
            use,
            state.findEnclosing(MethodTree.class, LambdaExpressionTree.class, ClassTree.class));
  }

  private boolean isAfter(TreePath use, TreePath assignment) {
    return isIn(use, body())
        && position(use) > state.getEndPosition(assignment.getLeaf())
        && !areAlternatives(assignment, use);
  }

  /** Whether the paths part at an if or a switch: then one of them is taken, not both. */
  private static boolean areAlternatives(TreePath first, TreePath second) {
    Set<Tree> above = new HashSet<>();
    first.forEach(above::add);
    for (Tree tree : second) {
      if (above.contains(tree)) {
        return tree instanceof IfTree || tree.getKind().name().startsWith("SWITCH");
      }
    }
    return false;
  }

  private static boolean isIn(TreePath path, Tree tree) {
    for (Tree each : path) {
      if (each == tree) {
        return true;
      }
    }
    return false;
  }

  private static int position(TreePath path) {
    return ASTHelpers.getStartPosition(path.getLeaf());
  }
}
