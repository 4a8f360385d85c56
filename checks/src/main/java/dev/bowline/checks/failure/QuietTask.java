package dev.bowline.checks.failure;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Occurrences;
import java.util.List;
import java.util.regex.Pattern;

/** Whether a task deals with its failures itself, or does nothing that fails. */
final class QuietTask extends TreeScanner<Void, Void> {
  private static final ImmutableSet<String> CATCH_ALL =
      ImmutableSet.of("java.lang.Throwable", "java.lang.Exception", "java.lang.RuntimeException");

  /** Calls that do not fail: on latches, atomics, clocks and completions, and log lines. */
  private static final Pattern QUIET =
      Pattern.compile(
          "countDown|arrive\\w*|release|set\\w*|incrementAndGet|getAndIncrement|complete\\w*|cancel"
              + "|nanoTime|currentTimeMillis|currentThread|interrupt|trace|debug|info|warn|error|log|println");

  private boolean canFail;

  private QuietTask() {}

  /** Whether nothing is lost when nobody hears this task fail, as far as its source is at hand. */
  static boolean is(ExpressionTree task, VisitorState state) {
    if (task instanceof LambdaExpressionTree lambda) {
      return isQuiet(lambda.getBody());
    }
    if (task instanceof MemberReferenceTree reference) {
      TreePath declaration = Occurrences.in(state).declarationOf(ASTHelpers.getSymbol(reference));
      return QUIET.matcher(reference.getName()).matches()
          || (declaration != null && isQuiet(((MethodTree) declaration.getLeaf()).getBody()));
    }
    if (task instanceof NewClassTree created) {
      return isQuietClass(
          created.getClassBody() != null
              ? created.getClassBody()
              : declaration(ASTHelpers.getSymbol(created.getIdentifier()), state));
    }
    if (task instanceof IdentifierTree
        && ASTHelpers.getSymbol(task) instanceof VarSymbol variable) {
      List<ExpressionTree> values = Occurrences.in(state).expressionsGivenTo(variable);
      return values.size() == 1
          && !(values.get(0) instanceof IdentifierTree)
          && is(values.get(0), state);
    }
    return false;
  }

  private static ClassTree declaration(Symbol type, VisitorState state) {
    return type instanceof ClassSymbol known ? Occurrences.in(state).declarationOf(known) : null;
  }

  private static boolean isQuietClass(ClassTree type) {
    for (Tree member : type == null ? List.<Tree>of() : type.getMembers()) {
      if (member instanceof MethodTree method
          && method.getParameters().isEmpty()
          && (method.getName().contentEquals("run") || method.getName().contentEquals("call"))) {
        return isQuiet(method.getBody());
      }
    }
    return false;
  }

  private static boolean isQuiet(Tree body) {
    QuietTask scanner = new QuietTask();
    scanner.scan(body, null);
    return body != null && !scanner.canFail;
  }

  @Override
  public Void visitTry(TryTree tree, Void unused) {
    if (tree.getCatches().stream().anyMatch(QuietTask::catchesAll)) {
      tree.getCatches().forEach(each -> new Rethrows().scan(each.getBlock(), null));
      scan(tree.getFinallyBlock(), null);
      return null;
    }
    return super.visitTry(tree, null);
  }

  /** What a catch block does is its author's answer to the failure; to throw it on is none. */
  private final class Rethrows extends TreeScanner<Void, Void> {
    @Override
    public Void visitThrow(ThrowTree tree, Void unused) {
      canFail = true;
      return null;
    }
  }

  private static boolean catchesAll(CatchTree clause) {
    Tree type = clause.getParameter().getType();
    List<? extends Tree> types =
        type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
    return types.stream()
        .map(ASTHelpers::getSymbol)
        .anyMatch(
            (Symbol symbol) ->
                symbol != null && CATCH_ALL.contains(symbol.getQualifiedName().toString()));
  }

  @Override
  public Void visitThrow(ThrowTree tree, Void unused) {
    canFail = true;
    return null;
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
    canFail |= !QUIET.matcher(TaskFutures.name(tree)).matches();
    return super.visitMethodInvocation(tree, null);
  }

  @Override
  public Void visitNewClass(NewClassTree tree, Void unused) {
    canFail = true;
    return null;
  }

  @Override
  public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
    return null;
  }

  @Override
  public Void visitClass(ClassTree tree, Void unused) {
    return null;
  }
}
