package dev.bowline.checks.flow;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.SetMultimap;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.bowline.checks.model.MethodTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.type.TypeMirror;
import org.checkerframework.errorprone.dataflow.analysis.ForwardTransferFunction;
import org.checkerframework.errorprone.dataflow.analysis.TransferInput;
import org.checkerframework.errorprone.dataflow.analysis.TransferResult;
import org.checkerframework.errorprone.dataflow.analysis.UnusedAbstractValue;
import org.checkerframework.errorprone.dataflow.cfg.UnderlyingAST;
import org.checkerframework.errorprone.dataflow.cfg.node.AbstractNodeVisitor;
import org.checkerframework.errorprone.dataflow.cfg.node.AssignmentNode;
import org.checkerframework.errorprone.dataflow.cfg.node.BinaryOperationNode;
import org.checkerframework.errorprone.dataflow.cfg.node.BooleanLiteralNode;
import org.checkerframework.errorprone.dataflow.cfg.node.ConditionalAndNode;
import org.checkerframework.errorprone.dataflow.cfg.node.ConditionalNotNode;
import org.checkerframework.errorprone.dataflow.cfg.node.ConditionalOrNode;
import org.checkerframework.errorprone.dataflow.cfg.node.EqualToNode;
import org.checkerframework.errorprone.dataflow.cfg.node.InstanceOfNode;
import org.checkerframework.errorprone.dataflow.cfg.node.LocalVariableNode;
import org.checkerframework.errorprone.dataflow.cfg.node.MarkerNode;
import org.checkerframework.errorprone.dataflow.cfg.node.MethodInvocationNode;
import org.checkerframework.errorprone.dataflow.cfg.node.Node;
import org.checkerframework.errorprone.dataflow.cfg.node.NotEqualNode;
import org.checkerframework.errorprone.dataflow.cfg.node.NullLiteralNode;
import org.checkerframework.errorprone.dataflow.cfg.node.ObjectCreationNode;
import org.checkerframework.errorprone.dataflow.cfg.node.SwitchExpressionNode;
import org.checkerframework.errorprone.dataflow.cfg.node.TernaryExpressionNode;
import org.checkerframework.errorprone.dataflow.cfg.node.ThrowNode;
import org.checkerframework.errorprone.dataflow.cfg.node.TypeCastNode;
import org.checkerframework.errorprone.dataflow.cfg.node.VariableDeclarationNode;

/** What one step of a method does to the facts. */
final class OwedTransfer
    extends AbstractNodeVisitor<
        TransferResult<UnusedAbstractValue, Facts>, TransferInput<UnusedAbstractValue, Facts>>
    implements ForwardTransferFunction<UnusedAbstractValue, Facts> {
  /** Calls that do not come back, in any case not to code that could still end something. */
  private static final MethodTable NEVER_RETURNS =
      MethodTable.of(
          List.of(
              "java.lang.System#exit",
              "java.lang.Runtime#exit",
              "java.lang.Runtime#halt",
              "junit.framework.Assert#fail",
              "org.junit.Assert#fail",
              "org.junit.jupiter.api.Assertions#fail",
              "org.testng.Assert#fail",
              "org.assertj.core.api.Assertions#fail",
              "com.google.common.truth.Truth#fail"));

  /** More ways than this for things to stand, and the method is too tangled to judge. */
  private static final int MOST_FACTS = 4_000;

  private final Obligation obligation;
  private final VisitorState state;
  private final Uses uses;
  private final ImmutableSet<ExpressionTree> creations;
  private final ImmutableListMultimap<Tree, Place> endings;
  private final ImmutableSet<VarSymbol> flags;
  private final ImmutableSet<Tree> partsOfEndings;

  /** What can be a root of a fact's place; nearly every variable cannot, and needs no look. */
  private final Set<Object> roots = new HashSet<>();

  /** The places of what is owed when a watched call is made, on any path. */
  private final SetMultimap<Tree, Place> owedAt = HashMultimap.create();

  /**
   * @param creations the creations to follow
   * @param endings variables whose values are met or handed on when a tree is evaluated
   * @param flags boolean variables to keep track of
   * @param partsOfEndings calls that lead to one that ends something, and are taken not to throw
   *     unchecked exceptions
   */
  OwedTransfer(
      Obligation obligation,
      VisitorState state,
      Uses uses,
      ImmutableSet<ExpressionTree> creations,
      ImmutableListMultimap<Tree, Place> endings,
      ImmutableSet<VarSymbol> flags,
      ImmutableSet<Tree> partsOfEndings) {
    this.obligation = obligation;
    this.state = state;
    this.uses = uses;
    this.creations = creations;
    this.endings = endings;
    this.flags = flags;
    this.partsOfEndings = partsOfEndings;
    roots.addAll(creations);
  }

  SetMultimap<Tree, Place> owedAt() {
    return owedAt;
  }

  @Override
  public Facts initialStore(UnderlyingAST code, List<LocalVariableNode> parameters) {
    return Facts.atEntry();
  }

  @Override
  public Step visitNode(Node node, TransferInput<UnusedAbstractValue, Facts> in) {
    return step(node, afterEndings(node, in.getRegularStore()));
  }

  private Facts afterEndings(Node node, Facts facts) {
    Tree tree = node.getTree();
    List<Place> ended = tree == null ? List.of() : endings.get(tree);
    return ended.isEmpty()
        ? facts
        : facts.map(fact -> ended.stream().anyMatch(fact::isAt) ? null : fact);
  }

  @Override
  public Step visitLocalVariable(
      LocalVariableNode node, TransferInput<UnusedAbstractValue, Facts> in) {
    Facts facts = afterEndings(node, in.getRegularStore());
    if (!(node.getElement() instanceof VarSymbol variable) || !flags.contains(variable)) {
      return step(node, facts);
    }
    return fork(node, knowing(variable, true, facts), knowing(variable, false, facts));
  }

  private static Facts knowing(VarSymbol flag, boolean value, Facts facts) {
    return facts.map(
        fact -> {
          Boolean known = fact.flags().get(flag);
          if (known != null) {
            return known == value ? fact : null;
          }
          return fact.withFlag(flag, value);
        });
  }

  @Override
  public Step visitConditionalNot(
      ConditionalNotNode node, TransferInput<UnusedAbstractValue, Facts> in) {
    return fork(node, in.getElseStore(), in.getThenStore());
  }

  @Override
  public Step visitConditionalAnd(
      ConditionalAndNode node, TransferInput<UnusedAbstractValue, Facts> in) {
    return fork(node, in.getThenStore(), in.getElseStore());
  }

  @Override
  public Step visitConditionalOr(
      ConditionalOrNode node, TransferInput<UnusedAbstractValue, Facts> in) {
    return fork(node, in.getThenStore(), in.getElseStore());
  }

  @Override
  public Step visitEqualTo(EqualToNode node, TransferInput<UnusedAbstractValue, Facts> in) {
    Facts facts = in.getRegularStore();
    return fork(node, withoutNull(node, facts), facts);
  }

  @Override
  public Step visitNotEqual(NotEqualNode node, TransferInput<UnusedAbstractValue, Facts> in) {
    Facts facts = in.getRegularStore();
    return fork(node, facts, withoutNull(node, facts));
  }

  /** What is followed is not null, nor is what it was reached from. */
  private Facts withoutNull(BinaryOperationNode comparison, Facts facts) {
    Node compared =
        comparison.getRightOperand() instanceof NullLiteralNode
            ? comparison.getLeftOperand()
            : comparison.getLeftOperand() instanceof NullLiteralNode
                ? comparison.getRightOperand()
                : null;
    Place place = compared == null ? null : source(compared);
    return place == null || !roots.contains(place.root())
        ? facts
        : facts.map(
            fact -> fact.places().stream().anyMatch(each -> each.isFrom(place)) ? null : fact);
  }

  private Facts without(Place place, Facts facts) {
    return place == null || !roots.contains(place.root())
        ? facts
        : facts.map(fact -> fact.isAt(place) ? null : fact);
  }

  @Override
  public Step visitInstanceOf(InstanceOfNode node, TransferInput<UnusedAbstractValue, Facts> in) {
    Facts facts = in.getRegularStore();
    Place tested = source(node.getOperand());
    if (tested == null) {
      return step(node, facts);
    }
    Facts then = facts;
    for (LocalVariableNode binding : node.getBindingVariables()) {
      then = assigned((VarSymbol) binding.getElement(), tested, node.getTree(), then);
    }
    return fork(node, then, without(tested, facts));
  }

  @Override
  public Step visitVariableDeclaration(
      VariableDeclarationNode node, TransferInput<UnusedAbstractValue, Facts> in) {
    VarSymbol variable = ASTHelpers.getSymbol(node.getTree());
    return step(node, assigned(variable, null, null, in.getRegularStore()));
  }

  @Override
  public Step visitAssignment(AssignmentNode node, TransferInput<UnusedAbstractValue, Facts> in) {
    Facts facts = afterEndings(node, in.getRegularStore());
    if (!(node.getTarget() instanceof LocalVariableNode target)
        || !(target.getElement() instanceof VarSymbol variable)) {
      return step(node, facts);
    }
    Node value = node.getExpression();
    if (flags.contains(variable)) {
      return step(node, flagSet(variable, value, facts));
    }
    return step(node, assigned(variable, source(value), node.getTree(), facts));
  }

  private Facts flagSet(VarSymbol flag, Node value, Facts facts) {
    Boolean constant = value instanceof BooleanLiteralNode literal ? literal.getValue() : null;
    return facts.map(
        fact ->
            fact.creation() == value.getTree() && fact.creation() != null
                // boolean locked = lock.tryLock(): there is something to release only if it is true
                ? fact.withFlag(flag, true)
                : fact.withFlag(flag, constant));
  }

  private Facts assigned(VarSymbol variable, Place from, Tree by, Facts facts) {
    Place target = Place.of(variable);
    boolean gives = from != null && roots.contains(from.root());
    if (target.equals(from) || (!gives && !roots.contains(variable))) {
      return facts;
    }
    roots.add(variable);
    return facts.map(
        fact -> {
          if (!gives || !fact.isAt(from)) {
            return fact.withoutRoot(variable, by);
          }
          Fact after = fact.withoutRoot(variable, by).alsoAt(target);
          return from.root() instanceof Tree ? after.withoutRoot(from.root(), by) : after;
        });
  }

  @Override
  public Step visitObjectCreation(
      ObjectCreationNode node, TransferInput<UnusedAbstractValue, Facts> in) {
    Facts before = afterEndings(node, in.getRegularStore());
    return new Step(node, before, created(node.getTree(), before), null, null);
  }

  @Override
  public Step visitMethodInvocation(
      MethodInvocationNode node, TransferInput<UnusedAbstractValue, Facts> in) {
    Facts before = afterEndings(node, in.getRegularStore());
    MethodInvocationTree call = node.getTree();
    if (call == null) {
      return step(node, before);
    }
    MethodSymbol method = ASTHelpers.getSymbol(call);
    if (obligation.isWatched(method, state)) {
      before.stream()
          .filter(fact -> fact.begin() != null)
          .forEach(fact -> owedAt.putAll(call, fact.places()));
    }
    if (NEVER_RETURNS.contains(method, state)) {
      return step(node, before.none());
    }
    Facts after = created(call, before);
    if (obligation.isOnReceiver()
        && creations.contains(call)
        && method.getReturnType().hasTag(TypeTag.BOOLEAN)) {
      // tryLock: held only if it says so
      return new Step(node, before, null, after, before);
    }
    Place receiver = receiver(node);
    if (receiver == null || !roots.contains(receiver.root())) {
      return new Step(node, before, after, null, null);
    }
    if (obligation.isBegunBy(method, state)) {
      after = after.map(fact -> fact.isAt(receiver) ? fact.begun(call) : fact);
    }
    return switch (obligation.answerOf(method, state)) {
      case NOTHING -> new Step(node, before, after, null, null);
      case MET_IF_TRUE -> new Step(node, before, null, without(receiver, after), after);
      case MET_IF_FALSE -> new Step(node, before, null, after, without(receiver, after));
    };
  }

  private Place receiver(MethodInvocationNode call) {
    if (!obligation.isOnReceiver()) {
      return source(call.getTarget().getReceiver());
    }
    ExpressionTree receiver = ASTHelpers.getReceiver(call.getTree());
    return receiver == null ? null : Place.read(receiver);
  }

  private Facts created(ExpressionTree creation, Facts facts) {
    if (!creations.contains(creation)) {
      return facts;
    }
    ExpressionTree begin = obligation.beginsWhenCreated(creation, state) ? creation : null;
    Place place =
        obligation.isOnReceiver()
            ? Place.read(ASTHelpers.getReceiver(creation))
            : Place.of(creation);
    roots.add(place.root());
    Facts others =
        facts.map(fact -> fact.creation() == creation ? fact.withoutRoot(creation, null) : fact);
    if (others.size() > MOST_FACTS) {
      return others;
    }
    return others.plus(
        others.stream()
            .filter(Fact::isWay)
            .map(way -> way.created(creation, begin, place))
            .toList());
  }

  /** Where the value of this node can be found. */
  private Place source(Node node) {
    if (node instanceof LocalVariableNode variable) {
      return variable.getElement() instanceof VarSymbol symbol ? Place.of(symbol) : null;
    }
    if (node instanceof TypeCastNode cast) {
      return source(cast.getOperand());
    }
    if (node instanceof TernaryExpressionNode choice) {
      return source(choice.getTernaryExpressionVar());
    }
    if (node instanceof SwitchExpressionNode choice) {
      return source(choice.getSwitchExpressionVar());
    }
    if (node instanceof AssignmentNode assignment) {
      return source(assignment.getTarget());
    }
    if (node instanceof ObjectCreationNode creation) {
      return creations.contains(creation.getTree()) ? Place.of(creation.getTree()) : null;
    }
    if (node instanceof MethodInvocationNode call && call.getTree() != null) {
      return sourceOfCall(call);
    }
    return null;
  }

  private Place sourceOfCall(MethodInvocationNode call) {
    MethodInvocationTree tree = call.getTree();
    if (creations.contains(tree)) {
      return Place.of(tree);
    }
    for (int i = 0; i < tree.getArguments().size() && i < call.getArguments().size(); i++) {
      Place argument = source(call.getArgument(i));
      if (argument != null && roots.contains(argument.root()) && uses.givesBack(tree, i)) {
        return argument;
      }
    }
    return uses.returnsItsReceiver(ASTHelpers.getSymbol(tree))
        ? source(call.getTarget().getReceiver())
        : null;
  }

  private Step step(Node node, Facts after) {
    return new Step(node, after, after, null, null);
  }

  private Step fork(Node node, Facts ifTrue, Facts ifFalse) {
    Facts then = afterEndings(node, ifTrue);
    Facts otherwise = afterEndings(node, ifFalse);
    return new Step(node, then.leastUpperBound(otherwise), null, then, otherwise);
  }

  /** The facts after one node, by the way that control takes from there. */
  final class Step extends TransferResult<UnusedAbstractValue, Facts> {
    private final Node node;
    private final Facts ifThrown;
    private final Facts both;
    private final Facts then;
    private final Facts otherwise;

    Step(Node node, Facts ifThrown, Facts both, Facts then, Facts otherwise) {
      super(null, null);
      this.node = node;
      this.ifThrown = ifThrown;
      this.both = both;
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    public Facts getRegularStore() {
      return both == null ? then.leastUpperBound(otherwise) : both;
    }

    @Override
    public Facts getThenStore() {
      return then == null ? both : then;
    }

    @Override
    public Facts getElseStore() {
      return otherwise == null ? both : otherwise;
    }

    @Override
    public boolean containsTwoStores() {
      return both == null;
    }

    @Override
    public boolean storeChanged() {
      return false;
    }

    @Override
    public Facts getExceptionalStore(TypeMirror exception) {
      boolean passesOn = node instanceof ThrowNode || node instanceof MarkerNode;
      boolean counts =
          obligation.countsExceptions()
              && (passesOn || (isCall() && OwedTransfer.this.counts((Type) exception, node)));
      return counts ? ifThrown : ifThrown.waysOnly();
    }

    private boolean isCall() {
      return (node instanceof MethodInvocationNode || node instanceof ObjectCreationNode)
          && node.getTree() != null;
    }
  }

  private boolean counts(Type exception, Node call) {
    MethodSymbol method = (MethodSymbol) ASTHelpers.getSymbol(call.getTree());
    if (exception.hasTag(TypeTag.TYPEVAR) && call.getTree() instanceof MethodInvocationTree tree) {
      // <E extends Exception> run(Task<E> task) throws E
      Type instantiated = ASTHelpers.getType(tree.getMethodSelect());
      return instantiated != null
          && instantiated.getThrownTypes().stream()
              .anyMatch(thrown -> !thrown.hasTag(TypeTag.TYPEVAR) && counts(thrown, call));
    }
    if (ASTHelpers.isSubtype(exception, state.getSymtab().errorType, state)) {
      return false;
    }
    return ASTHelpers.isSubtype(exception, state.getSymtab().runtimeExceptionType, state)
        ? call.getInSource()
            && !partsOfEndings.contains(call.getTree())
            && obligation.countsUnchecked(method, state)
        : obligation.countsChecked(exception, state);
  }
}
