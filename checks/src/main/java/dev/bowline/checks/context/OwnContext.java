package dev.bowline.checks.context;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.TypeSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.MethodTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A body of code that has a context of its own.
 *
 * @param kind how it comes by it
 * @param task a path to the lambda or the anonymous object that the body belongs to
 * @param body a path to the block, expression or class body
 * @param type the type of the context
 * @param variable what holds the context; null where nothing does
 * @param current the call that makes the context the current one; null for others
 */
record OwnContext(
    Kind kind,
    TreePath task,
    TreePath body,
    Type type,
    VarSymbol variable,
    MethodInvocationTree current) {
  enum Kind {
    /** The body of a task of ours. */
    TASK,
    /** The body of another functional interface, one parameter of which is a context. */
    CALLBACK,
    /** The same for a functional interface of the JDK, which says nothing about contexts. */
    FUNCTION,
    /** What runs while a context is the current one. */
    CURRENT
  }

  private static final MethodTable MAKES_CURRENT =
      MethodTable.of(
          ImmutableList.of(
              "io.grpc.Context#call",
              "io.grpc.Context#run",
              "io.grpc.Context#wrap",
              "io.opentelemetry.context.Context#wrap*"));

  private static final String OURS = "dev.bowline";

  /** What these are given is what an event is about, not what to run under. */
  private static final Pattern EVENTS =
      Pattern.compile(".*(Listener|Callback|Observer|Subscriber|Hook)");

  /** Whoever names a parameter so has decided not to use it. */
  private static final Pattern UNUSED = Pattern.compile("_*|(unused|ignored?)(\\p{Lu}.*|\\d*)");

  /** That of a lambda, if it is given one. */
  static Optional<OwnContext> ofLambda(TreePath task, ContextTypes contexts, VisitorState state) {
    LambdaExpressionTree lambda = (LambdaExpressionTree) task.getLeaf();
    VarSymbol own = onlyContext(lambda.getParameters(), contexts, state);
    Type type = own == null ? null : ASTHelpers.getType(lambda);
    if (type == null || !state.getTypes().isFunctionalInterface(type)) {
      return Optional.empty();
    }
    Type result = state.getTypes().findDescriptorType(type).getReturnType();
    TreePath body = new TreePath(task, lambda.getBody());
    return given(own, type.tsym, result, task, body, contexts, state);
  }

  /** Those of an anonymous class's methods that implement a functional interface. */
  static List<OwnContext> ofAnonymousClass(
      TreePath task, ContextTypes contexts, VisitorState state) {
    List<OwnContext> found = new ArrayList<>();
    ClassTree type = ((NewClassTree) task.getLeaf()).getClassBody();
    for (Tree member : type.getMembers()) {
      if (member instanceof MethodTree method && method.getBody() != null) {
        TreePath path = new TreePath(new TreePath(task, type), method);
        ofMethod(path, task, contexts, state).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<OwnContext> ofMethod(
      TreePath path, TreePath task, ContextTypes contexts, VisitorState state) {
    MethodTree method = (MethodTree) path.getLeaf();
    MethodSymbol symbol = ASTHelpers.getSymbol(method);
    VarSymbol own = onlyContext(method.getParameters(), contexts, state);
    if (own == null) {
      return Optional.empty();
    }
    TreePath body = new TreePath(path, method.getBody());
    return ASTHelpers.findSuperMethods(symbol, state.getTypes()).stream()
        .map(MethodSymbol::enclClass)
        .filter(type -> state.getTypes().isFunctionalInterface(type))
        .findFirst()
        .flatMap(type -> given(own, type, symbol.getReturnType(), task, body, contexts, state));
  }

  private static Optional<OwnContext> given(
      VarSymbol own,
      TypeSymbol implemented,
      Type result,
      TreePath task,
      TreePath body,
      ContextTypes contexts,
      VisitorState state) {
    String home = implemented.packge().getQualifiedName().toString();
    boolean ours = home.equals(OURS);
    // What returns a context computes one: it is no work to be done under the one it is given.
    if (UNUSED.matcher(own.getSimpleName()).matches()
        || (!ours
            && (EVENTS.matcher(implemented.getSimpleName()).matches()
                || contexts.isContext(result, state)))) {
      return Optional.empty();
    }
    Kind kind = ours ? Kind.TASK : home.startsWith("java.") ? Kind.FUNCTION : Kind.CALLBACK;
    return Optional.of(new OwnContext(kind, task, body, own.type, own, null));
  }

  /** Those of the bodies that a call runs, or wraps to be run later, under what it is made on. */
  static List<OwnContext> ofCall(TreePath path, VisitorState state) {
    MethodInvocationTree call = (MethodInvocationTree) path.getLeaf();
    ExpressionTree context = ASTHelpers.getReceiver(call);
    Type type = context == null ? null : ASTHelpers.getType(context);
    if (type == null || !MAKES_CURRENT.contains(ASTHelpers.getSymbol(call), state)) {
      return List.of();
    }
    VarSymbol variable = ContextLineage.named(context);
    List<OwnContext> found = new ArrayList<>();
    for (ExpressionTree argument : call.getArguments()) {
      TreePath task = new TreePath(path, argument);
      while (task.getLeaf() instanceof TypeCastTree cast) {
        task = new TreePath(task, cast.getExpression());
      }
      Tree body =
          task.getLeaf() instanceof LambdaExpressionTree lambda
              ? lambda.getBody()
              : task.getLeaf() instanceof NewClassTree creation ? creation.getClassBody() : null;
      if (body != null) {
        found.add(
            new OwnContext(Kind.CURRENT, task, new TreePath(task, body), type, variable, call));
      }
    }
    return found;
  }

  /** The call or other code that a task stands in. */
  static TreePath takerOf(TreePath task) {
    TreePath parent = task.getParentPath();
    while (parent.getLeaf() instanceof ParenthesizedTree
        || parent.getLeaf() instanceof TypeCastTree) {
      parent = parent.getParentPath();
    }
    return parent;
  }

  /** Whether a use of a context of this type could be one of this context. */
  boolean isOfKind(Type other, VisitorState state) {
    return ASTHelpers.isSubtype(type, other, state) || ASTHelpers.isSubtype(other, type, state);
  }

  /** The parameter that is a context, if exactly one is; else null. */
  static VarSymbol onlyContext(
      List<? extends VariableTree> parameters, ContextTypes contexts, VisitorState state) {
    VarSymbol only = null;
    for (VariableTree parameter : parameters) {
      VarSymbol symbol = ASTHelpers.getSymbol(parameter);
      if (symbol != null && contexts.isContext(symbol.type, state)) {
        if (only != null) {
          return null;
        }
        only = symbol;
      }
    }
    return only;
  }
}
