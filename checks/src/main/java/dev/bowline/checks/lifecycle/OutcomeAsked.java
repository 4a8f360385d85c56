package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import java.util.List;

/** Whether code asks a task scope, or one of its subtasks, how it ended. */
final class OutcomeAsked extends TreeScanner<Void, Void> {
  private static final ImmutableSet<String> ASKS_NOTHING =
      ImmutableSet.of("fork", "join", "joinUntil", "shutdown", "isShutdown", "close");

  private final VarSymbol scope;
  private final VisitorState state;
  private boolean asked;

  private OutcomeAsked(VarSymbol scope, VisitorState state) {
    this.scope = scope;
    this.state = state;
  }

  static boolean in(List<Tree> code, VarSymbol scope, VisitorState state) {
    OutcomeAsked scanner = new OutcomeAsked(scope, state);
    scanner.scan(code, null);
    return scanner.asked;
  }

  @Override
  public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
    askedIf(isOutcome(tree));
    boolean asksNothing =
        scope.equals(ASTHelpers.getSymbol(tree.getExpression()))
            && ASKS_NOTHING.contains(tree.getIdentifier().toString());
    return asksNothing ? null : super.visitMemberSelect(tree, null);
  }

  @Override
  public Void visitMemberReference(MemberReferenceTree tree, Void unused) {
    askedIf(isOutcome(tree));
    return super.visitMemberReference(tree, null);
  }

  /** Any other mention of the scope: it is asked, or somebody else has it who may ask. */
  @Override
  public Void visitIdentifier(IdentifierTree tree, Void unused) {
    askedIf(scope.equals(ASTHelpers.getSymbol(tree)));
    return null;
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
    tree.getArguments().forEach(this::handOn);
    return super.visitMethodInvocation(tree, null);
  }

  @Override
  public Void visitNewClass(NewClassTree tree, Void unused) {
    tree.getArguments().forEach(this::handOn);
    return super.visitNewClass(tree, null);
  }

  @Override
  public Void visitAssignment(AssignmentTree tree, Void unused) {
    handOn(tree.getExpression());
    return super.visitAssignment(tree, null);
  }

  @Override
  public Void visitReturn(ReturnTree tree, Void unused) {
    handOn(tree.getExpression());
    return super.visitReturn(tree, null);
  }

  /** Whoever gets a subtask, or several, may ask it. */
  private void handOn(ExpressionTree value) {
    Type type = value instanceof IdentifierTree ? ASTHelpers.getType(value) : null;
    askedIf(
        TaskScopes.isSubtask(type)
            || (type != null && type.getTypeArguments().stream().anyMatch(TaskScopes::isSubtask)));
  }

  private boolean isOutcome(Tree tree) {
    return ASTHelpers.getSymbol(tree) instanceof MethodSymbol method
        && TaskScopes.OUTCOME.contains(method, state);
  }

  private void askedIf(boolean here) {
    asked |= here;
  }
}
