package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.TypeSymbol;
import java.util.List;
import java.util.Map;

/**
 * Where the body of a lambda, a method reference or an anonymous class runs: {@link RunSiteTable}
 * is what we know, and users may add to it.
 */
public final class RunSites {
  /** What counts first stands first, where several know a method by the same type. */
  private final ImmutableList<Map.Entry<MethodTable, RunSite>> tables;

  /**
   * @param flags {@code -XepOpt:Bowline:RunsHere=} and {@code -XepOpt:Bowline:RunsElsewhere=} name
   *     more methods, as {@code a.b.C#method}; the entry for the nearest type counts, and of two
   *     for the same type the one that says elsewhere
   */
  public RunSites(ErrorProneFlags flags) {
    tables =
        ImmutableList.of(
            table(flags.getListOrEmpty("Bowline:RunsElsewhere"), RunSite.ELSEWHERE),
            table(flags.getListOrEmpty("Bowline:RunsHere"), RunSite.HERE),
            table(RunSiteTable.EITHER, RunSite.UNKNOWN),
            table(RunSiteTable.ELSEWHERE, RunSite.ELSEWHERE),
            table(RunSiteTable.HERE, RunSite.HERE));
  }

  private static Map.Entry<MethodTable, RunSite> table(List<String> entries, RunSite site) {
    return Map.entry(MethodTable.of(entries), site);
  }

  /**
   * Where the body at the end of this path runs.
   *
   * @param body a path to a lambda, a method reference, or the creation of an anonymous class
   */
  public RunSite of(TreePath body, VisitorState state) {
    if (body.getLeaf() instanceof NewClassTree created) {
      RunSite own = ofMethod(ASTHelpers.getSymbol(created), state);
      if (own == RunSite.ELSEWHERE) {
        // new Thread() { public void run() … }
        return own;
      }
    }
    TreePath child = body;
    TreePath parent = body.getParentPath();
    while (parent.getLeaf() instanceof ParenthesizedTree
        || parent.getLeaf() instanceof TypeCastTree) {
      child = parent;
      parent = parent.getParentPath();
    }
    if (parent.getLeaf() instanceof MethodInvocationTree call
        && call.getArguments().contains(child.getLeaf())) {
      return ofCall(call, state);
    }
    if (parent.getLeaf() instanceof NewClassTree created
        && created.getArguments().contains(child.getLeaf())) {
      return ofMethod(ASTHelpers.getSymbol(created), state);
    }
    return RunSite.UNKNOWN;
  }

  /** Where a call runs the bodies that it is given; unknown where a direct executor runs them. */
  public RunSite ofCall(MethodInvocationTree call, VisitorState state) {
    RunSite site = ofMethod(ASTHelpers.getSymbol(call), state);
    return site == RunSite.ELSEWHERE && DirectExecutors.areUsedBy(call, state)
        ? RunSite.UNKNOWN
        : site;
  }

  /** Where a method or constructor runs the bodies that it is given. */
  public RunSite ofMethod(MethodSymbol method, VisitorState state) {
    RunSite site = RunSite.UNKNOWN;
    TypeSymbol nearest = null;
    for (Map.Entry<MethodTable, RunSite> table : tables) {
      TypeSymbol owner = table.getKey().ownerOf(method, state).orElse(null);
      if (owner != null
          && (nearest == null
              || (owner != nearest && owner.isSubClass(nearest, state.getTypes())))) {
        nearest = owner;
        site = table.getValue();
      }
    }
    return site;
  }

  /**
   * Whether all code between the state's position and the method around it runs on that method's
   * thread: every lambda and anonymous class in between runs here.
   */
  public boolean runsOnMethodsThread(VisitorState state) {
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof LambdaExpressionTree || tree instanceof MemberReferenceTree) {
        if (of(path, state) != RunSite.HERE) {
          return false;
        }
      } else if (tree instanceof MethodTree) {
        TreePath owner = path.getParentPath();
        if (!(owner.getLeaf() instanceof ClassTree type) || !isAnonymous(type)) {
          return true;
        }
        path = owner.getParentPath();
        if (of(path, state) != RunSite.HERE) {
          return false;
        }
      }
    }
    return false;
  }

  private static boolean isAnonymous(ClassTree type) {
    Symbol symbol = ASTHelpers.getSymbol(type);
    return symbol != null && symbol.name.isEmpty();
  }
}
