package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableMap;
import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.fixes.SuggestedFixes;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.Supertypes;
import java.util.Optional;
import java.util.stream.Stream;

/** Wraps what a periodic task does in a catch that logs. */
final class ScheduledTaskFix {
  /**
   * How to log, by the type of the logger; {@code %1$s} is its name, {@code %2$s} the text, {@code
   * %3$s} the exception, {@code %4$s} a level.
   */
  private static final ImmutableMap<String, String> LOGGERS =
      ImmutableMap.of(
          "org.slf4j.Logger", "%1$s.error(\"%2$s\", %3$s);",
          "org.apache.logging.log4j.Logger", "%1$s.error(\"%2$s\", %3$s);",
          "org.apache.commons.logging.Log", "%1$s.error(\"%2$s\", %3$s);",
          "java.util.logging.Logger", "%1$s.log(%4$s.SEVERE, \"%2$s\", %3$s);",
          "java.lang.System.Logger", "%1$s.log(System.Logger.Level.ERROR, \"%2$s\", %3$s);");

  private static final String WITHOUT_LOGGER =
      "Thread.currentThread().getUncaughtExceptionHandler()"
          + ".uncaughtException(Thread.currentThread(), %s);";

  private static final String TEXT = "periodic task failed";

  private final VisitorState state;
  private final SuggestedFix.Builder fix = SuggestedFix.builder();

  private ScheduledTaskFix(VisitorState state) {
    this.state = state;
  }

  /**
   * A fix for the task itself where it is written as an argument: a lambda, a method reference, or
   * the {@code run} of a class.
   *
   * @param body what {@link dev.bowline.checks.model.TaskBodies} found for it
   */
  static Optional<SuggestedFix> of(ExpressionTree task, TreePath body, VisitorState state) {
    ScheduledTaskFix wrapping = new ScheduledTaskFix(state);
    return wrapping.wrap(ASTHelpers.stripParentheses(task), body)
        ? Optional.of(wrapping.fix.build())
        : Optional.empty();
  }

  private boolean wrap(ExpressionTree task, TreePath body) {
    String exception = freeName();
    if (exception == null) {
      return false;
    }
    if (task instanceof MemberReferenceTree reference) {
      MethodSymbol method = ASTHelpers.getSymbol(reference);
      String receiver = state.getSourceForNode(reference.getQualifierExpression());
      String call =
          (receiver.equals("this") ? "" : receiver + ".") + method.getSimpleName() + "();";
      fix.replace(
          task,
          "() -> {\n"
              + attempt(call, state.getPath(), method.getSimpleName() + " failed", exception)
              + "\n}");
      return !method.isConstructor()
          && method.getParameters().isEmpty()
          && isSameLater(reference.getQualifierExpression());
    }
    if (task instanceof LambdaExpressionTree lambda
        && lambda.getBodyKind() == LambdaExpressionTree.BodyKind.EXPRESSION) {
      Tree code = lambda.getBody() instanceof ParenthesizedTree ? null : lambda.getBody();
      if (code == null) {
        return false;
      }
      fix.replace(
          code,
          "{\n"
              + attempt(state.getSourceForNode(code) + ";", state.getPath(), TEXT, exception)
              + "\n}");
      return true;
    }
    boolean isOwn = task instanceof LambdaExpressionTree || task instanceof NewClassTree;
    if (!isOwn || !(body.getLeaf() instanceof BlockTree block) || block.getStatements().isEmpty()) {
      return false;
    }
    fix.prefixWith(block.getStatements().get(0), "try {\n")
        .postfixWith(
            block.getStatements().get(block.getStatements().size() - 1),
            "\n" + handler(body, TEXT, exception));
    return true;
  }

  /** Whether a lambda may name this too, and gets what the method reference got. */
  private static boolean isSameLater(ExpressionTree receiver) {
    return (receiver instanceof IdentifierTree || receiver instanceof MemberSelectTree)
        && (!(ASTHelpers.getSymbol(receiver) instanceof VarSymbol variable)
            || variable.owner instanceof ClassSymbol
            || ASTHelpers.isConsideredFinal(variable));
  }

  private String attempt(String code, TreePath place, String text, String exception) {
    return "try {\n" + code + "\n" + handler(place, text, exception);
  }

  private String handler(TreePath place, String text, String exception) {
    return "} catch (RuntimeException %s) {\n%s\n}"
        .formatted(exception, log(place, text, exception));
  }

  private String log(TreePath place, String text, String exception) {
    for (TreePath path = place; path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof ClassTree type) {
        for (Tree member : type.getMembers()) {
          String pattern = member instanceof VariableTree ? pattern(member) : null;
          if (pattern != null) {
            return pattern.formatted(
                ((VariableTree) member).getName(),
                text,
                exception,
                pattern.contains("%4$s")
                    ? SuggestedFixes.qualifyType(state, fix, "java.util.logging.Level")
                    : "");
          }
        }
      }
    }
    return WITHOUT_LOGGER.formatted(exception);
  }

  /** How to log with a field; static ones only, since they can be used wherever the task stands. */
  private String pattern(Tree field) {
    VarSymbol symbol = (VarSymbol) ASTHelpers.getSymbol(field);
    Type type = symbol == null ? null : symbol.type;
    if (type == null || !symbol.isStatic()) {
      return null;
    }
    for (var logger : LOGGERS.entrySet()) {
      if (Supertypes.any(
          type, each -> each.getQualifiedName().contentEquals(logger.getKey()), state)) {
        return logger.getValue();
      }
    }
    return null;
  }

  /** A name that no variable around the task has: a lambda may not declare it again. */
  private String freeName() {
    Tree around = state.getPath().getCompilationUnit();
    for (Tree tree : state.getPath()) {
      if (tree instanceof MethodTree) {
        around = tree;
        break;
      }
    }
    Tree scope = around;
    return Stream.of("e", "failure")
        .filter(name -> !isDeclared(name, scope))
        .findFirst()
        .orElse(null);
  }

  private static boolean isDeclared(String name, Tree scope) {
    boolean[] found = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree variable, Void unused) {
        found[0] |= variable.getName().contentEquals(name);
        return super.visitVariable(variable, null);
      }
    }.scan(scope, null);
    return found[0];
  }
}
