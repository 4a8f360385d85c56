package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.MethodUses;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.TestTimeouts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who waits for a latch or phaser in its file. */
final class LatchWaits {
  private static final ImmutableSet<String> WITHOUT_ARGUMENTS =
      ImmutableSet.of("await", "arriveAndAwaitAdvance");

  /** Whose only argument is a phase, or the latch. */
  private static final ImmutableSet<String> WITH_ONE_ARGUMENT =
      ImmutableSet.of("awaitAdvance", "awaitAdvanceInterruptibly", "awaitUninterruptibly");

  private LatchWaits() {}

  /** Whether some code waits for what this variable holds, with no bound on how long. */
  static boolean isAwaitedWithoutBound(VarSymbol latch, VisitorState state) {
    return holders(latch, state).stream()
        .flatMap(holder -> Occurrences.in(state).of(holder).stream())
        .anyMatch(use -> isUnboundedWait(use) && !TestTimeouts.mayBound(use, state));
  }

  /** The variable, and those that a constructor of this file hands it on from. */
  private static Set<VarSymbol> holders(VarSymbol latch, VisitorState state) {
    Set<VarSymbol> holders = new HashSet<>(Set.of(latch));
    for (ExpressionTree value : Occurrences.in(state).expressionsGivenTo(latch)) {
      if (ASTHelpers.getSymbol(value) instanceof VarSymbol parameter
          && parameter.owner instanceof MethodSymbol constructor
          && constructor.isConstructor()) {
        int index = constructor.getParameters().indexOf(parameter);
        for (TreePath use :
            MethodUses.in(state.getPath().getCompilationUnit(), constructor).calls()) {
          List<? extends ExpressionTree> arguments = arguments(use.getLeaf());
          if (index >= 0
              && index < arguments.size()
              && ASTHelpers.getSymbol(arguments.get(index)) instanceof VarSymbol given) {
            holders.add(given);
          }
        }
      }
    }
    return holders;
  }

  private static List<? extends ExpressionTree> arguments(Tree tree) {
    return tree instanceof NewClassTree creation ? creation.getArguments() : List.of();
  }

  private static boolean isUnboundedWait(TreePath use) {
    TreePath parent = use.getParentPath();
    Tree tree = parent.getLeaf() instanceof MethodInvocationTree call ? call : null;
    if (tree == null && parent.getParentPath() != null) {
      tree = parent.getParentPath().getLeaf();
    }
    if (!(tree instanceof MethodInvocationTree call)
        || (ASTHelpers.getReceiver(call) != use.getLeaf()
            && !call.getArguments().contains(use.getLeaf()))) {
      return false;
    }
    Symbol method = ASTHelpers.getSymbol(call);
    String name = method.getSimpleName().toString();
    return call.getArguments().isEmpty()
        ? WITHOUT_ARGUMENTS.contains(name)
        : call.getArguments().size() == 1 && WITH_ONE_ARGUMENT.contains(name);
  }
}
