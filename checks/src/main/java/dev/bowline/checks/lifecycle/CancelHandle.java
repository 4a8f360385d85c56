package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.flow.Obligation;
import dev.bowline.checks.model.MethodTable;
import java.util.List;

/** What keeps something going until it is closed or cancelled. */
final class CancelHandle implements Obligation {
  private static final ImmutableList<String> FACTORIES =
      ImmutableList.of(
          "io.grpc.Context#withCancellation",
          "io.grpc.Context#withDeadline",
          "io.grpc.Context#withDeadlineAfter",
          "java.util.Timer#<init>");

  private static final ImmutableSet<String> ENDINGS =
      ImmutableSet.of("cancel", "close", "detachAndCancel", "dispose", "shutdown", "stop");

  /** They run something under the handle and give it back. */
  private static final MethodTable MERELY_USE =
      MethodTable.of(
          List.of(
              "dev.bowline.Context#*",
              "io.grpc.Context#*",
              "io.grpc.Contexts#intercept*",
              "java.util.Timer#*"));

  private final MethodTable factories;

  /**
   * @param flags {@code -XepOpt:Bowline:CancelHandles=} names more: {@code a.b.C#method} for a
   *     method that returns a handle, {@code a.b.C} for a type whose constructors do
   */
  CancelHandle(ErrorProneFlags flags) {
    factories =
        MethodTable.of(
            Iterables.concat(
                FACTORIES,
                Iterables.transform(
                    flags.getListOrEmpty("Bowline:CancelHandles"),
                    name -> name.contains("#") ? name : name + "#<init>")));
  }

  @Override
  public boolean isCreatedBy(ExpressionTree expression, VisitorState state) {
    // super(…) is a call of a constructor, too.
    return (expression instanceof NewClassTree
            || (expression instanceof MethodInvocationTree call
                && !ASTHelpers.getSymbol(call).isConstructor()))
        && ASTHelpers.getSymbol(expression) instanceof MethodSymbol method
        && factories.contains(method, state)
        && !ASTHelpers.hasAnnotation(
            method, "com.google.errorprone.annotations.MustBeClosed", state);
  }

  @Override
  public boolean isMetBy(MethodSymbol method, VisitorState state) {
    return ENDINGS.contains(method.getSimpleName().toString());
  }

  @Override
  public boolean isMerelyUsedBy(MethodSymbol method, VisitorState state) {
    return MERELY_USE.contains(method, state);
  }
}
