package dev.bowline.checks.failure;

import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.EnclosingTask;
import dev.bowline.checks.model.EntryPoints;
import dev.bowline.checks.model.FollowingCode;
import dev.bowline.checks.model.MethodUses;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.RunSite;
import dev.bowline.checks.model.RunSites;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * Whether code that never returns is a task's: what runs elsewhere, and the body of any {@code
 * Runnable} or {@code Callable}, for a body without an end needs a thread of its own. What is meant
 * to live as long as the process is none of these.
 */
final class TaskCode {
  private static final int CALLERS = 2;

  private static final Supplier<Type> RUNNABLE =
      VisitorState.memoize(state -> state.getTypeFromString("java.lang.Runnable"));

  private static final Supplier<Type> CALLABLE =
      VisitorState.memoize(state -> state.getTypeFromString("java.util.concurrent.Callable"));

  private final RunSites sites;

  TaskCode(RunSites sites) {
    this.sites = sites;
  }

  /** Whether the code at hand is a task's, or that of methods which only tasks of the file call. */
  boolean contains(VisitorState state) {
    return isTasks(state.getPath(), CALLERS, state);
  }

  private boolean isTasks(TreePath code, int callers, VisitorState state) {
    if (livesWithProcess(code, state)) {
      return false;
    }
    for (TreePath path = code; path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof LambdaExpressionTree) {
        RunSite site = sites.of(path, state);
        if (site != RunSite.HERE) {
          return isTaskType(ASTHelpers.getType(tree), state) || isHandedOver(code, state);
        }
      } else if (tree instanceof MethodTree method) {
        MethodSymbol symbol = ASTHelpers.getSymbol(method);
        if (symbol == null || !(path.getParentPath().getLeaf() instanceof ClassTree)) {
          return false;
        }
        if (!symbol.owner.name.isEmpty()) {
          return isTaskMethod(symbol, state)
              ? isCreatedElsewhere(symbol, state)
              : onlyTasksCall(symbol, callers, state);
        }
        path = path.getParentPath().getParentPath();
        if (!(path.getLeaf() instanceof NewClassTree) || sites.of(path, state) != RunSite.HERE) {
          return isTaskMethod(symbol, state) || isHandedOver(code, state);
        }
      }
    }
    return false;
  }

  private boolean isHandedOver(TreePath code, VisitorState state) {
    return EnclosingTask.find(code, 0, sites, state).isPresent();
  }

  private static boolean isTaskMethod(MethodSymbol method, VisitorState state) {
    return method.getParameters().isEmpty()
        && !method.isStatic()
        && ((method.getSimpleName().contentEquals("run")
                && ASTHelpers.isSubtype(method.owner.type, RUNNABLE.get(state), state))
            || (method.getSimpleName().contentEquals("call")
                && ASTHelpers.isSubtype(method.owner.type, CALLABLE.get(state), state)));
  }

  private static boolean isTaskType(Type type, VisitorState state) {
    return ASTHelpers.isSubtype(type, RUNNABLE.get(state), state)
        || ASTHelpers.isSubtype(type, CALLABLE.get(state), state);
  }

  private static boolean isCreatedElsewhere(MethodSymbol run, VisitorState state) {
    boolean seen = false;
    for (Symbol member : run.enclClass().members().getSymbols()) {
      if (member instanceof MethodSymbol constructor && constructor.isConstructor()) {
        for (TreePath creation :
            MethodUses.in(state.getPath().getCompilationUnit(), constructor).calls()) {
          if (!livesWithProcess(creation, state)) {
            return true;
          }
          seen = true;
        }
      }
    }
    return !seen;
  }

  private boolean onlyTasksCall(MethodSymbol method, int callers, VisitorState state) {
    List<TreePath> mentions = Occurrences.in(state).of(method);
    return callers > 0
        && !mentions.isEmpty()
        && mentions.stream().allMatch(mention -> isInTask(mention, callers - 1, state));
  }

  private boolean isInTask(TreePath mention, int callers, VisitorState state) {
    if (mention.getLeaf() instanceof MemberReferenceTree reference) {
      RunSite site = sites.of(mention, state);
      return (site == RunSite.ELSEWHERE
              || (site == RunSite.UNKNOWN && isTaskType(ASTHelpers.getType(reference), state)))
          && !livesWithProcess(mention, state);
    }
    return isTasks(mention, callers, state);
  }

  /** What {@code main} starts, and the daemons that a static initialiser starts. */
  private static boolean livesWithProcess(TreePath code, VisitorState state) {
    return EntryPoints.encloses(state.withPath(code))
        || (isInStaticInitialiser(code)
            && FollowingCode.hasCall(
                List.of(code.getCompilationUnit()),
                call ->
                    ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method
                        && method.getSimpleName().toString().matches("(set)?[dD]aemon")));
  }

  private static boolean isInStaticInitialiser(TreePath code) {
    for (Tree tree : code) {
      if ((tree instanceof BlockTree block && block.isStatic())
          || (tree instanceof VariableTree field
              && field.getModifiers().getFlags().contains(Modifier.STATIC))) {
        return true;
      }
    }
    return false;
  }
}
