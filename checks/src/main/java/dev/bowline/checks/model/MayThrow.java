package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssertTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What in some code may end it with an exception: calls that are not known to be harmless, and
 * {@code throw} statements; not what a catch of all exceptions takes, whatever the catch does short
 * of throwing again. It looks into the methods of the same file.
 */
public final class MayThrow {
  private static final ImmutableSet<String> ALL_EXCEPTIONS =
      ImmutableSet.of("java.lang.Throwable", "java.lang.Exception", "java.lang.RuntimeException");

  /** Code that is further away than this does something or other that may throw. */
  private static final int LEVELS = 4;

  private final RunSites sites;
  private final MethodTable handled;

  /**
   * @param handled more methods that keep exceptions to themselves, as {@code a.b.C#method}
   */
  public MayThrow(RunSites sites, Iterable<String> handled) {
    this.sites = sites;
    this.handled = MethodTable.of(handled);
  }

  /**
   * Paths to the calls, creations, method references and {@code throw} statements that may end this
   * code, in the order in which they run; some of them in other methods of the file.
   */
  public ImmutableList<TreePath> in(TreePath code, VisitorState state) {
    Scan scan = new Scan(state);
    scan.scan(code, LEVELS);
    return ImmutableList.copyOf(scan.found);
  }

  private final class Scan extends TreePathScanner<Void, Integer> {
    private final VisitorState state;
    private final List<TreePath> found = new ArrayList<>();
    private final Set<MethodSymbol> seen = new HashSet<>();
    private final Deque<List<Type>> caught = new ArrayDeque<>();

    private Scan(VisitorState state) {
      this.state = state;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Integer levels) {
      super.visitMethodInvocation(call, levels);
      MethodSymbol method = ASTHelpers.getSymbol(call);
      if (!method.isConstructor()) {
        visitCallOf(method, levels);
      }
      return null;
    }

    @Override
    public Void visitNewClass(NewClassTree creation, Integer levels) {
      scan(creation.getEnclosingExpression(), levels);
      scan(creation.getArguments(), levels);
      MethodSymbol constructor = ASTHelpers.getSymbol(creation);
      if (creation.getClassBody() == null
          && (isInFile(constructor) || !constructor.getThrownTypes().isEmpty())) {
        visitCallOf(constructor, levels);
      }
      return null;
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree reference, Integer levels) {
      scan(reference.getQualifierExpression(), levels);
      if (runsHere()) {
        visitCallOf(ASTHelpers.getSymbol(reference), levels);
      }
      return null;
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree lambda, Integer levels) {
      return runsHere() ? super.visitLambdaExpression(lambda, levels) : null;
    }

    /** A class does nothing where it stands. */
    @Override
    public Void visitClass(ClassTree type, Integer levels) {
      return null;
    }

    @Override
    public Void visitAssert(AssertTree assertion, Integer levels) {
      return null;
    }

    @Override
    public Void visitThrow(ThrowTree tree, Integer levels) {
      Type thrown = ASTHelpers.getType(tree.getExpression());
      if (thrown != null && !isCaught(thrown)) {
        found.add(getCurrentPath());
      }
      return super.visitThrow(tree, levels);
    }

    @Override
    public Void visitTry(TryTree attempt, Integer levels) {
      if (!takesAllExceptions(attempt)) {
        caught.push(attempt.getCatches().stream().flatMap(each -> types(each).stream()).toList());
        scan(attempt.getResources(), levels);
        scan(attempt.getBlock(), levels);
        caught.pop();
      }
      for (CatchTree each : attempt.getCatches()) {
        if (alwaysThrows(each) && !takesAllExceptions(attempt)) {
          scan(each.getBlock(), levels);
        }
      }
      return scan(attempt.getFinallyBlock(), levels);
    }

    private void visitCallOf(MethodSymbol method, int levels) {
      if (isHarmless(method)) {
        return;
      }
      if (!isInFile(method)) {
        if (!HarmlessCalls.isNamedSo(method)) {
          found.add(getCurrentPath());
        }
      } else if (levels == 0) {
        found.add(getCurrentPath());
      } else if (seen.add(method)) {
        TreePath declaration = Occurrences.in(state).declarationOf(method);
        scan(new TreePath(declaration, ((MethodTree) declaration.getLeaf()).getBody()), levels - 1);
      }
    }

    private boolean isHarmless(MethodSymbol method) {
      return isUnknown(method)
          || HarmlessCalls.contains(method, state)
          || handled.contains(method, state)
          || isCaughtHere(method);
    }

    /**
     * Whoever catches what a method declares has seen to its failures. Of the JDK's methods one
     * knows what they throw besides.
     */
    private boolean isCaughtHere(MethodSymbol method) {
      return method.getThrownTypes().stream().anyMatch(this::isCaught)
          || (isOfJdk(method) && caught.stream().flatMap(List::stream).anyMatch(this::isUnchecked));
    }

    private boolean isUnchecked(Type type) {
      return ASTHelpers.isSubtype(type, state.getSymtab().runtimeExceptionType, state);
    }

    private boolean isCaught(Type thrown) {
      return caught.stream()
          .flatMap(List::stream)
          .anyMatch(type -> ASTHelpers.isSubtype(thrown, type, state));
    }

    private boolean isInFile(MethodSymbol method) {
      TreePath declaration = Occurrences.in(state).declarationOf(method);
      return declaration != null && ((MethodTree) declaration.getLeaf()).getBody() != null;
    }

    /** Whether the call that is given the body at hand runs it at once. */
    private boolean runsHere() {
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      return switch (sites.of(getCurrentPath(), state)) {
        case HERE -> true;
        case ELSEWHERE -> false;
        case UNKNOWN ->
            parent instanceof MethodInvocationTree call
                && HarmlessCalls.contains(ASTHelpers.getSymbol(call), state);
      };
    }
  }

  /** In code that does not compile for want of a class path. */
  private static boolean isUnknown(MethodSymbol method) {
    return !method.exists() || method.type.isErroneous() || method.owner.type.isErroneous();
  }

  private static boolean isOfJdk(MethodSymbol method) {
    String name = method.packge().getQualifiedName().toString();
    return name.startsWith("java.") || name.startsWith("javax.");
  }

  private static boolean takesAllExceptions(TryTree attempt) {
    return attempt.getCatches().stream()
        .filter(each -> types(each).stream().anyMatch(MayThrow::isAllExceptions))
        .anyMatch(each -> !alwaysThrows(each));
  }

  private static boolean isAllExceptions(Type type) {
    return ALL_EXCEPTIONS.contains(type.tsym.getQualifiedName().toString());
  }

  private static boolean alwaysThrows(CatchTree clause) {
    List<? extends StatementTree> statements = clause.getBlock().getStatements();
    return !statements.isEmpty() && statements.get(statements.size() - 1) instanceof ThrowTree;
  }

  private static List<Type> types(CatchTree clause) {
    Tree type = clause.getParameter().getType();
    List<? extends Tree> alternatives =
        type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
    List<Type> types = new ArrayList<>();
    for (Tree each : alternatives) {
      Type caught = ASTHelpers.getType(each);
      if (caught != null) {
        types.add(caught);
      }
    }
    return types;
  }
}
