package dev.bowline.checks.context;

import com.google.common.collect.Iterables;
import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.fixes.SuggestedFixes;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Puts a body's own context where it uses another one. */
final class OwnContextFix {
  private OwnContextFix() {}

  /** Empty where the own context has no name that can be used there. */
  static Optional<SuggestedFix> at(TreePath use, OwnContext own, VisitorState state) {
    List<Tree> between = between(use, own);
    if (own.variable() == null) {
      // What is current here need not be current in a lambda, which may run elsewhere.
      return between.isEmpty() ? Optional.of(current(use, own, state)) : Optional.empty();
    }
    boolean captured = !between.isEmpty() || own.kind() == OwnContext.Kind.CURRENT;
    if ((captured && !isConstant(own.variable()))
        || isDeclaredIn(own.body().getLeaf(), own.variable())
        || between.stream().anyMatch(tree -> isMemberOf(tree, own.variable(), state))) {
      return Optional.empty();
    }
    return Optional.of(
        SuggestedFix.replace(use.getLeaf(), own.variable().getSimpleName().toString()));
  }

  /** The lambdas and classes that the use is in, up to the body. */
  private static List<Tree> between(TreePath use, OwnContext own) {
    Tree end =
        own.body().getLeaf() instanceof ClassTree ? own.task().getLeaf() : own.body().getLeaf();
    List<Tree> between = new ArrayList<>();
    for (Tree tree : use) {
      if (tree == end) {
        break;
      }
      if (tree instanceof LambdaExpressionTree || tree instanceof ClassTree) {
        between.add(tree);
      }
    }
    return between;
  }

  private static boolean isConstant(VarSymbol variable) {
    return (variable.flags() & (Flags.FINAL | Flags.EFFECTIVELY_FINAL)) != 0;
  }

  /** Another variable of that name would be used instead. */
  private static boolean isDeclaredIn(Tree body, VarSymbol variable) {
    AtomicBoolean declared = new AtomicBoolean();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree other, Void unused) {
        if (other.getName().equals(variable.getSimpleName())) {
          declared.set(true);
        }
        return super.visitVariable(other, null);
      }
    }.scan(body, null);
    return declared.get();
  }

  /** So would a field, inherited ones included. */
  private static boolean isMemberOf(Tree tree, VarSymbol variable, VisitorState state) {
    return tree instanceof ClassTree
        && Iterables.any(
            state
                .getTypes()
                .membersClosure(ASTHelpers.getType(tree), false)
                .getSymbolsByName(variable.name),
            VarSymbol.class::isInstance);
  }

  private static SuggestedFix current(TreePath use, OwnContext own, VisitorState state) {
    SuggestedFix.Builder fix = SuggestedFix.builder();
    String type =
        SuggestedFixes.qualifyType(
            state.withPath(use), fix, ASTHelpers.getSymbol(own.current()).owner);
    return fix.replace(use.getLeaf(), type + ".current()").build();
  }
}
