package dev.bowline.checks.flow;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.Iterables;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.TypeTag;
import dev.bowline.checks.model.Occurrences;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.checkerframework.errorprone.dataflow.analysis.TransferInput;
import org.checkerframework.errorprone.dataflow.analysis.UnusedAbstractValue;
import org.checkerframework.errorprone.dataflow.cfg.ControlFlowGraph;
import org.checkerframework.errorprone.dataflow.cfg.block.Block;

/** What one method, lambda or initialiser block leaves owed. */
final class OwedPaths {
  /** Each doubles the ways for things to stand. */
  private static final int MOST_FLAGS = 5;

  private final Obligation obligation;
  private final VisitorState state;
  private final Uses uses;
  private final Occurrences occurrences;
  private final TreePath body;

  /** Creations to follow, with the variables that each may reach. */
  private final Map<ExpressionTree, Set<VarSymbol>> followed = new LinkedHashMap<>();

  /** For locks: where the file acquires and releases the same one. */
  private final Map<ExpressionTree, Touches> touches = new HashMap<>();

  /** Paths to what begins or ends something: the conditions around them are worth remembering. */
  private final List<TreePath> turns = new ArrayList<>();

  private final Set<Tree> partsOfEndings = new HashSet<>();

  private OwedPaths(Obligation obligation, TreePath body, VisitorState state) {
    this.obligation = obligation;
    this.state = state;
    this.uses = new Uses(obligation, state);
    this.occurrences = Occurrences.in(state);
    this.body = body;
  }

  /**
   * What the code at the end of this path leaves owed.
   *
   * @param body a path to a method, a lambda or an initialiser block
   */
  static Owed of(Obligation obligation, TreePath body, VisitorState state) {
    OwedPaths paths = new OwedPaths(obligation, body, state);
    paths.findCreations();
    if (paths.followed.isEmpty()) {
      return Owed.NOTHING;
    }
    ControlFlowGraph graph = ControlFlow.of(body, state);
    return graph == null ? Owed.NOTHING : paths.solve(graph);
  }

  /**
   * What a body leaves owed.
   *
   * @param atEnd where each obligation began, and how a path on which it is not met ends
   * @param atCalls the places of what is owed when a watched call is made, on any path
   */
  record Owed(
      ImmutableMap<ExpressionTree, PathEnd> atEnd, ImmutableSetMultimap<Tree, Place> atCalls) {
    static final Owed NOTHING = new Owed(ImmutableMap.of(), ImmutableSetMultimap.of());
  }

  private void findCreations() {
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        follow(call, getCurrentPath());
        return super.visitMethodInvocation(call, null);
      }

      @Override
      public Void visitNewClass(NewClassTree creation, Void unused) {
        follow(creation, getCurrentPath());
        scan(creation.getEnclosingExpression(), null);
        scan(creation.getArguments(), null);
        return null;
      }

      @Override
      public Void visitLambdaExpression(LambdaExpressionTree lambda, Void unused) {
        return lambda == body.getLeaf() ? super.visitLambdaExpression(lambda, null) : null;
      }

      @Override
      public Void visitClass(ClassTree type, Void unused) {
        return null;
      }
    }.scan(body, null);
  }

  private void follow(ExpressionTree creation, TreePath path) {
    if (!obligation.isCreatedBy(creation, state)
        || (obligation.isOnReceiver() && ASTHelpers.getReceiver(creation) == null)) {
      return;
    }
    turns.add(path);
    if (obligation.isOnReceiver()) {
      Place place = Place.read(ASTHelpers.getReceiver(creation));
      if (place != null && place.root() instanceof VarSymbol root && !isAnswerKeptElsewhere(path)) {
        followed.put(creation, Set.of(root));
        touches.put(creation, Touches.of(obligation, place, state));
      }
      return;
    }
    Use use = uses.of(path, false);
    if (!use.ends()) {
      followed.put(creation, use.variable() == null ? Set.of() : aliases(use.variable()));
    }
  }

  /** Whether somebody out of sight learns whether the lock was taken: return lock.tryLock(). */
  private boolean isAnswerKeptElsewhere(TreePath acquire) {
    TreePath path = acquire;
    while (path.getParentPath().getLeaf() instanceof BinaryTree
        || path.getParentPath().getLeaf() instanceof UnaryTree
        || path.getParentPath().getLeaf() instanceof ParenthesizedTree) {
      path = path.getParentPath();
    }
    // Which arm of a conditional expression answered is lost with its value.
    return (path.getParentPath().getLeaf() instanceof ConditionalExpressionTree choice
            && choice.getCondition() != path.getLeaf())
        || uses.of(path, false).ends();
  }

  private Set<VarSymbol> aliases(VarSymbol first) {
    Set<VarSymbol> found = new LinkedHashSet<>();
    ArrayDeque<VarSymbol> open = new ArrayDeque<>(List.of(first));
    while (!open.isEmpty()) {
      VarSymbol next = open.remove();
      if (!found.add(next)) {
        continue;
      }
      for (TreePath occurrence : occurrences.of(next)) {
        Use use = uses.of(occurrence, false);
        if (use.kind() == Use.Kind.ALIAS) {
          open.add(use.variable());
        }
        VarSymbol bound = Uses.boundBy(occurrence);
        if (bound != null) {
          open.add(bound);
        }
      }
    }
    return found;
  }

  private Owed solve(ControlFlowGraph graph) {
    ImmutableListMultimap<Tree, Place> endings = endings();
    OwedTransfer transfer =
        new OwedTransfer(
            obligation,
            state,
            uses,
            ImmutableSet.copyOf(followed.keySet()),
            endings,
            flags(),
            ImmutableSet.copyOf(partsOfEndings));
    Solver solver = new Solver(transfer);
    solver.performAnalysis(graph);

    Map<ExpressionTree, PathEnd> owed = new LinkedHashMap<>();
    for (Block exit : List.of(graph.getRegularExitBlock(), graph.getExceptionalExitBlock())) {
      TransferInput<UnusedAbstractValue, Facts> input = solver.getInput(exit);
      if (input == null) {
        continue;
      }
      input.getRegularStore().stream()
          .filter(fact -> fact.begin() != null)
          .filter(
              fact ->
                  !obligation.isOnReceiver()
                      || !touches
                          .get(fact.creation())
                          .areLeftToOthers(
                              fact.creation(), body, exit.equals(graph.getRegularExitBlock())))
          .forEach(fact -> owed.computeIfAbsent(fact.begin(), begin -> solver.endOf(fact, exit)));
    }
    return new Owed(ImmutableMap.copyOf(owed), ImmutableSetMultimap.copyOf(transfer.owedAt()));
  }

  /** Which trees, when evaluated, leave nothing owed at which places. */
  private ImmutableListMultimap<Tree, Place> endings() {
    ImmutableListMultimap.Builder<Tree, Place> endings = ImmutableListMultimap.builder();
    if (obligation.isOnReceiver()) {
      touches.forEach(
          (creation, ofLock) -> {
            Place place = Place.read(ASTHelpers.getReceiver(creation));
            ofLock.releases().forEach(release -> addEnding(release, place, endings));
          });
    } else {
      followed.values().stream()
          .flatMap(Collection::stream)
          .distinct()
          .forEach(variable -> addEndings(Place.of(variable), endings));
    }
    return endings.build();
  }

  private void addEndings(Place place, ImmutableListMultimap.Builder<Tree, Place> endings) {
    for (TreePath occurrence : occurrences.of((VarSymbol) place.root())) {
      TreePath reading = Touches.reading(place, occurrence);
      if (reading != null
          && uses.of(reading, evaluatedInBody(reading) != reading.getLeaf()).ends()) {
        addEnding(reading, place, endings);
      }
    }
  }

  private void addEnding(
      TreePath ending, Place place, ImmutableListMultimap.Builder<Tree, Place> endings) {
    Tree evaluated = evaluatedInBody(ending);
    if (evaluated != null) {
      turns.add(ending);
      addParts(ending);
      endings.put(evaluated, place);
      ExpressionTree condition = conditionInFinally(ending, place);
      if (condition != null) {
        endings.put(condition, place);
      }
      return;
    }
    // Another method of the file does it, so calls of that one do.
    Callers.of(ending, occurrences).stream()
        .map(this::evaluatedInBody)
        .filter(Objects::nonNull)
        .forEach(call -> endings.put(call, place));
  }

  private void addParts(TreePath ending) {
    Tree part = ending.getLeaf();
    while (part instanceof MethodInvocationTree || part instanceof MemberSelectTree) {
      partsOfEndings.add(part);
      part = ASTHelpers.getReceiver((ExpressionTree) part);
    }
    Tree child = ending.getLeaf();
    for (Tree tree : ending) {
      if (tree instanceof TryTree attempt && child == attempt.getFinallyBlock()) {
        addCallsBefore(ASTHelpers.getStartPosition(ending.getLeaf()), child);
      }
      if (tree == body.getLeaf()) {
        return;
      }
      child = tree;
    }
  }

  /** What a finally calls on its way to the release is meant not to throw. */
  private void addCallsBefore(int position, Tree finallyBlock) {
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        if (ASTHelpers.getStartPosition(call) < position) {
          partsOfEndings.add(call);
        }
        return super.visitMethodInvocation(call, null);
      }
    }.scan(finallyBlock, null);
  }

  /**
   * The condition under which a finally ends what its try block ends, too: it asks whether the
   * block has done so, in whatever way. Null for none.
   */
  private ExpressionTree conditionInFinally(TreePath ending, Place place) {
    ExpressionTree condition = null;
    Tree child = ending.getLeaf();
    for (TreePath path = ending.getParentPath();
        path != null && path.getLeaf() != body.getLeaf();
        path = path.getParentPath()) {
      if (path.getLeaf() instanceof IfTree choice) {
        condition = ASTHelpers.stripParentheses(choice.getCondition());
      }
      if (path.getLeaf() instanceof TryTree attempt && child == attempt.getFinallyBlock()) {
        return condition != null && isEndedIn(attempt.getBlock(), place) ? condition : null;
      }
      child = path.getLeaf();
    }
    return null;
  }

  private boolean isEndedIn(BlockTree block, Place place) {
    return occurrences.of((VarSymbol) place.root()).stream()
        .map(occurrence -> Touches.reading(place, occurrence))
        .anyMatch(
            reading ->
                reading != null
                    && Iterables.contains(reading, block)
                    && uses.of(reading, false).ends());
  }

  /** The boolean variables of the body that decide whether something begins or ends. */
  private ImmutableSet<VarSymbol> flags() {
    Set<VarSymbol> flags = new LinkedHashSet<>();
    for (TreePath turn : turns) {
      VarSymbol answer = uses.of(turn, false).variable();
      if (answer != null && answer.type.hasTag(TypeTag.BOOLEAN) && !Place.isField(answer)) {
        // boolean locked = lock.tryLock()
        flags.add(answer);
      }
      for (Tree tree : turn) {
        if (tree == body.getLeaf()) {
          break;
        }
        if (tree instanceof IfTree choice) {
          addFlags(choice.getCondition(), flags);
        } else if (tree instanceof ConditionalExpressionTree choice) {
          addFlags(choice.getCondition(), flags);
        }
      }
    }
    return flags.stream().limit(MOST_FLAGS).collect(ImmutableSet.toImmutableSet());
  }

  private static void addFlags(ExpressionTree condition, Set<VarSymbol> flags) {
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        if (ASTHelpers.getSymbol(tree) instanceof VarSymbol variable
            && variable.type.hasTag(TypeTag.BOOLEAN)
            && !Place.isField(variable)) {
          flags.add(variable);
        }
        return null;
      }
    }.scan(condition, null);
  }

  /**
   * What of the body is evaluated for this tree: itself, or the lambda or class around it that
   * captures; null where it is not in the body.
   */
  private Tree evaluatedInBody(TreePath path) {
    Tree evaluated = path.getLeaf();
    for (TreePath outer = path; outer != null; outer = outer.getParentPath()) {
      Tree tree = outer.getLeaf();
      if (tree == body.getLeaf()) {
        return evaluated;
      }
      if (tree instanceof LambdaExpressionTree || tree instanceof ClassTree) {
        evaluated = tree;
      }
    }
    return null;
  }
}
