package dev.bowline.checks.context;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.TypeSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.Occurrences;
import java.util.List;

/** What makes a context key, and what a call does with one. */
final class ContextKeys {
  /** What happens to a key at one place. */
  enum Use {
    READ("no value can have been put under it"),
    WRITE("nobody else can read what is put under it"),
    /** Somebody may read, write or keep it. */
    ESCAPES("");

    private final String loss;

    Use(String loss) {
      this.loss = loss;
    }

    /** What this use alone comes to, where nobody else has the key. */
    String lostBecause(String reason) {
      return "%s, so %s: keys are told apart by identity, not by name. Keep the key in one 'static final' field that its writers and readers share."
          .formatted(reason, loss);
    }
  }

  private static final ImmutableList<String> CREATIONS =
      ImmutableList.of(
          "dev.bowline.Context.Key#of",
          "io.grpc.Context#key",
          "io.grpc.Context#keyWithDefault",
          "io.opentelemetry.context.ContextKey#named",
          "java.lang.ScopedValue#newInstance");

  private static final ImmutableSet<String> TYPES =
      ImmutableSet.of(
          "dev.bowline.Context.Key",
          "io.grpc.Context.Key",
          "io.opentelemetry.context.ContextKey",
          "java.lang.ScopedValue");

  private static final ImmutableSet<String> READS =
      ImmutableSet.of("get", "isBound", "orElse", "orElseThrow");

  private final MethodTable creations;
  private final ContextTypes contexts;

  ContextKeys(ErrorProneFlags flags, ContextTypes contexts) {
    this.contexts = contexts;
    creations =
        MethodTable.of(
            Iterables.concat(CREATIONS, flags.getListOrEmpty("ContextKeyNotConstant:Methods")));
  }

  /** Whether this makes a key, itself or by a helper in this file that does nothing else. */
  boolean isCreation(ExpressionTree tree, VisitorState state) {
    MethodSymbol method = methodOf(tree);
    return method != null
        && (creations.contains(method, state)
            || (TYPES.contains(method.getReturnType().tsym.getQualifiedName().toString())
                && isHelper(method, state)));
  }

  private boolean isHelper(MethodSymbol method, VisitorState state) {
    if (!(method.isStatic() || method.isPrivate()) || method.getParameters().isEmpty()) {
      return false;
    }
    TreePath declaration = Occurrences.in(state).declarationOf(method);
    ExpressionTree result = declaration == null ? null : onlyResult(declaration.getLeaf());
    MethodSymbol called = methodOf(result);
    return called != null && creations.contains(called, state);
  }

  /** What a method returns by its only statement; null for any other method. */
  static ExpressionTree onlyResult(Tree tree) {
    return tree instanceof MethodTree method
            && method.getBody() != null
            && method.getBody().getStatements().size() == 1
            && method.getBody().getStatements().get(0) instanceof ReturnTree result
        ? result.getExpression()
        : null;
  }

  /** The method or constructor that is called; null for what is no call. */
  static MethodSymbol methodOf(ExpressionTree tree) {
    Symbol symbol =
        tree instanceof MethodInvocationTree call
            ? ASTHelpers.getSymbol(call.getMethodSelect())
            : tree instanceof NewClassTree ? ASTHelpers.getSymbol((Tree) tree) : null;
    return symbol instanceof MethodSymbol method ? method : null;
  }

  /** The arguments of a call. */
  static List<? extends ExpressionTree> argumentsOf(ExpressionTree call) {
    return call instanceof NewClassTree creation
        ? creation.getArguments()
        : ((MethodInvocationTree) call).getArguments();
  }

  /** What happens to the key at the end of this path. */
  Use useOf(TreePath path, TypeSymbol keyType, VisitorState state) {
    ExpressionTree key = (ExpressionTree) path.getLeaf();
    Tree parent = path.getParentPath().getLeaf();
    if (parent instanceof MethodInvocationTree call) {
      return call.getArguments().contains(key)
          ? useAsArgument(call, call.getArguments().indexOf(key), keyType, state)
          : Use.ESCAPES;
    }
    return path.getParentPath().getParentPath().getLeaf() instanceof MethodInvocationTree call
            && call.getMethodSelect() == parent
            && ASTHelpers.getReceiver(call) == key
            && methodOf(call) != null
            && READS.contains(methodOf(call).getSimpleName().toString())
        ? Use.READ
        : Use.ESCAPES;
  }

  private Use useAsArgument(
      MethodInvocationTree call, int index, TypeSymbol keyType, VisitorState state) {
    MethodSymbol method = methodOf(call);
    if (method == null
        || index >= method.getParameters().size()
        || !method.getParameters().get(index).type.tsym.equals(keyType)
        || !isOnContexts(method, keyType, state)) {
      return Use.ESCAPES;
    }
    String name = method.getSimpleName().toString();
    if (name.startsWith("with") || name.startsWith("where") || name.endsWith("Where")) {
      return Use.WRITE;
    }
    return name.startsWith("get") ? Use.READ : Use.ESCAPES;
  }

  /** Whether a method belongs to a context, or to the type that keys of this type are for. */
  private boolean isOnContexts(MethodSymbol method, TypeSymbol keyType, VisitorState state) {
    Type owner = method.enclClass().type;
    return contexts.isContext(owner, state)
        || owner.tsym.outermostClass().equals(keyType.outermostClass());
  }

  /** What happens to the key in this variable, by all its uses in the file. */
  List<Use> usesOf(VarSymbol variable, VisitorState state) {
    return Occurrences.in(state).of(variable).stream()
        .filter(path -> !isAssigned(path))
        .map(path -> useOf(path, variable.type.tsym, state))
        .distinct()
        .toList();
  }

  private static boolean isAssigned(TreePath path) {
    return path.getParentPath().getLeaf() instanceof AssignmentTree assignment
        && assignment.getVariable() == path.getLeaf();
  }
}
