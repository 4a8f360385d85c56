package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.bowline.checks.model.RunSite;
import dev.bowline.checks.model.RunSites;
import dev.bowline.checks.model.Supertypes;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Code that ends a component: the body of its closing method, or of a shutdown hook.
 *
 * @param body the method, lambda or method reference
 * @param name what to call it in a message
 * @param hook whether it runs while the JVM ends
 */
record StoppingCode(Tree body, String name, boolean hook) {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:(?:do|on|service|spi|internal)_?)?(?:close|stop|shut_?down|destroy|terminate|dispose|tear_?down)"
              + "(?:Internal|Quietly|Gracefully|Impl|(?:Background)?(?:Threads?|Executors?|Services?|Tasks?))?",
          Pattern.CASE_INSENSITIVE);

  private static final ImmutableSet<String> PRE_DESTROY =
      ImmutableSet.of("javax.annotation.PreDestroy", "jakarta.annotation.PreDestroy");

  /** A parameter of one of these is the bound, or tells whether to wait. */
  private static final ImmutableSet<String> TELLS_HOW_LONG =
      ImmutableSet.of("java.time.Duration", "java.util.concurrent.TimeUnit");

  /** Methods by which the user of a component waits for its end. */
  private static final Pattern WAIT =
      Pattern.compile("(await|join|blockUntil|waitFor|isTerminated|terminationFuture).*");

  /** What the state's position runs in, on its own thread. */
  static Optional<StoppingCode> around(RunSites sites, VisitorState state) {
    Set<Object> hooks = null;
    for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof LambdaExpressionTree || tree instanceof MemberReferenceTree) {
        if (hooks == null) {
          hooks = ShutdownHooks.in(state);
        }
        if (hooks.contains(tree)) {
          return Optional.of(new StoppingCode(tree, "the shutdown hook", true));
        }
        if (sites.of(path, state) != RunSite.HERE) {
          return Optional.empty();
        }
      } else if (tree instanceof MethodTree method) {
        MethodSymbol symbol = ASTHelpers.getSymbol(method);
        if (isStoppingMethod(symbol, state)) {
          return Optional.of(new StoppingCode(method, "'" + symbol.getSimpleName() + "'", false));
        }
        hooks = hooks == null ? ShutdownHooks.in(state) : hooks;
        boolean runOfHook =
            symbol.getSimpleName().contentEquals("run") && hooks.contains(symbol.enclClass());
        return runOfHook || hooks.contains(symbol)
            ? Optional.of(new StoppingCode(method, "the shutdown hook", true))
            : Optional.empty();
      } else if (tree instanceof ClassTree) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean isStoppingMethod(MethodSymbol method, VisitorState state) {
    for (String annotation : PRE_DESTROY) {
      if (ASTHelpers.hasAnnotation(method, annotation, state)) {
        return true;
      }
    }
    return !method.isPrivate()
        && NAME.matcher(method.getSimpleName()).matches()
        && method.getParameters().size() <= 2
        && method.getParameters().stream().noneMatch(StoppingCode::tellsHowLong);
  }

  private static boolean tellsHowLong(VarSymbol parameter) {
    return parameter.type.isPrimitive()
        || TELLS_HOW_LONG.contains(parameter.type.tsym.getQualifiedName().toString());
  }

  /**
   * Whether who calls the method gets something back by which to see when all has ended. A method
   * that can be chained returns its own object.
   */
  boolean returnsHandle(VisitorState state) {
    if (!(body instanceof MethodTree method)) {
      return false;
    }
    Type result = ASTHelpers.getSymbol(method).getReturnType();
    return !result.hasTag(TypeTag.VOID)
        && !result.hasTag(TypeTag.BOOLEAN)
        && !ASTHelpers.isSubtype(ASTHelpers.getSymbol(method).enclClass().type, result, state);
  }

  /** Whether no method of this class, and no overload with a bound, is there to wait with. */
  boolean leavesWaitingToNobody(VisitorState state) {
    if (hook) {
      return true;
    }
    Symbol own = ASTHelpers.getSymbol(body);
    for (Symbol member :
        state.getTypes().membersClosure(own.enclClass().type, false).getSymbols()) {
      if (member instanceof MethodSymbol method
          && !method.isPrivate()
          && !method.owner.toString().startsWith("java.lang.")
          && (WAIT.matcher(method.getSimpleName()).matches()
              || (method.getSimpleName().equals(own.getSimpleName())
                  && method.getParameters().stream().anyMatch(StoppingCode::tellsHowLong)))) {
        return false;
      }
    }
    return true;
  }

  /** A program that is started for one job ends when the job is done, however long it takes. */
  boolean isOfProgram() {
    if (hook) {
      return false;
    }
    for (Symbol member : ASTHelpers.getSymbol(body).outermostClass().members().getSymbols()) {
      if (member instanceof MethodSymbol method && method.getSimpleName().contentEquals("main")) {
        return true;
      }
    }
    return false;
  }

  /** An executor's own methods do as its interface says, and leave waiting to its user. */
  static boolean isInExecutor(VisitorState state) {
    for (Tree tree : state.getPath()) {
      if (tree instanceof ClassTree type
          && Supertypes.any(
              ASTHelpers.getSymbol(type).type,
              supertype ->
                  supertype
                      .getQualifiedName()
                      .contentEquals("java.util.concurrent.ExecutorService"),
              state)) {
        return true;
      }
    }
    return false;
  }
}
