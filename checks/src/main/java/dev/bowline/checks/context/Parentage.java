package dev.bowline.checks.context;

import com.google.common.collect.Iterables;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.Occurrences;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;

/** What an outer context is to the own context of a body. */
enum Parentage {
  /** The own one was made from it, or takes its place. */
  ANCESTOR,
  /** Both were made from the same one. */
  SIBLING,
  /** Nothing, as far as the file shows. */
  UNKNOWN;

  /** Whoever registers a listener with a context wants to hear of that one. */
  private static final Pattern REGISTRATIONS =
      Pattern.compile("on\\p{Lu}.*|add.*(Listener|Callback|Observer|Hook)|subscribe.*|listen.*");

  static Parentage of(VarSymbol outer, OwnContext own, ContextTypes contexts, VisitorState state) {
    ContextLineage lineage = new ContextLineage(contexts, state);
    if (own.kind() == OwnContext.Kind.CURRENT) {
      Set<VarSymbol> ancestors = new HashSet<>(lineage.of(ASTHelpers.getReceiver(own.current())));
      ancestors.remove(own.variable());
      return ancestors.contains(outer) ? ANCESTOR : UNKNOWN;
    }
    TreePath taker = OwnContext.takerOf(own.task());
    if (own.kind() != OwnContext.Kind.TASK && !mayRunUnderIt(own, taker)) {
      return UNKNOWN;
    }
    List<ExpressionTree> given = lineage.givenTo(taker);
    if (given.isEmpty()) {
      return ofEnclosingCode(outer, own, taker, lineage, contexts, state);
    }
    Set<VarSymbol> ancestors = new HashSet<>();
    given.forEach(context -> ancestors.addAll(lineage.of(context)));
    addThoseOfEnclosingBodies(ancestors, own, lineage);
    if (ancestors.contains(outer)) {
      return ANCESTOR;
    }
    return own.kind() == OwnContext.Kind.TASK
            && !Collections.disjoint(ancestors, lineage.of(outer))
            && !isCancelledByHand(outer, state)
        ? SIBLING
        : UNKNOWN;
  }

  /** The context that an enclosing body is given comes from what the taker of that body has. */
  private static void addThoseOfEnclosingBodies(
      Set<VarSymbol> ancestors, OwnContext own, ContextLineage lineage) {
    for (TreePath path = own.task().getParentPath(); path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof LambdaExpressionTree lambda
          && lambda.getParameters().stream()
              .anyMatch(parameter -> ancestors.contains(ASTHelpers.getSymbol(parameter)))) {
        lineage
            .givenTo(OwnContext.takerOf(path))
            .forEach(context -> ancestors.addAll(lineage.of(context)));
      }
    }
  }

  /** Nobody shows what the own context is made from: that of the call around it is not meant. */
  private static Parentage ofEnclosingCode(
      VarSymbol outer,
      OwnContext own,
      TreePath taker,
      ContextLineage lineage,
      ContextTypes contexts,
      VisitorState state) {
    boolean task = own.kind() == OwnContext.Kind.TASK;
    if (own.kind() == OwnContext.Kind.FUNCTION
        || !isInHandOf(taker)
        || (!task && !Occurrences.in(state).of(own.variable()).isEmpty())) {
      return UNKNOWN;
    }
    VarSymbol first = Iterables.getLast(lineage.of(outer));
    if (!isOnlyContextParameter(first, own, contexts, state)) {
      return UNKNOWN;
    }
    if (first.equals(outer)) {
      return ANCESTOR;
    }
    return task && !isCancelledByHand(outer, state) ? SIBLING : UNKNOWN;
  }

  private static boolean mayRunUnderIt(OwnContext own, TreePath taker) {
    if (!(ASTHelpers.getSymbol(taker.getLeaf()) instanceof MethodSymbol method)) {
      return true;
    }
    // The JDK knows no contexts: it gives its functions what is in a stream or collection.
    return !(own.kind() == OwnContext.Kind.FUNCTION
            && method.packge().getQualifiedName().toString().startsWith("java."))
        && !REGISTRATIONS.matcher(method.getSimpleName()).matches();
  }

  /** A group in a field, or from elsewhere, lives longer than a call and has another context. */
  private static boolean isInHandOf(TreePath taker) {
    Tree tree = taker.getLeaf();
    if (tree instanceof MethodInvocationTree call) {
      return isLocal(ASTHelpers.getReceiver(call));
    }
    return tree instanceof AssignmentTree assignment
        ? isLocal(assignment.getVariable())
        : !(tree instanceof NewClassTree);
  }

  private static boolean isLocal(ExpressionTree tree) {
    return tree != null
        && ASTHelpers.getSymbol(tree) instanceof VarSymbol variable
        && variable.getKind() != ElementKind.FIELD
        && !Occurrences.isThis(variable);
  }

  private static boolean isOnlyContextParameter(
      VarSymbol variable, OwnContext own, ContextTypes contexts, VisitorState state) {
    for (Tree tree : own.task().getParentPath()) {
      List<? extends VariableTree> parameters =
          tree instanceof MethodTree method
              ? method.getParameters()
              : tree instanceof LambdaExpressionTree lambda ? lambda.getParameters() : List.of();
      if (variable.equals(OwnContext.onlyContext(parameters, contexts, state))) {
        return true;
      }
    }
    return false;
  }

  /** Such a context is a stop signal of its own, beside that of the task. */
  private static boolean isCancelledByHand(VarSymbol context, VisitorState state) {
    return Occurrences.in(state).of(context).stream()
        .anyMatch(
            use ->
                use.getParentPath().getLeaf() instanceof MemberSelectTree select
                    && select.getIdentifier().contentEquals("cancel"));
  }
}
