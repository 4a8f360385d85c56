package dev.bowline.checks.model;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.tree.JCTree.JCNewClass;
import java.util.Locale;
import javax.lang.model.element.ElementKind;

/**
 * Whether code sets the interrupt flag of the thread that runs it: by {@code
 * Thread.currentThread().interrupt()}, or through methods and constructors of the same file, up to
 * three deep. A method of another file counts when its name speaks of interrupts.
 */
public final class RestoredInterrupt {
  private static final int DEPTH = 3;

  private RestoredInterrupt() {}

  /** Whether any branch of this code does. What lambdas and classes in it do is not its own. */
  public static boolean in(Tree code, VisitorState state) {
    return in(code, DEPTH, state);
  }

  private static boolean in(Tree code, int depth, VisitorState state) {
    boolean[] found = {false};
    new OwnCodeScanner() {
      @Override
      public Void scan(Tree tree, Void unused) {
        return found[0] ? null : super.scan(tree, null);
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        found[0] = restores(call, depth, state);
        return super.visitMethodInvocation(call, null);
      }

      @Override
      public Void visitNewClass(NewClassTree creation, Void unused) {
        // Error Prone's way to ask throws where the code has errors.
        found[0] = isInDeclaration(((JCNewClass) creation).constructor, depth, state);
        return super.visitNewClass(creation, null);
      }
    }.scan(code, null);
    return found[0];
  }

  private static boolean restores(MethodInvocationTree call, int depth, VisitorState state) {
    if (!(ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method)) {
      // The class is missing; the name is what is left.
      return speaksOfInterrupts(call.getMethodSelect().toString());
    }
    String name = method.getSimpleName().toString();
    boolean ofThread = isThread(method.owner);
    if (name.equals("interrupt") && call.getArguments().isEmpty()) {
      return ofThread && isCurrentThread(ASTHelpers.getReceiver(call), state);
    }
    if (Occurrences.in(state).declarationOf(method) != null) {
      return isInDeclaration(method, depth, state);
    }
    return !ofThread && speaksOfInterrupts(name);
  }

  private static boolean speaksOfInterrupts(String name) {
    return name.toLowerCase(Locale.ROOT).contains("interrupt");
  }

  private static boolean isInDeclaration(Symbol symbol, int depth, VisitorState state) {
    TreePath declaration =
        depth > 0 && symbol instanceof MethodSymbol method
            ? Occurrences.in(state).declarationOf(method)
            : null;
    return declaration != null
        && declaration.getLeaf() instanceof MethodTree tree
        && tree.getBody() != null
        && in(tree.getBody(), depth - 1, state);
  }

  private static boolean isThread(Symbol type) {
    return type != null && type.getQualifiedName().contentEquals("java.lang.Thread");
  }

  /**
   * The current thread, a variable that has been given it, or, in a thread, the thread itself. An
   * executor calls its {@code beforeExecute(Thread, …)} on the thread that it names.
   */
  private static boolean isCurrentThread(ExpressionTree receiver, VisitorState state) {
    if (receiver == null) {
      return true;
    }
    if (isCurrentThreadCall(receiver)) {
      return true;
    }
    Symbol symbol = ASTHelpers.getSymbol(receiver);
    return Occurrences.isThis(symbol)
        || (symbol instanceof VarSymbol variable
            && (isOfHook(variable)
                || Occurrences.in(state).expressionsGivenTo(variable).stream()
                    .anyMatch(RestoredInterrupt::isCurrentThreadCall)));
  }

  private static boolean isOfHook(VarSymbol variable) {
    return variable.getKind() == ElementKind.PARAMETER
        && variable.owner.getSimpleName().contentEquals("beforeExecute");
  }

  private static boolean isCurrentThreadCall(ExpressionTree tree) {
    return tree instanceof MethodInvocationTree call
        && ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method
        && method.getSimpleName().contentEquals("currentThread");
  }
}
