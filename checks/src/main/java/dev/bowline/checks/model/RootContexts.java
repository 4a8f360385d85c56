package dev.bowline.checks.model;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;

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
}
