package dev.bowline.checks.lifecycle;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Occurrences;
import java.util.HashSet;
import java.util.Set;

/** What a file makes shutdown hooks of: trees of lambdas and method references, and symbols. */
final class ShutdownHooks extends TreeScanner<Void, Void> {
  private final Occurrences occurrences;
  private final Set<Object> hooks = new HashSet<>();

  private ShutdownHooks(Occurrences occurrences) {
    this.occurrences = occurrences;
  }

  /**
   * The lambdas and method references of the file at hand that run in shutdown hooks, the methods
   * that the latter name, and the classes of which hooks are created.
   */
  static Set<Object> in(VisitorState state) {
    ShutdownHooks hooks = new ShutdownHooks(Occurrences.in(state));
    hooks.scan(state.getPath().getCompilationUnit(), null);
    return hooks.hooks;
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
    if (ASTHelpers.getSymbol(call).getSimpleName().toString().endsWith("ShutdownHook")) {
      for (ExpressionTree hook : call.getArguments()) {
        addBodiesOf(hook);
        if (hook instanceof IdentifierTree
            && ASTHelpers.getSymbol(hook) instanceof VarSymbol variable) {
          occurrences.expressionsGivenTo(variable).forEach(this::addBodiesOf);
        }
      }
    }
    return super.visitMethodInvocation(call, null);
  }

  private void addBodiesOf(ExpressionTree hook) {
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
        hooks.add(tree);
        return null;
      }

      @Override
      public Void visitMemberReference(MemberReferenceTree tree, Void unused) {
        hooks.add(tree);
        hooks.add(ASTHelpers.getSymbol(tree));
        return null;
      }

      @Override
      public Void visitNewClass(NewClassTree tree, Void unused) {
        hooks.add(
            tree.getClassBody() == null
                ? ASTHelpers.getSymbol(tree).enclClass()
                : ASTHelpers.getSymbol(tree.getClassBody()));
        return scan(tree.getArguments(), null);
      }
    }.scan(hook, null);
  }
}
