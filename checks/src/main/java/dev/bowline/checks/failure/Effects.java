package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssertTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.Assertions;
import dev.bowline.checks.model.Occurrences;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which variables some code changes, or what they hold: it assigns, calls or passes them. */
final class Effects extends TreeScanner<Void, Void> {
  private static final Pattern READS =
      Pattern.compile(
          "get(?!And).*|is[A-Z].*|has[A-Z].*|contains.*|size|length|peek.*|toString|equals|hashCode|join");

  private final Assertions assertions;
  private final VisitorState state;
  private final Set<VarSymbol> variables = new HashSet<>();
  private boolean unknown;
  private boolean inHelper;

  private Effects(Assertions assertions, VisitorState state) {
    this.assertions = assertions;
    this.state = state;
  }

  static Effects of(List<Tree> code, Assertions assertions, VisitorState state) {
    Effects effects = new Effects(assertions, state);
    effects.scan(code, null);
    return effects;
  }

  ImmutableSet<VarSymbol> variables() {
    return ImmutableSet.copyOf(variables);
  }

  /** Whether it calls a method of a superclass in another file, which may tell anybody. */
  boolean areUnknown() {
    return unknown;
  }

  @Override
  public Void visitAssert(AssertTree tree, Void unused) {
    return null;
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
    MethodSymbol method = ASTHelpers.getSymbol(call);
    if (method == null
        || assertions.isAssertionCall(call, state)
        || CaughtFailure.tellsNobody(method, state)) {
      return null;
    }
    ExpressionTree receiver = ASTHelpers.getReceiver(call);
    if (receiver == null || Occurrences.isThis(ASTHelpers.getSymbol(receiver))) {
      descend(method);
    } else if (receiver instanceof MethodInvocationTree
        || !READS.matcher(method.getSimpleName()).matches()) {
      scan(receiver, null);
    }
    return scan(call.getArguments(), null);
  }

  /** A method of this class counts with its effects; one level of them is enough. */
  private void descend(MethodSymbol method) {
    TreePath helper = Occurrences.in(state).declarationOf(method);
    if (helper == null) {
      unknown |= !method.isStatic();
    } else if (!inHelper) {
      inHelper = true;
      scan(helper.getLeaf(), null);
      inHelper = false;
    }
  }

  @Override
  public Void visitAssignment(AssignmentTree tree, Void unused) {
    add(ASTHelpers.getSymbol(tree.getVariable()));
    return super.visitAssignment(tree, null);
  }

  @Override
  public Void visitCompoundAssignment(CompoundAssignmentTree tree, Void unused) {
    add(ASTHelpers.getSymbol(tree.getVariable()));
    return super.visitCompoundAssignment(tree, null);
  }

  @Override
  public Void visitUnary(UnaryTree tree, Void unused) {
    switch (tree.getKind()) {
      case POSTFIX_INCREMENT, POSTFIX_DECREMENT, PREFIX_INCREMENT, PREFIX_DECREMENT ->
          add(ASTHelpers.getSymbol(tree.getExpression()));
      default -> {}
    }
    return super.visitUnary(tree, null);
  }

  @Override
  public Void visitIdentifier(IdentifierTree tree, Void unused) {
    addIfMutable(tree);
    return null;
  }

  @Override
  public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
    addIfMutable(tree);
    return super.visitMemberSelect(tree, null);
  }

  /** Only an assignment changes a number. */
  private void addIfMutable(ExpressionTree tree) {
    Type type = ASTHelpers.getType(tree);
    if (type != null
        && !type.isPrimitive()
        && !type.tsym.getQualifiedName().toString().startsWith("java.lang.")) {
      add(ASTHelpers.getSymbol(tree));
    }
  }

  private void add(Symbol symbol) {
    if (symbol instanceof VarSymbol variable && !Occurrences.isThis(variable)) {
      variables.add(variable);
    }
  }
}
