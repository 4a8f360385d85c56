package dev.bowline.checks.sharing;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.tree.JCTree.JCNewClass;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The one call that does what the two do, where the code has a shape for which that is certain. */
final class CheckThenActFixes {
  private final TreePath check;
  private final Act act;
  private final VisitorState state;

  CheckThenActFixes(TreePath check, Act act, VisitorState state) {
    this.check = check;
    this.act = act;
    this.state = state;
  }

  Optional<SuggestedFix> fix() {
    return switch (act.kind()) {
      case OVERWRITES ->
          check.getParentPath().getLeaf() instanceof VariableTree variable
              ? computeInto(variable)
              : putAtOnce();
      case LOSES_CHANGE -> merge();
      case FINDS_NOTHING -> Optional.empty();
    };
  }

  /** {@code if (!map.containsKey(key)) map.put(key, value);} */
  private Optional<SuggestedFix> putAtOnce() {
    TreePath path = check.getParentPath();
    while (path.getLeaf() instanceof ExpressionTree) {
      if (path.getLeaf().getKind() == Tree.Kind.CONDITIONAL_AND
          || path.getLeaf() instanceof AssignmentTree) {
        return Optional.empty();
      }
      path = path.getParentPath();
    }
    if (!(path.getLeaf() instanceof IfTree choice)
        || choice.getElseStatement() != null
        || hasComment(choice)
        || !isOnly(act.call(), statements(choice.getThenStatement()))) {
      return Optional.empty();
    }
    ExpressionTree value = act.call().getArguments().get(1);
    if (isAtHand(value)) {
      return Optional.of(
          SuggestedFix.replace(
              choice,
              "%s.putIfAbsent(%s, %s);".formatted(map(), key(), state.getSourceForNode(value))));
    }
    return computation(value).map(call -> SuggestedFix.replace(choice, call + ";"));
  }

  /** {@code V v = map.get(key); if (v == null) { v = new V(); map.put(key, v); }} */
  private Optional<SuggestedFix> computeInto(VariableTree variable) {
    List<TreePath> later = Outcome.after(check.getParentPath());
    if (later.isEmpty()
        || !(later.get(0).getLeaf() instanceof IfTree choice)
        || choice.getElseStatement() != null
        || hasComment(choice)
        || !(stripParentheses(choice.getCondition()).getKind() == Tree.Kind.EQUAL_TO)) {
      return Optional.empty();
    }
    VarSymbol kept = ASTHelpers.getSymbol(variable);
    List<? extends StatementTree> then = statements(choice.getThenStatement());
    ExpressionTree value =
        then.size() == 2
                && isOnly(act.call(), then.subList(1, 2))
                && Calls.names(act.call().getArguments().get(1), kept)
            ? assigned(then.get(0), kept)
            : null;
    return value == null
        ? Optional.empty()
        : computation(value)
            .map(
                call ->
                    SuggestedFix.builder().replace(check.getLeaf(), call).delete(choice).build());
  }

  private static ExpressionTree assigned(StatementTree statement, VarSymbol kept) {
    return statement instanceof ExpressionStatementTree expression
            && expression.getExpression() instanceof AssignmentTree assignment
            && Calls.names(assignment.getVariable(), kept)
        ? assignment.getExpression()
        : null;
  }

  /** {@code map.put(key, map.getOrDefault(key, 0) + 1)} */
  private Optional<SuggestedFix> merge() {
    MethodInvocationTree get = (MethodInvocationTree) check.getLeaf();
    if (!(stripParentheses(act.call().getArguments().get(1)) instanceof BinaryTree sum)
        || sum.getKind() != Tree.Kind.PLUS
        || stripParentheses(sum.getLeftOperand()) != get
        || get.getArguments().size() != 2
        || !(get.getArguments().get(1) instanceof LiteralTree zero)
        || !(zero.getValue() instanceof Number number)
        || number.doubleValue() != 0
        || !isAtHand(sum.getRightOperand())) {
      return Optional.empty();
    }
    Type held = ASTHelpers.getType(get);
    Type added = ASTHelpers.getType(sum.getRightOperand());
    String type = held == null ? "" : held.tsym.getSimpleName().toString();
    if (added == null
        || !(type.equals("Integer") || type.equals("Long"))
        || !ASTHelpers.isSameType(
            state.getTypes().unboxedTypeOrType(added), unboxed(held), state)) {
      return Optional.empty();
    }
    return Optional.of(
        SuggestedFix.replace(
            act.call(),
            "%s.merge(%s, %s, %s::sum)"
                .formatted(map(), key(), state.getSourceForNode(sum.getRightOperand()), type)));
  }

  private Type unboxed(Type type) {
    return state.getTypes().unboxedType(type);
  }

  /** {@code map.computeIfAbsent(key, unused -> value)}, if the value can be made in a lambda. */
  private Optional<String> computation(ExpressionTree value) {
    return isFromLibrary(value)
        ? parameter()
            .map(
                name ->
                    "%s.computeIfAbsent(%s, %s -> %s)"
                        .formatted(map(), key(), name, state.getSourceForNode(value)))
        : Optional.empty();
  }

  /** A name for the lambda's parameter that no variable of the file has. */
  private Optional<String> parameter() {
    ImmutableSet.Builder<String> taken = ImmutableSet.builder();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree tree, Void unused) {
        taken.add(tree.getName().toString());
        return super.visitVariable(tree, null);
      }
    }.scan(check.getCompilationUnit(), null);
    ImmutableSet<String> names = taken.build();
    return Stream.of("unused", "absent", "missing")
        .filter(name -> !names.contains(name))
        .findFirst();
  }

  /**
   * Whether an expression creates something of the JDK's from what is at hand: such code does not
   * come back to the map, which {@code computeIfAbsent} would not allow.
   */
  private boolean isFromLibrary(ExpressionTree value) {
    return value instanceof JCNewClass creation
        && creation.getClassBody() == null
        && creation.getEnclosingExpression() == null
        && creation.constructor instanceof MethodSymbol constructor
        && constructor.getThrownTypes().isEmpty()
        && constructor.packge().getQualifiedName().toString().startsWith("java.")
        && creation.getArguments().stream()
            .allMatch(argument -> isAtHand(argument) && isFixed(argument));
  }

  /** Whether a lambda can use what this expression names. */
  private static boolean isFixed(ExpressionTree tree) {
    VarSymbol symbol = Calls.variable(tree);
    return symbol == null
        || symbol.getKind().isField()
        || (symbol.flags() & (Flags.FINAL | Flags.EFFECTIVELY_FINAL)) != 0;
  }

  /** Whether to evaluate an expression once more, or for nothing, makes no difference. */
  private static boolean isAtHand(ExpressionTree tree) {
    return tree instanceof IdentifierTree
        || tree instanceof LiteralTree
        || (tree instanceof MemberSelectTree select && isAtHand(select.getExpression()));
  }

  private static boolean isOnly(
      MethodInvocationTree call, List<? extends StatementTree> statements) {
    return statements.size() == 1
        && statements.get(0) instanceof ExpressionStatementTree expression
        && expression.getExpression() == call;
  }

  private static List<? extends StatementTree> statements(StatementTree statement) {
    return statement instanceof BlockTree block ? block.getStatements() : List.of(statement);
  }

  private static ExpressionTree stripParentheses(ExpressionTree tree) {
    return tree instanceof ParenthesizedTree parenthesized
        ? stripParentheses(parenthesized.getExpression())
        : tree;
  }

  private boolean hasComment(Tree tree) {
    String source = state.getSourceForNode(tree);
    return source == null || source.contains("//") || source.contains("/*");
  }

  private String map() {
    return state.getSourceForNode(ASTHelpers.getReceiver(act.call()));
  }

  private String key() {
    return state.getSourceForNode(act.call().getArguments().get(0));
  }
}
