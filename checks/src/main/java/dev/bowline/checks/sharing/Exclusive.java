package dev.bowline.checks.sharing;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.model.FollowingCode;
import dev.bowline.checks.model.MethodUses;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.RunSite;
import dev.bowline.checks.model.RunSites;
import dev.bowline.checks.model.Supertypes;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/**
 * Code that no other thread gets in between of: under a lock, on a thread that the code names, or
 * while the object is still being made.
 */
final class Exclusive {
  private static final Pattern TAKES =
      Pattern.compile(
          "(try|read|write)?[lL]ock(?!ed).*|.*[a-z]Lock|acquire.*|holdsLock|isHeldBy.*"
              + "|.*[iI]nEventLoop.*|.*(Main|Same|Current|Loop|Scheduler)Thread.*");

  private static final Pattern GIVES_BACK = Pattern.compile(".*[uU]nlock.*|release.*|leave");

  private static final Pattern SAYS_LOCKED =
      Pattern.compile(
          "(?i).*(locked|underlock|withlock|inlock|holdinglock|(un|non)safe|notsync).*");

  private static final Pattern RUNS_LOCKED =
      Pattern.compile("(?i)compute.*|merge|.*(lock|synchron).*");

  private static final Pattern ANNOTATION =
      Pattern.compile("GuardedBy|NotThreadSafe|.*(Lock|Locked|Synchronized)");

  /** A class that has an executor for the main thread does its own work there. */
  private static final Pattern MAIN_THREAD = Pattern.compile("(?i)mainThread.*");

  private static final int CALLERS = 3;

  /** All calls of these come out of one SynchronizationContext. */
  private static final ImmutableSet<String> SERIALISED =
      ImmutableSet.of("io.grpc.LoadBalancer", "io.grpc.NameResolver");

  private final RunSites sites;

  Exclusive(ErrorProneFlags flags) {
    sites = new RunSites(flags);
  }

  /**
   * @param code a path to the code
   * @param ofInstance whether the state at hand belongs to the object, so that a constructor has it
   *     for itself
   */
  boolean contains(TreePath code, boolean ofInstance, VisitorState state) {
    return contains(code, ofInstance, CALLERS, state);
  }

  private boolean contains(TreePath code, boolean ofInstance, int callers, VisitorState state) {
    Tree child = code.getLeaf();
    for (TreePath path = code.getParentPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof SynchronizedTree
          || (tree instanceof BlockTree block && takesLock(before(block, child)))
          || (tree instanceof IfTree choice && takesLock(List.of(choice.getCondition())))
          || (tree instanceof TryTree attempt && holds(attempt, child))) {
        return true;
      }
      if (tree instanceof LambdaExpressionTree) {
        if (runsLocked(path.getParentPath().getLeaf())) {
          return true;
        }
        if (sites.of(path, state) != RunSite.HERE) {
          return false;
        }
      } else if (tree instanceof MethodTree method) {
        return isExclusive(method, ofInstance, callers, state);
      } else if (tree instanceof ClassTree) {
        return child instanceof BlockTree initializer && (initializer.isStatic() || ofInstance);
      }
      child = tree;
    }
    return false;
  }

  private boolean isExclusive(
      MethodTree method, boolean ofInstance, int callers, VisitorState state) {
    MethodSymbol symbol = ASTHelpers.getSymbol(method);
    if (method.getModifiers().getFlags().contains(Modifier.SYNCHRONIZED)
        || SAYS_LOCKED.matcher(method.getName()).matches()
        || symbol == null
        || isAnnotated(symbol)
        || isAnnotated(symbol.enclClass())
        || hasMainThread(symbol.enclClass())
        || isSerialised(symbol.enclClass(), state)) {
      return true;
    }
    if (symbol.isConstructor()) {
      return ofInstance || makesTheOnlyOne(symbol, state);
    }
    if (callers == 0 || !symbol.isPrivate()) {
      return false;
    }
    List<TreePath> mentions = Occurrences.in(state).of(symbol);
    return !mentions.isEmpty()
        && mentions.stream()
            .allMatch(
                mention ->
                    !(mention.getLeaf() instanceof MemberReferenceTree)
                        && contains(mention, ofInstance, callers - 1, state));
  }

  /** A constructor that runs once, for a constant of the class, is like a static initialiser. */
  private static boolean makesTheOnlyOne(MethodSymbol constructor, VisitorState state) {
    List<TreePath> creations =
        MethodUses.in(state.getPath().getCompilationUnit(), constructor).calls();
    return constructor.isPrivate()
        && creations.size() == 1
        && creations.get(0).getParentPath().getLeaf() instanceof VariableTree variable
        && ASTHelpers.getSymbol(variable).isStatic();
  }

  /** Whether whoever calls this class, or the one around it, promises one call at a time. */
  private static boolean isSerialised(ClassSymbol type, VisitorState state) {
    for (Symbol each = type; each != null; each = each.owner) {
      if (each instanceof ClassSymbol
          && Supertypes.any(
              each.type,
              supertype -> SERIALISED.contains(supertype.getQualifiedName().toString()),
              state)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasMainThread(ClassSymbol type) {
    for (Symbol member : type.members().getSymbols()) {
      if (member.getKind().isField() && MAIN_THREAD.matcher(member.getSimpleName()).matches()) {
        return true;
      }
    }
    return false;
  }

  static boolean isAnnotated(Symbol symbol) {
    return symbol.getRawAttributes().stream()
        .anyMatch(each -> ANNOTATION.matcher(each.type.tsym.getSimpleName()).matches());
  }

  private static boolean takesLock(List<? extends Tree> code) {
    return FollowingCode.hasCall(code, call -> TAKES.matcher(Calls.name(call)).matches());
  }

  private static boolean holds(TryTree attempt, Tree child) {
    return child == attempt.getBlock()
        && (attempt.getResources().stream()
                .anyMatch(resource -> resource.toString().toLowerCase(Locale.ROOT).contains("lock"))
            || (attempt.getFinallyBlock() != null
                && FollowingCode.hasCall(
                    List.of(attempt.getFinallyBlock()),
                    call -> GIVES_BACK.matcher(Calls.name(call)).matches())));
  }

  private static boolean runsLocked(Tree tree) {
    return (tree instanceof MethodInvocationTree call
            && RUNS_LOCKED.matcher(Calls.name(call)).matches())
        || (tree instanceof NewClassTree creation
            && RUNS_LOCKED.matcher(creation.getIdentifier().toString()).matches());
  }

  private static List<? extends StatementTree> before(BlockTree block, Tree child) {
    int index = block.getStatements().indexOf(child);
    return block.getStatements().subList(0, Math.max(index, 0));
  }
}
