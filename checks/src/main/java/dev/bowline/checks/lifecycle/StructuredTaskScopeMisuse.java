package dev.bowline.checks.lifecycle;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.NewClassTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.util.Name;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.flow.Leaks;
import dev.bowline.checks.model.FollowingCode;
import java.util.List;
import javax.lang.model.element.ElementKind;

/** Reports calls on a task scope that its protocol forbids: they throw, or lose a failure. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "This use of StructuredTaskScope throws at run time, or loses a failure",
    severity = ERROR,
    tags = CONCURRENCY,
    link = RulePages.URL + "StructuredTaskScopeMisuse.md",
    linkType = CUSTOM,
    suppressionAnnotations = SuppressWarnings.class)
public final class StructuredTaskScopeMisuse extends BugChecker
    implements MethodInvocationTreeMatcher, NewClassTreeMatcher {
  private static final String SHUTDOWN_ON_FAILURE =
      "java.util.concurrent.StructuredTaskScope.ShutdownOnFailure";

  private static final Supplier<Name> OPEN = VisitorState.memoize(state -> state.getName("open"));

  private final ForkedScope scope = new ForkedScope();
  private final Leaks forked = new Leaks(scope);
  private final Leaks joined = new Leaks(new JoinedScope());

  @Override
  public Description matchNewClass(NewClassTree tree, VisitorState state) {
    return scope.isCreatedBy(tree, state) ? matchCreation(tree, state) : NO_MATCH;
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    MethodSymbol method = ASTHelpers.getSymbol(tree);
    if (scope.isCreatedBy(tree, state)) {
      return matchCreation(tree, state);
    }
    if (ForkedScope.FORK.contains(method, state)) {
      return matchFork(tree, state);
    }
    if (ForkedScope.JOIN.contains(method, state)) {
      return matchJoin(tree, state);
    }
    return ForkedScope.RESULT.contains(method, state) ? matchResult(tree, state) : NO_MATCH;
  }

  private Description matchCreation(ExpressionTree creation, VisitorState state) {
    TreePath parent = state.getPath().getParentPath();
    boolean dropped = parent.getLeaf() instanceof ExpressionStatementTree;
    boolean inField =
        parent.getLeaf() instanceof AssignmentTree assignment
            && isField(ASTHelpers.getSymbol(assignment.getVariable()));
    boolean inVariable =
        parent.getLeaf() instanceof VariableTree variable
            && (isField(ASTHelpers.getSymbol(variable))
                || (parent.getParentPath().getLeaf() instanceof BlockTree
                    && !isClosedLater(ASTHelpers.getSymbol(variable), state)));
    return dropped || inField || inVariable
        ? describe(
            creation,
            "Nothing closes this scope when its block ends: its subtasks outlive the block, and the thread cannot open an outer scope's next one. Open it in the header of a try statement.")
        : NO_MATCH;
  }

  private static boolean isField(Symbol symbol) {
    return symbol != null && symbol.getKind() == ElementKind.FIELD;
  }

  /** Whether the variable is a resource of a later try, is closed, or goes out of sight. */
  private static boolean isClosedLater(VarSymbol variable, VisitorState state) {
    boolean[] found = {false};
    new com.sun.source.util.TreePathScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(com.sun.source.tree.IdentifierTree tree, Void unused) {
        if (variable.equals(ASTHelpers.getSymbol(tree))) {
          Tree parent = getCurrentPath().getParentPath().getLeaf();
          found[0] |=
              !(parent instanceof com.sun.source.tree.MemberSelectTree select)
                  || select.getIdentifier().contentEquals("close");
        }
        return null;
      }
    }.scan(state.getPath().getParentPath().getParentPath(), null);
    return found[0];
  }

  private Description matchFork(MethodInvocationTree fork, VisitorState state) {
    VarSymbol variable = receiver(fork);
    if (variable == null) {
      return NO_MATCH;
    }
    if (isOpened(fork, state)) {
      if (joined.owedAt(variable, state)) {
        return describe(
            fork,
            "'%s' has joined already, and a scope that joined forks no more: this throws IllegalStateException. Fork before the join, or open another scope."
                .formatted(variable.getSimpleName()));
      }
      if (isInItsOwnTask(variable, state)) {
        return describe(
            fork,
            "Only the thread that opened '%s' may fork in it: in a subtask this throws WrongThreadException. Open a scope in the subtask."
                .formatted(variable.getSimpleName()));
      }
    }
    return forked
        .at(state)
        .map(
            leak ->
                describe(
                    fork,
                    "'%s' is not joined %s, so closing it throws IllegalStateException and the results are lost. Call '%s.join()' before the block ends."
                        .formatted(
                            variable.getSimpleName(),
                            leak.end().words(state),
                            variable.getSimpleName())))
        .orElse(NO_MATCH);
  }

  private Description matchJoin(MethodInvocationTree join, VisitorState state) {
    VarSymbol variable = receiver(join);
    if (variable == null) {
      return NO_MATCH;
    }
    if (isOpened(join, state)) {
      return joined.owedAt(variable, state)
          ? describe(
              join,
              "'%s' has joined already: joining again throws IllegalStateException. Join once, after the last fork."
                  .formatted(variable.getSimpleName()))
          : NO_MATCH;
    }
    return losesFailure(join, variable, state)
        ? describe(
            join,
            "'%s' only notes the first failure: without 'throwIfFailed()' after the join, nobody hears of it. Call '%s.throwIfFailed()' next."
                .formatted(variable.getSimpleName(), variable.getSimpleName()))
        : NO_MATCH;
  }

  /** JDK 21 to 24: whether nothing after the join asks how it went. */
  private static boolean losesFailure(
      MethodInvocationTree join, VarSymbol variable, VisitorState state) {
    return variable.type.tsym.getQualifiedName().contentEquals(SHUTDOWN_ON_FAILURE)
        && state.getPath().getParentPath().getLeaf() instanceof ExpressionStatementTree
        && !FollowingCode.hasCall(
            FollowingCode.statements(state),
            call ->
                List.of("throwIfFailed", "exception", "state")
                    .contains(ASTHelpers.getSymbol(call).getSimpleName().toString()))
        && !(join.getMethodSelect() == null);
  }

  private Description matchResult(MethodInvocationTree get, VisitorState state) {
    VarSymbol subtask = receiver(get);
    VarSymbol owner = subtask == null ? null : scopeOf(subtask, state);
    return owner != null && forked.owedAt(owner, state)
        ? describe(
            get,
            "'%s' has no result before '%s' has joined: this throws IllegalStateException. Call '%s.join()' first."
                .formatted(subtask.getSimpleName(), owner.getSimpleName(), owner.getSimpleName()))
        : NO_MATCH;
  }

  /** The scope that a local variable's initialiser forks in; null for none. */
  private static VarSymbol scopeOf(VarSymbol subtask, VisitorState state) {
    VarSymbol[] found = new VarSymbol[1];
    new com.sun.source.util.TreeScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree tree, Void unused) {
        if (subtask.equals(ASTHelpers.getSymbol(tree))
            && tree.getInitializer() instanceof MethodInvocationTree fork
            && ForkedScope.FORK.contains(ASTHelpers.getSymbol(fork), state)) {
          found[0] = receiver(fork);
        }
        return super.visitVariable(tree, null);
      }
    }.scan(state.findEnclosing(BlockTree.class) == null ? null : outermostBlock(state), null);
    return found[0];
  }

  private static Tree outermostBlock(VisitorState state) {
    Tree outermost = null;
    for (Tree tree : state.getPath()) {
      if (tree instanceof BlockTree) {
        outermost = tree;
      }
    }
    return outermost;
  }

  private static VarSymbol receiver(MethodInvocationTree call) {
    ExpressionTree receiver = ASTHelpers.getReceiver(call);
    return receiver != null && ASTHelpers.getSymbol(receiver) instanceof VarSymbol variable
        ? variable
        : null;
  }

  /** JDK 25 and later: scopes are opened by a method, and keep a stricter protocol. */
  private static boolean isOpened(MethodInvocationTree call, VisitorState state) {
    ClassSymbol type = ASTHelpers.getSymbol(call).enclClass();
    return type.members().findFirst(OPEN.get(state)) != null;
  }

  private static boolean isInItsOwnTask(VarSymbol variable, VisitorState state) {
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof LambdaExpressionTree
          && path.getParentPath().getLeaf() instanceof MethodInvocationTree outer
          && ForkedScope.FORK.contains(ASTHelpers.getSymbol(outer), state)
          && variable.equals(receiver(outer))) {
        return true;
      }
    }
    return false;
  }

  private Description describe(Tree tree, String message) {
    return buildDescription(tree).setMessage(message).build();
  }
}
