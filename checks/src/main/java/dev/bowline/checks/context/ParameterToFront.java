package dev.bowline.checks.context;

import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.MethodUses;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;

/** Moves a parameter to the front of a private method or constructor and of all calls of it. */
final class ParameterToFront {
  private ParameterToFront() {}

  /**
   * The fix, in one go for the declaration and the calls; empty where it could change what the code
   * does: another method of that name could be called instead, a comment between the arguments
   * would end up beside the wrong one, or two arguments with effects would swap places.
   */
  static Optional<SuggestedFix> fix(MethodTree method, int from, int to, VisitorState state) {
    MethodSymbol symbol = ASTHelpers.getSymbol(method);
    if (!symbol.getModifiers().contains(Modifier.PRIVATE)
        || (symbol.isVarArgs() && from == method.getParameters().size() - 1)
        || hasOverloads(symbol, state)) {
      return Optional.empty();
    }
    MethodUses uses = MethodUses.in(state.getPath().getCompilationUnit(), symbol);
    SuggestedFix.Builder fix = SuggestedFix.builder();
    boolean possible = move(method.getParameters(), from, to, fix, state);
    for (TreePath use : uses.calls()) {
      List<? extends ExpressionTree> arguments =
          use.getLeaf() instanceof NewClassTree creation
              ? creation.getArguments()
              : ((MethodInvocationTree) use.getLeaf()).getArguments();
      possible =
          possible
              && !isNested(use, uses.calls())
              && canSwap(arguments, from, to)
              && move(arguments, from, to, fix, state);
    }
    return possible ? Optional.of(fix.build()) : Optional.empty();
  }

  /** Inherited ones and those of outer classes included: the new order could fit one of them. */
  private static boolean hasOverloads(MethodSymbol method, VisitorState state) {
    for (ClassSymbol type = method.enclClass();
        type != null;
        type = type.owner == null ? null : type.owner.enclClass()) {
      Iterable<Symbol> same =
          method.isConstructor()
              ? type.members().getSymbolsByName(method.name)
              : state.getTypes().membersClosure(type.type, false).getSymbolsByName(method.name);
      for (Symbol other : same) {
        if (!other.equals(method)) {
          return true;
        }
      }
      if (method.isConstructor()) {
        return false;
      }
    }
    return false;
  }

  private static boolean move(
      List<? extends Tree> trees, int from, int to, SuggestedFix.Builder fix, VisitorState state) {
    if (trees.subList(to, from + 1).stream().anyMatch(tree -> hasComments(tree, state))) {
      return false;
    }
    // Inserting and deleting leaves what stands in between to the fixes of calls in there.
    CharSequence separator =
        state
            .getSourceCode()
            .subSequence(
                state.getEndPosition(trees.get(to)),
                ASTHelpers.getStartPosition(trees.get(to + 1)));
    fix.prefixWith(trees.get(to), state.getSourceForNode(trees.get(from)) + separator);
    fix.replace(
        state.getEndPosition(trees.get(from - 1)), state.getEndPosition(trees.get(from)), "");
    return true;
  }

  /** A comment beside an argument belongs to it, and would end up beside another one. */
  private static boolean hasComments(Tree tree, VisitorState state) {
    CharSequence source = state.getSourceCode();
    int before = ASTHelpers.getStartPosition(tree) - 1;
    while (Character.isWhitespace(source.charAt(before))) {
      before--;
    }
    int after = state.getEndPosition(tree);
    while (Character.isWhitespace(source.charAt(after))) {
      after++;
    }
    return (source.charAt(before) != '(' && source.charAt(before) != ',')
        || (source.charAt(after) != ')' && source.charAt(after) != ',');
  }

  private static boolean canSwap(List<? extends ExpressionTree> arguments, int from, int to) {
    ExpressionTree moved = arguments.get(from);
    return arguments.subList(to, from).stream()
        .allMatch(
            passed ->
                (isConstant(moved) && !assigns(passed))
                    || (isConstant(passed) && !assigns(moved))
                    || (isRead(moved) && isRead(passed)));
  }

  /** Its value is the same before and after anything that is called. */
  private static boolean isConstant(ExpressionTree tree) {
    return tree instanceof LiteralTree
        || tree instanceof LambdaExpressionTree
        || (tree instanceof IdentifierTree identifier
            && isConstant(ASTHelpers.getSymbol(identifier)))
        || (tree instanceof MemberSelectTree select
            && isConstant(ASTHelpers.getSymbol(select))
            && (ASTHelpers.getSymbol(select).isStatic() || isConstant(select.getExpression())));
  }

  private static boolean isConstant(Symbol symbol) {
    return symbol instanceof VarSymbol variable
        && (variable.getKind() == ElementKind.LOCAL_VARIABLE
            || variable.getKind() == ElementKind.PARAMETER
            || variable.getKind() == ElementKind.ENUM_CONSTANT
            || variable.getModifiers().contains(Modifier.FINAL)
            || variable.name.contentEquals("this"));
  }

  private static boolean isRead(ExpressionTree tree) {
    return isConstant(tree)
        || tree instanceof IdentifierTree
        || (tree instanceof MemberSelectTree select && isRead(select.getExpression()));
  }

  private static boolean assigns(ExpressionTree tree) {
    AtomicBoolean assigns = new AtomicBoolean();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitAssignment(AssignmentTree assignment, Void unused) {
        assigns.set(true);
        return null;
      }

      @Override
      public Void visitCompoundAssignment(CompoundAssignmentTree assignment, Void unused) {
        assigns.set(true);
        return null;
      }

      @Override
      public Void visitUnary(UnaryTree operation, Void unused) {
        if (operation.getKind() != Tree.Kind.LOGICAL_COMPLEMENT) {
          assigns.set(true);
        }
        return super.visitUnary(operation, null);
      }
    }.scan(tree, null);
    return assigns.get();
  }

  /** Two replacements cannot overlap. */
  private static boolean isNested(TreePath use, List<TreePath> uses) {
    for (TreePath path = use.getParentPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (uses.stream().anyMatch(other -> other.getLeaf() == tree)) {
        return true;
      }
    }
    return false;
  }
}
