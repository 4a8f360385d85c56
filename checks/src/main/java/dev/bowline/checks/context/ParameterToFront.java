package dev.bowline.checks.context;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.model.MethodUses;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Moves a parameter to the front of a private method or constructor and of all calls of it. */
final class ParameterToFront {
  private ParameterToFront() {}

  /**
   * The fix, in one go for the declaration and the calls; empty where it could change what the code
   * does: another method of that name could be called instead, two arguments with effects would
   * swap places, or a comment to the end of the line would swallow what follows it.
   */
  static Optional<SuggestedFix> fix(MethodTree method, int from, int to, VisitorState state) {
    MethodSymbol symbol = ASTHelpers.getSymbol(method);
    if (!symbol.getModifiers().contains(Modifier.PRIVATE)
        || (symbol.isVarArgs() && from == method.getParameters().size() - 1)
        || hasRivals(symbol, state)) {
      return Optional.empty();
    }
    Rewriting rewriting = new Rewriting(state.getSourceCode());
    if (!move(method.getParameters(), method, from, to, rewriting, state)) {
      return Optional.empty();
    }
    // Those in the arguments of others come later in the file, and have to be first here.
    for (TreePath use :
        Lists.reverse(MethodUses.in(state.getPath().getCompilationUnit(), symbol).calls())) {
      List<? extends ExpressionTree> arguments =
          use.getLeaf() instanceof NewClassTree creation
              ? creation.getArguments()
              : ((MethodInvocationTree) use.getLeaf()).getArguments();
      if (isGenerated(use)
          || !EvaluationOrder.isFree(arguments.get(from), arguments.subList(to, from))
          || !move(arguments, use.getLeaf(), from, to, rewriting, state)) {
        return Optional.empty();
      }
    }
    return Optional.of(rewriting.fix());
  }

  /** The call of an anonymous subclass's constructor, whose arguments stand somewhere else. */
  private static boolean isGenerated(TreePath use) {
    for (TreePath path = use; path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof MethodTree method) {
        return ASTHelpers.isGeneratedConstructor(method);
      }
    }
    return false;
  }

  /**
   * Whether a call in the new order could go to another method: one of that name which takes as
   * many arguments, inherited ones and those of outer classes included.
   */
  private static boolean hasRivals(MethodSymbol method, VisitorState state) {
    for (ClassSymbol type = method.enclClass();
        type != null;
        type = type.owner == null ? null : type.owner.enclClass()) {
      Iterable<Symbol> same =
          method.isConstructor()
              ? type.members().getSymbolsByName(method.name)
              : state.getTypes().membersClosure(type.type, false).getSymbolsByName(method.name);
      for (Symbol other : same) {
        if (other instanceof MethodSymbol rival
            && !rival.equals(method)
            && (rival.isVarArgs()
                || method.isVarArgs()
                || rival.params().size() == method.params().size())) {
          return true;
        }
      }
      if (method.isConstructor()) {
        return false;
      }
    }
    return false;
  }

  /** Inserts and deletes, and leaves what stands in between to the fixes of other methods. */
  private static boolean move(
      List<? extends Tree> trees,
      Tree owner,
      int from,
      int to,
      Rewriting rewriting,
      VisitorState state) {
    Optional<ImmutableList<ListedCode>> found =
        ListedCode.of(trees.subList(to, from + 1), owner, state);
    if (found.isEmpty()) {
      return false;
    }
    ImmutableList<ListedCode> listed = found.get();
    ListedCode moved = listed.get(listed.size() - 1);
    ListedCode first = listed.get(0);
    String separator = rewriting.text(/* start= */ first.end(), /* end= */ listed.get(1).start());
    String text = rewriting.text(moved.start(), moved.end());
    rewriting.replace(first.start(), first.start(), text + separator);
    rewriting.replace(listed.get(listed.size() - 2).end(), moved.end(), "");
    return true;
  }
}
