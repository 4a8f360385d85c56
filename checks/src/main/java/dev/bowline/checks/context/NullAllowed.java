package dev.bowline.checks.context;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.dataflow.nullnesspropagation.Nullness;
import com.google.errorprone.dataflow.nullnesspropagation.NullnessAnnotations;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.TestCode;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.ElementKind;

/** Where null for a context is what is meant, and what the method called is ready for. */
final class NullAllowed {
  private static final Pattern RESETTER =
      Pattern.compile("(attach|clear|detach|install|put|replace|reset|restore|set|swap|update).*");

  private static final Pattern COMPARISON =
      Pattern.compile("(assert|compare|equal|isEqual|isSame|matches|same).*");

  private static final Pattern DEFAULTING = Pattern.compile(".*Or(Default|Else|Null)");

  private static final ImmutableSet<String> DEFAULTS =
      ImmutableSet.of("firstNonNull", "ofNullable", "requireNonNullElse", "requireNonNullElseGet");

  /** What a mock is told or asked with: its arguments are patterns, and nobody runs with them. */
  private static final ImmutableSet<String> MOCKING =
      ImmutableSet.of(
          "doAnswer",
          "doCallRealMethod",
          "doNothing",
          "doReturn",
          "doThrow",
          "every",
          "expect",
          "given",
          "should",
          "then",
          "verify",
          "when",
          "willAnswer",
          "willDoNothing",
          "willReturn",
          "willThrow");

  /** Whoever writes these about a call expects that it may fail, or says that it must not. */
  private static final Pattern EXPECTING =
      Pattern.compile(
          "(assertThrows|assertDoesNotThrow|assertThat.*(By|Code)|catch|expect|isThrownBy|intercept).*");

  private static final Pattern ABOUT_NULL =
      Pattern.compile("(?i:null|missing|invalid|absent|no_?context)|NPE");

  private NullAllowed() {}

  /** Whether the method called takes null there, as far as one can see. */
  static boolean byMethod(MethodSymbol method, int index, ExpressionTree call, VisitorState state) {
    String name = method.getSimpleName().toString();
    return COMPARISON.matcher(name).matches()
        || DEFAULTING.matcher(name).matches()
        || (method.getParameters().size() == 1 && RESETTER.matcher(name).matches())
        || Stream.concat(Stream.of(method), ASTHelpers.streamSuperMethods(method, state.getTypes()))
            .anyMatch(each -> isNullable(each.getParameters().get(index)))
        || isLookedAtFirst(method, index, state)
        || (isOverloadOfCaller(method, state) && isHandedOn(method, index, state));
  }

  private static boolean isNullable(VarSymbol variable) {
    return NullnessAnnotations.fromAnnotationsOn(variable).orElse(null) == Nullness.NULLABLE;
  }

  /** {@code get(key) { return get(null, key); }}: its author knows what null is for there. */
  private static boolean isOverloadOfCaller(MethodSymbol method, VisitorState state) {
    MethodTree caller = state.findEnclosing(MethodTree.class);
    MethodSymbol symbol = caller == null ? null : ASTHelpers.getSymbol(caller);
    return symbol != null
        && symbol.name.equals(method.name)
        && symbol.enclClass().equals(method.enclClass());
  }

  /** Whether somebody else gets to see the parameter, or nobody here says what happens to it. */
  private static boolean isHandedOn(MethodSymbol method, int index, VisitorState state) {
    VarSymbol parameter = parameterIn(method, index, state);
    return parameter == null
        || (method.flags() & Flags.ABSTRACT) != 0
        || Occurrences.in(state).of(parameter).stream()
            .map(use -> use.getParentPath().getLeaf())
            .anyMatch(
                user ->
                    user instanceof NewClassTree
                        || user instanceof AssignmentTree
                        || (user instanceof MethodInvocationTree call
                            && call.getArguments().stream()
                                .anyMatch(each -> parameter.equals(ASTHelpers.getSymbol(each)))));
  }

  /** Whether the code in this file asks if the parameter, or the field it goes to, is null. */
  private static boolean isLookedAtFirst(MethodSymbol method, int index, VisitorState state) {
    VarSymbol parameter = parameterIn(method, index, state);
    return parameter != null && isLookedAt(parameter, true, state);
  }

  /** The parameter as this file declares it; null where another file does. */
  private static VarSymbol parameterIn(MethodSymbol method, int index, VisitorState state) {
    TreePath declaration = Occurrences.in(state).declarationOf(method);
    return declaration != null
            && declaration.getLeaf() instanceof MethodTree tree
            && index < tree.getParameters().size()
        ? ASTHelpers.getSymbol(tree.getParameters().get(index))
        : null;
  }

  private static boolean isLookedAt(VarSymbol variable, boolean follow, VisitorState state) {
    return isNullable(variable)
        || Occurrences.in(state).of(variable).stream()
            .anyMatch(
                use ->
                    isTest(use)
                        || (follow
                            && use.getParentPath().getLeaf() instanceof AssignmentTree assignment
                            && assignment.getExpression() == use.getLeaf()
                            && ASTHelpers.getSymbol(assignment.getVariable())
                                instanceof VarSymbol field
                            && field.getKind() == ElementKind.FIELD
                            && isLookedAt(field, false, state)));
  }

  /** Compared with null, replaced by a default, or returned to whoever gave it. */
  private static boolean isTest(TreePath use) {
    Tree parent = use.getParentPath().getLeaf();
    return (parent instanceof BinaryTree comparison
            && (comparison.getLeftOperand().getKind() == Tree.Kind.NULL_LITERAL
                || comparison.getRightOperand().getKind() == Tree.Kind.NULL_LITERAL))
        || (parent instanceof MethodInvocationTree call && DEFAULTS.contains(nameOf(call)))
        || parent instanceof ReturnTree
        || (parent instanceof ConditionalExpressionTree
            && use.getParentPath().getParentPath().getLeaf() instanceof ReturnTree);
  }

  /** Whether the code around the call tells a mock about it, or tests what null does. */
  static boolean byPlace(ExpressionTree call, VisitorState state) {
    if (isOnMock(call)) {
      return true;
    }
    boolean test = TestCode.encloses(state);
    for (TreePath path = state.getPath().getParentPath();
        path != null;
        path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof MethodInvocationTree around
          && (MOCKING.contains(nameOf(around))
              || (test && EXPECTING.matcher(nameOf(around)).matches()))) {
        return true;
      }
      if (tree instanceof TryTree attempt && isReadyForFailure(attempt)) {
        return true;
      }
      if (tree instanceof MethodTree method && test && isAboutNull(method, state)) {
        return true;
      }
      if (tree instanceof ClassTree) {
        return false;
      }
    }
    return false;
  }

  /** {@code verify(service).load(null)}. */
  private static boolean isOnMock(ExpressionTree call) {
    ExpressionTree receiver = call instanceof NewClassTree ? null : ASTHelpers.getReceiver(call);
    while (receiver instanceof MethodInvocationTree inner) {
      if (MOCKING.contains(nameOf(inner))) {
        return true;
      }
      receiver = ASTHelpers.getReceiver(inner);
    }
    return false;
  }

  private static boolean isReadyForFailure(TryTree attempt) {
    return attempt.getCatches().stream()
        .map(each -> each.getParameter().getType().toString())
        .anyMatch(type -> type.contains("NullPointerException"));
  }

  private static boolean isAboutNull(MethodTree method, VisitorState state) {
    String modifiers = state.getSourceForNode(method.getModifiers());
    return ABOUT_NULL.matcher(method.getName()).find()
        || (modifiers != null
            && (modifiers.contains("expected") || ABOUT_NULL.matcher(modifiers).find()));
  }

  private static String nameOf(MethodInvocationTree call) {
    Symbol symbol = ASTHelpers.getSymbol(call.getMethodSelect());
    return symbol == null ? "" : symbol.getSimpleName().toString();
  }
}
