package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import java.util.List;

/** Whether the threads of an executor keep the process alive, as far as its creation tells. */
public final class DaemonThreads {
  private static final MethodTable ALWAYS =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.ForkJoinPool#<init>",
              "java.util.concurrent.Executors#newWorkStealingPool",
              "java.util.concurrent.Executors#newVirtualThreadPerTaskExecutor"));

  private static final MethodTable NEVER =
      MethodTable.of(ImmutableList.of("java.util.concurrent.Executors#defaultThreadFactory"));

  private static final Supplier<Type> FACTORY =
      VisitorState.memoize(state -> state.getTypeFromString("java.util.concurrent.ThreadFactory"));

  private DaemonThreads() {}

  /**
   * Whether the threads of this executor may be daemons: its creation says so, or takes a factory
   * that this file does not show.
   */
  public static boolean maybeIn(ExpressionTree creation, VisitorState state) {
    if (ALWAYS.contains((MethodSymbol) ASTHelpers.getSymbol(creation), state)) {
      return true;
    }
    for (ExpressionTree argument : arguments(creation)) {
      Type factory = FACTORY.get(state);
      if (factory != null
          && ASTHelpers.isSubtype(ASTHelpers.getType(argument), factory, state)
          && !surelyMakesNone(argument, state)) {
        return true;
      }
    }
    return false;
  }

  private static List<? extends ExpressionTree> arguments(ExpressionTree creation) {
    if (creation instanceof NewClassTree created) {
      return created.getArguments();
    }
    return creation instanceof MethodInvocationTree call ? call.getArguments() : ImmutableList.of();
  }

  private static boolean surelyMakesNone(ExpressionTree factory, VisitorState state) {
    if (factory instanceof LambdaExpressionTree) {
      return !setsDaemon(factory);
    }
    if (factory instanceof MethodInvocationTree call) {
      return NEVER.contains(ASTHelpers.getSymbol(call), state)
          || (isBuiltHere(call) && !setsDaemon(call));
    }
    Tree declaration = declarationHere(ASTHelpers.getSymbol(factory), state);
    return declaration != null && !setsDaemon(declaration);
  }

  /** {@code new ThreadFactoryBuilder()….build()} */
  private static boolean isBuiltHere(MethodInvocationTree call) {
    ExpressionTree receiver = ASTHelpers.getReceiver(call);
    while (receiver instanceof MethodInvocationTree inner) {
      receiver = ASTHelpers.getReceiver(inner);
    }
    return receiver instanceof NewClassTree;
  }

  private static Tree declarationHere(Symbol symbol, VisitorState state) {
    if (!(symbol instanceof MethodSymbol method)) {
      return null;
    }
    Tree[] found = new Tree[1];
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitClass(ClassTree type, Void unused) {
        if (method.isConstructor() && method.owner.equals(ASTHelpers.getSymbol(type))) {
          found[0] = type;
        }
        return super.visitClass(type, null);
      }

      @Override
      public Void visitMethod(MethodTree tree, Void unused) {
        if (!method.isConstructor() && method.equals(ASTHelpers.getSymbol(tree))) {
          found[0] = tree;
        }
        return super.visitMethod(tree, null);
      }
    }.scan(state.getPath().getCompilationUnit(), null);
    return found[0];
  }

  /** Whether this code makes any thread a daemon, or leaves that to a value that it is given. */
  private static boolean setsDaemon(Tree tree) {
    return FollowingCode.hasCall(
        List.of(tree),
        call ->
            ASTHelpers.getSymbol(call).getSimpleName().toString().matches("(set)?[dD]aemon")
                && !(call.getArguments().size() == 1
                    && call.getArguments().get(0) instanceof LiteralTree literal
                    && Boolean.FALSE.equals(literal.getValue())));
  }
}
