package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.Loops;
import dev.bowline.checks.model.MethodTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Name;

/**
 * The ways out of an endless loop: a jump, an exception that leaves it, and the end of the process.
 * Unchecked exceptions count where the code throws them itself, or waits for them outside.
 */
final class WaysOut extends TreeScanner<Void, Void> {
  private static final Supplier<com.sun.tools.javac.util.Name> CLOSE =
      VisitorState.memoize(state -> state.getName("close"));

  private static final MethodTable ENDS_PROCESS =
      MethodTable.of(
          ImmutableList.of(
              "java.lang.System#exit",
              "java.lang.Runtime#exit",
              "java.lang.Runtime#halt",
              "org.apache.hadoop.util.ExitUtil#halt*",
              "org.apache.hadoop.util.ExitUtil#terminate",
              "org.apache.kafka.common.utils.Exit#exit",
              "org.apache.kafka.common.utils.Exit#halt"));

  /** Who follows the garbage collector has work as long as there is a process. */
  private static final MethodTable FOLLOWS_COLLECTOR =
      MethodTable.of(
          ImmutableList.of(
              "java.lang.ref.ReferenceQueue#remove", "java.lang.ref.ReferenceQueue#poll"));

  private static final Supplier<Type> INTERRUPTED =
      VisitorState.memoize(state -> state.getTypeFromString("java.lang.InterruptedException"));

  private final VisitorState state;
  private final LoopSurroundings around;
  private final Set<Name> innerLabels = new HashSet<>();
  private final Deque<Caught> caught = new ArrayDeque<>();
  private final Set<CatchTree> interruptCatches = new LinkedHashSet<>();
  private final Set<MethodSymbol> openCalls = new HashSet<>();
  private int innerTargets;
  private boolean found;
  private boolean maybeHidesInterrupt;

  private record Caught(Type type, CatchTree clause) {}

  private WaysOut(LoopSurroundings around, VisitorState state) {
    this.around = around;
    this.state = state;
    found = around.expectUnchecked();
  }

  /** The ways out of a loop without a condition. */
  static WaysOut of(TreePath loop, StatementTree body, VisitorState state) {
    WaysOut ways = new WaysOut(LoopSurroundings.of(loop, state), state);
    ways.scan(body, null);
    return ways;
  }

  /** Whether anything ends the loop, other than an unchecked exception out of a call. */
  boolean exist() {
    return found;
  }

  /** The methods whose unchecked exceptions would leave the loop. */
  Set<MethodSymbol> openCalls() {
    return openCalls;
  }

  /** The catches in the loop that take an {@code InterruptedException} out of a call. */
  Set<CatchTree> interruptCatches() {
    return interruptCatches;
  }

  /** Whether a call in the loop may throw one as a mere {@code Exception}, and a catch takes it. */
  boolean maybeHideInterrupt() {
    return maybeHidesInterrupt;
  }

  static List<Type> types(CatchTree clause) {
    Tree type = clause.getParameter().getType();
    List<Type> types = new ArrayList<>();
    for (Tree each :
        type instanceof UnionTypeTree union
            ? union.getTypeAlternatives()
            : ImmutableList.of(type)) {
      types.add(ASTHelpers.getType(each));
    }
    return types;
  }

  private void addThrown(Type type, boolean explicit) {
    if (type == null || explicit || ASTHelpers.isCheckedExceptionType(type, state)) {
      Optional<Caught> handler =
          caught.stream()
              .filter(each -> ASTHelpers.isSubtype(type, each.type(), state))
              .findFirst();
      found |= handler.isEmpty();
      if (ASTHelpers.isSubtype(type, INTERRUPTED.get(state), state)) {
        handler.ifPresent(each -> interruptCatches.add(each.clause()));
      } else {
        maybeHidesInterrupt |= ASTHelpers.isSubtype(INTERRUPTED.get(state), type, state);
      }
    }
  }

  private boolean isCaught(Type type) {
    return caught.stream().anyMatch(each -> ASTHelpers.isSubtype(type, each.type(), state));
  }

  private void addThrownBy(Tree method) {
    if (ASTHelpers.getSymbol(method) instanceof MethodSymbol symbol
        && !symbol.type.isErroneous()
        && ASTHelpers.getType(method) != null) {
      found |= ENDS_PROCESS.contains(symbol, state) || FOLLOWS_COLLECTOR.contains(symbol, state);
      if (!isCaught(state.getSymtab().runtimeExceptionType)) {
        openCalls.add(symbol);
      }
      Type type = ASTHelpers.getType(method);
      for (Type each : (type.getThrownTypes().isEmpty() ? symbol.type : type).getThrownTypes()) {
        addThrown(each, false);
      }
    } else {
      // In code with errors, nobody knows what it throws.
      maybeHidesInterrupt = true;
      found |= around.takeChecked() && !isCaught(state.getSymtab().exceptionType);
    }
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
    addThrownBy(tree.getMethodSelect());
    return super.visitMethodInvocation(tree, null);
  }

  @Override
  public Void visitNewClass(NewClassTree tree, Void unused) {
    MethodSymbol constructor = ASTHelpers.getSymbol(tree);
    if (constructor != null) {
      constructor.getThrownTypes().forEach(type -> addThrown(type, false));
    }
    return super.visitNewClass(tree, null);
  }

  @Override
  public Void visitThrow(ThrowTree tree, Void unused) {
    addThrown(ASTHelpers.getType(tree.getExpression()), true);
    return super.visitThrow(tree, null);
  }

  @Override
  public Void visitTry(TryTree tree, Void unused) {
    int before = caught.size();
    // The first clause comes out on top.
    for (CatchTree clause : Lists.reverse(List.copyOf(tree.getCatches()))) {
      types(clause).forEach(type -> caught.push(new Caught(type, clause)));
    }
    scan(tree.getResources(), null);
    tree.getResources().forEach(this::addThrownByClose);
    scan(tree.getBlock(), null);
    while (caught.size() > before) {
      caught.pop();
    }
    scan(tree.getCatches(), null);
    return scan(tree.getFinallyBlock(), null);
  }

  private void addThrownByClose(Tree resource) {
    Type type = ASTHelpers.getType(resource);
    if (type != null && type.tsym != null) {
      for (var member :
          state
              .getTypes()
              .membersClosure(type, false)
              .getSymbolsByName(CLOSE.get(state), each -> each instanceof MethodSymbol)) {
        if (((MethodSymbol) member).getParameters().isEmpty()) {
          ((MethodSymbol) member).getThrownTypes().forEach(each -> addThrown(each, false));
          return;
        }
      }
    }
  }

  @Override
  public Void visitReturn(ReturnTree tree, Void unused) {
    found = true;
    return null;
  }

  @Override
  public Void visitBreak(BreakTree tree, Void unused) {
    found |= tree.getLabel() == null ? innerTargets == 0 : !innerLabels.contains(tree.getLabel());
    return null;
  }

  @Override
  public Void visitContinue(ContinueTree tree, Void unused) {
    found |=
        tree.getLabel() != null
            && !innerLabels.contains(tree.getLabel())
            && !tree.getLabel().equals(around.label());
    return null;
  }

  @Override
  public Void visitLabeledStatement(LabeledStatementTree tree, Void unused) {
    innerLabels.add(tree.getLabel());
    return super.visitLabeledStatement(tree, null);
  }

  @Override
  public Void scan(Tree tree, Void unused) {
    if (tree instanceof LambdaExpressionTree || tree instanceof ClassTree) {
      return null;
    }
    boolean isTarget = takesBreak(tree);
    innerTargets += isTarget ? 1 : 0;
    super.scan(tree, null);
    innerTargets -= isTarget ? 1 : 0;
    return null;
  }

  private static boolean takesBreak(Tree tree) {
    return Loops.isLoop(tree) || tree instanceof SwitchTree || tree instanceof SwitchExpressionTree;
  }
}
