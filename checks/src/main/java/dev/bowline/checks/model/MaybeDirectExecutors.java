package dev.bowline.checks.model;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import java.util.regex.Pattern;

/** Executors that may run a task on the caller's thread, or when a test tells them to. */
public final class MaybeDirectExecutors {
  private static final Pattern NAME =
      Pattern.compile(
          "(?i).*(direct|sameThread|inline|synchron|currentThread|callerThread|callingThread|immediate|fake|mock|stub|manual|deterministic).*");

  /** What runs tasks on threads of its own, as far as anybody knows. */
  private static final Pattern OWN_THREADS =
      Pattern.compile(
          "(java\\.util\\.concurrent|com\\.google\\.common\\.util\\.concurrent|io\\.netty\\.(util\\.concurrent|channel))\\..*");

  private MaybeDirectExecutors() {}

  /**
   * Whether the executor may be one of those: by its name, the name of its value, or because its
   * type is none of the JDK's, Guava's or Netty's.
   */
  public static boolean mayBe(ExpressionTree executor, VisitorState state) {
    return isNamedSo(executor)
        || isOwnKind(executor)
        || (ASTHelpers.getSymbol(executor) instanceof VarSymbol variable
            && Occurrences.in(state).expressionsGivenTo(variable).stream()
                .anyMatch(value -> isNamedSo(value) || isOwnKind(value)));
  }

  private static boolean isNamedSo(ExpressionTree executor) {
    boolean[] named = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        named[0] |= NAME.matcher(tree.getName()).matches();
        return null;
      }

      @Override
      public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
        named[0] |= NAME.matcher(tree.getIdentifier()).matches();
        return super.visitMemberSelect(tree, null);
      }
    }.scan(executor, null);
    return named[0];
  }

  /** {@code Runnable::run}, {@code new Executor() { … }}, or a type that we know nothing about. */
  private static boolean isOwnKind(ExpressionTree executor) {
    if (executor instanceof LambdaExpressionTree || executor instanceof MemberReferenceTree) {
      return true;
    }
    Type type =
        ASTHelpers.getType(
            executor instanceof NewClassTree created ? created.getIdentifier() : executor);
    return type == null
        || (executor instanceof NewClassTree && type.isInterface())
        || (type.tsym != null
            && !type.isPrimitiveOrVoid()
            && !type.hasTag(TypeTag.BOT)
            && !OWN_THREADS.matcher(type.tsym.getQualifiedName()).matches());
  }
}
