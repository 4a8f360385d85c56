package dev.bowline.checks.context;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.Occurrences;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a body that has a context of its own passes on, waits on, or derives from another one. Code
 * that cleans up is left out: it has to finish when the body's own context has ended.
 */
final class OuterUses extends TreePathScanner<Void, Void> {
  /** These stop the code that calls them when the context ends. */
  private static final ImmutableSet<String> WAITS = ImmutableSet.of("await", "check", "sleep");

  private static final ImmutableSet<String> QUESTIONS = ImmutableSet.of("isDone", "isCancelled");

  private static final MethodTable INTERRUPTS_AT_END =
      MethodTable.of(ImmutableList.of("dev.bowline.Context#call"));

  /** A value that only the outer context has can be what is meant. */
  private static final MethodTable READS =
      MethodTable.of(ImmutableList.of("io.grpc.Context.Key#get", "java.lang.Object#fromContext*"));

  private final OwnContext own;
  private final ContextTypes contexts;
  private final VisitorState state;
  private final List<TreePath> uses = new ArrayList<>();
  private final Set<VarSymbol> declared = new HashSet<>();

  private OuterUses(OwnContext own, ContextTypes contexts, VisitorState state) {
    this.own = own;
    this.contexts = contexts;
    this.state = state;
  }

  /** Paths to the names of outer contexts, in the order of the body. */
  static List<TreePath> in(OwnContext own, ContextTypes contexts, VisitorState state) {
    OuterUses scanner = new OuterUses(own, contexts, state);
    scanner.scan(own.body(), null);
    return scanner.uses;
  }

  @Override
  public Void visitLambdaExpression(LambdaExpressionTree lambda, Void unused) {
    return hasItsOwn(lambda.getParameters()) || runsUnderAnother()
        ? null
        : super.visitLambdaExpression(lambda, null);
  }

  @Override
  public Void visitMethod(MethodTree method, Void unused) {
    return hasItsOwn(method.getParameters()) ? null : super.visitMethod(method, null);
  }

  @Override
  public Void visitNewClass(NewClassTree creation, Void unused) {
    return creation.getClassBody() != null && runsUnderAnother()
        ? null
        : super.visitNewClass(creation, null);
  }

  @Override
  public Void visitCatch(CatchTree handler, Void unused) {
    return null;
  }

  @Override
  public Void visitTry(TryTree attempt, Void unused) {
    scan(attempt.getResources(), null);
    return scan(attempt.getBlock(), null);
  }

  @Override
  public Void visitVariable(VariableTree variable, Void unused) {
    declared.add(ASTHelpers.getSymbol(variable));
    return super.visitVariable(variable, null);
  }

  @Override
  public Void visitIdentifier(IdentifierTree name, Void unused) {
    add(name);
    return null;
  }

  @Override
  public Void visitMemberSelect(MemberSelectTree select, Void unused) {
    add(select);
    return super.visitMemberSelect(select, null);
  }

  /** Whatever it is for, the innermost context is that of the code in there. */
  private boolean hasItsOwn(List<? extends VariableTree> parameters) {
    return parameters.stream()
        .map(ASTHelpers::getType)
        .anyMatch(type -> contexts.isContext(type, state) && own.isOfKind(type, state));
  }

  private boolean runsUnderAnother() {
    TreePath taker = OwnContext.takerOf(getCurrentPath());
    return taker.getLeaf() instanceof MethodInvocationTree
        && OwnContext.ofCall(taker, state).stream()
            .anyMatch(inner -> own.isOfKind(inner.type(), state));
  }

  private void add(ExpressionTree name) {
    VarSymbol variable = ContextLineage.named(name);
    if (variable != null
        && !variable.equals(own.variable())
        && contexts.isContext(variable.type, state)
        && !declared.contains(variable)
        && counts(name)) {
      uses.add(getCurrentPath());
    }
  }

  private boolean counts(ExpressionTree name) {
    TreePath parent = getCurrentPath().getParentPath();
    if (parent.getLeaf() instanceof MethodInvocationTree call) {
      return passes(ASTHelpers.getSymbol(call), call.getArguments(), name)
          && !isOwn(ASTHelpers.getReceiver(call))
          && !READS.contains(ASTHelpers.getSymbol(call), state);
    }
    if (parent.getLeaf() instanceof NewClassTree creation) {
      return passes(ASTHelpers.getSymbol(creation), creation.getArguments(), name);
    }
    return parent.getLeaf() instanceof MemberSelectTree select
        && parent.getParentPath().getLeaf() instanceof MethodInvocationTree call
        && call.getMethodSelect() == select
        && asks(call, parent.getParentPath());
  }

  /** A call that is given both contexts knows of both. */
  private boolean passes(
      MethodSymbol method, List<? extends ExpressionTree> arguments, ExpressionTree name) {
    int index = arguments.indexOf(name);
    Type wanted = index < 0 ? null : ContextLineage.parameterType(method, index, state);
    return contexts.isContext(wanted, state)
        && ASTHelpers.isSubtype(
            own.type(), ASTHelpers.getUpperBound(wanted, state.getTypes()), state)
        && arguments.stream().noneMatch(this::isOwn);
  }

  private boolean isOwn(Tree tree) {
    return own.variable() != null
        && tree != null
        && own.variable().equals(ASTHelpers.getSymbol(tree));
  }

  private boolean asks(MethodInvocationTree call, TreePath path) {
    MethodSymbol method = ASTHelpers.getSymbol(call);
    String name = method.getSimpleName().toString();
    if (method.isStatic() || !ASTHelpers.isSubtype(own.type(), method.owner.type, state)) {
      return false;
    }
    if (contexts.isContext(ASTHelpers.getType(call), state)) {
      return !ContextLineage.detaches(method);
    }
    return INTERRUPTS_AT_END.contains(method, state)
        || ((WAITS.contains(name) || (QUESTIONS.contains(name) && isCondition(path)))
            && !isAskedOfOwn(name));
  }

  private static boolean isCondition(TreePath path) {
    Tree child = path.getLeaf();
    TreePath parent = path.getParentPath();
    while (parent.getLeaf() instanceof ParenthesizedTree
        || parent.getLeaf() instanceof UnaryTree
        || parent.getLeaf() instanceof BinaryTree) {
      child = parent.getLeaf();
      parent = parent.getParentPath();
    }
    return parent.getLeaf() instanceof WhileLoopTree
        || parent.getLeaf() instanceof DoWhileLoopTree
        || parent.getLeaf() instanceof ForLoopTree
        || parent.getLeaf() instanceof IfTree
        || (parent.getLeaf() instanceof ConditionalExpressionTree choice
            && choice.getCondition() == child);
  }

  /** Whoever asks both wants to tell them apart. */
  private boolean isAskedOfOwn(String method) {
    return own.variable() != null
        && Occurrences.in(state).of(own.variable()).stream()
            .anyMatch(
                use ->
                    use.getParentPath().getLeaf() instanceof MemberSelectTree select
                        && select.getIdentifier().contentEquals(method));
  }
}
