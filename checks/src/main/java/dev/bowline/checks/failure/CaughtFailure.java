package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.model.MethodTable;

/** What a catch makes of what it catches. */
final class CaughtFailure {
  /** Calls by which nobody but a reader of the log learns anything. */
  private static final MethodTable TELL_NOBODY =
      MethodTable.of(
          ImmutableList.of(
              "java.io.PrintStream#*",
              "java.lang.CharSequence#*",
              "java.lang.Object#toString",
              "java.lang.String#*",
              "java.lang.StringBuilder#*",
              "java.lang.System#currentTimeMillis",
              "java.lang.System#nanoTime",
              "java.lang.Thread#currentThread",
              "java.lang.Thread#getName",
              "java.lang.Thread#sleep",
              "java.lang.Throwable#*",
              "java.util.Arrays#toString",
              "java.util.logging.Logger#*",
              "org.apache.commons.logging.Log#*",
              "org.apache.log4j.Category#*",
              "org.apache.logging.log4j.Logger#*",
              "org.slf4j.Logger#*"));

  private CaughtFailure() {}

  /** Whether this call is one of a logger, or only makes a text. */
  static boolean tellsNobody(MethodSymbol method, VisitorState state) {
    return TELL_NOBODY.contains(method, state);
  }

  /** Whether anything outside the catch is different afterwards, or gets to know. */
  static boolean isTold(CatchTree caught, VisitorState state) {
    boolean[] told = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        told[0] |= !tellsNobody(ASTHelpers.getSymbol(call), state);
        return super.visitMethodInvocation(call, null);
      }

      @Override
      public Void visitAssignment(AssignmentTree tree, Void unused) {
        told[0] = true;
        return null;
      }

      @Override
      public Void visitCompoundAssignment(CompoundAssignmentTree tree, Void unused) {
        told[0] = true;
        return null;
      }

      @Override
      public Void visitUnary(UnaryTree tree, Void unused) {
        told[0] |=
            switch (tree.getKind()) {
              case POSTFIX_INCREMENT, POSTFIX_DECREMENT, PREFIX_INCREMENT, PREFIX_DECREMENT -> true;
              default -> false;
            };
        return super.visitUnary(tree, null);
      }

      @Override
      public Void visitReturn(ReturnTree tree, Void unused) {
        told[0] |= tree.getExpression() != null;
        return super.visitReturn(tree, null);
      }

      // What is thrown on is somebody else's.
      @Override
      public Void visitThrow(ThrowTree tree, Void unused) {
        return null;
      }
    }.scan(caught.getBlock(), null);
    return told[0];
  }

  /** Whether the catch ends in a throw. */
  static boolean isThrownOn(CatchTree caught) {
    boolean[] thrown = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitThrow(ThrowTree tree, Void unused) {
        thrown[0] = true;
        return null;
      }
    }.scan(caught.getBlock(), null);
    return thrown[0];
  }
}
