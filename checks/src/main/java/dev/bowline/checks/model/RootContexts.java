package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.fixes.SuggestedFixes;
import com.sun.source.tree.ExpressionTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import java.util.Optional;

/**
 * Which expressions make a root context: one that has no caller, no deadline and no values; and
 * which of these only mark that nobody has decided yet where the context should come from.
 */
public final class RootContexts {
  private static final ImmutableList<String> ROOTS =
      ImmutableList.of(
          "dev.bowline.Context.background",
          "io.grpc.Context.ROOT",
          "io.opentelemetry.context.Context.root");

  private static final ImmutableList<String> TODOS = ImmutableList.of("dev.bowline.Context.todo");

  private final StaticMembers roots;
  private final StaticMembers todos;

  /**
   * @param flags {@code -XepOpt:Bowline:RootContexts=} and {@code -XepOpt:Bowline:TodoContexts=}
   *     name more static methods without parameters and static fields, as {@code a.b.C.member}
   */
  public RootContexts(ErrorProneFlags flags) {
    roots =
        new StaticMembers(
            "Bowline:RootContexts", ROOTS, flags.getListOrEmpty("Bowline:RootContexts"));
    todos =
        new StaticMembers(
            "Bowline:TodoContexts", TODOS, flags.getListOrEmpty("Bowline:TodoContexts"));
  }

  /** Whether this expression makes a root for good; what is a marker as well is only a marker. */
  public boolean isRoot(ExpressionTree tree, VisitorState state) {
    return roots.contains(tree, state) && !todos.contains(tree, state);
  }

  /** Whether this expression makes a context that marks unfinished work. */
  public boolean isTodo(ExpressionTree tree, VisitorState state) {
    return todos.contains(tree, state);
  }

  /**
   * The expression for a root that may be passed where this type is asked for, of a known or
   * configured context type; empty where there is none, or more than one.
   */
  public Optional<String> expressionFor(Type type, VisitorState state) {
    ImmutableSet<String> members = roots.of(type.tsym.getQualifiedName().toString());
    if (members.size() != 1) {
      return Optional.empty();
    }
    String member = members.iterator().next();
    for (Symbol symbol : type.tsym.members().getSymbolsByName(state.getName(member))) {
      if (symbol.isStatic()
          && (!(symbol instanceof MethodSymbol method) || method.getParameters().isEmpty())) {
        String call = symbol instanceof MethodSymbol ? "()" : "";
        return Optional.of(nameInFile(type, state) + "." + member + call);
      }
    }
    return Optional.empty();
  }

  /** Without new imports: types of one simple name are what this is about. */
  private static String nameInFile(Type type, VisitorState state) {
    String name = type.tsym.getQualifiedName().toString();
    return state.getPath().getCompilationUnit().getImports().stream()
            .anyMatch(each -> each.getQualifiedIdentifier().toString().equals(name))
        ? SuggestedFixes.qualifyType(state, SuggestedFix.builder(), type.tsym)
        : name;
  }
}
