package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.Occurrences;
import dev.bowline.checks.model.Supertypes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;

/**
 * A call that has tasks run elsewhere.
 *
 * @param call the call, or the creation of a thread
 * @param tasks what runs elsewhere, as far as its source is at hand
 */
record Submission(ExpressionTree call, ImmutableList<Tree> tasks) {
  private static final ImmutableSet<String> TASKS =
      ImmutableSet.of("java.lang.Runnable", "java.util.concurrent.Callable");

  /** To close a resource from another thread, or to ask whether it is, is no use of it. */
  private static final Pattern ENDS =
      Pattern.compile(
          "(close|shutdown|stop|cancel|abort|interrupt|terminate|destroy|disconnect|dispose|kill|isClosed|isOpen).*");

  private static final Pattern DIRECT =
      Pattern.compile("(?i).*(direct|sameThread|inline|synchronous|currentThread).*");

  static Submission of(
      ExpressionTree call, List<? extends ExpressionTree> arguments, VisitorState state) {
    ImmutableList.Builder<Tree> tasks = ImmutableList.builder();
    if (call instanceof NewClassTree created && created.getClassBody() != null) {
      tasks.add(created.getClassBody());
    }
    for (ExpressionTree argument : arguments) {
      if (isTask(argument, state)) {
        tasks.add(argument);
      } else if (argument instanceof IdentifierTree
          && ASTHelpers.getSymbol(argument) instanceof VarSymbol variable
          && variable.getKind() == ElementKind.LOCAL_VARIABLE) {
        Occurrences.in(state).expressionsGivenTo(variable).stream()
            .filter(value -> isTask(value, state))
            .forEach(tasks::add);
      }
    }
    return new Submission(call, tasks.build());
  }

  private static boolean isTask(ExpressionTree argument, VisitorState state) {
    if (argument instanceof NewClassTree) {
      Type type = ASTHelpers.getType(argument);
      return type != null
          && Supertypes.any(
              type, each -> TASKS.contains(each.getQualifiedName().toString()), state);
    }
    return argument instanceof LambdaExpressionTree || argument instanceof MemberReferenceTree;
  }

  /** Whether a task does anything with this variable but end it. */
  boolean uses(Symbol variable) {
    boolean[] used = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree tree, Void unused) {
        used[0] |= variable.equals(ASTHelpers.getSymbol(tree));
        return null;
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
        return isEnd(ASTHelpers.getSymbol(tree))
                && variable.equals(symbolOrNull(ASTHelpers.getReceiver(tree)))
            ? null
            : super.visitMethodInvocation(tree, null);
      }

      @Override
      public Void visitMemberReference(MemberReferenceTree tree, Void unused) {
        return isEnd(ASTHelpers.getSymbol(tree)) ? null : super.visitMemberReference(tree, null);
      }
    }.scan(tasks, null);
    return used[0];
  }

  private static boolean isEnd(Symbol method) {
    return ENDS.matcher(method.getSimpleName()).matches();
  }

  private static Symbol symbolOrNull(ExpressionTree tree) {
    return tree == null ? null : ASTHelpers.getSymbol(tree);
  }

  /** Whether the call itself, outside its tasks, is on or with one of these variables. */
  boolean mentionsAnyOf(Set<Symbol> variables) {
    return namesOutsideTasks().stream().anyMatch(variables::contains);
  }

  /** Whether the executor runs its tasks before the call returns, as its name says. */
  boolean runsHere() {
    return namesOutsideTasks().stream()
        .anyMatch(name -> DIRECT.matcher(name.getSimpleName()).matches());
  }

  /** When a shutdown hook runs, everything closes at once. */
  boolean isHook() {
    return ASTHelpers.getSymbol(call).getSimpleName().contentEquals("addShutdownHook");
  }

  private Set<Symbol> namesOutsideTasks() {
    Set<Symbol> names = new HashSet<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void scan(Tree tree, Void unused) {
        Symbol symbol = tree == null || tasks.contains(tree) ? null : ASTHelpers.getSymbol(tree);
        if (symbol != null) {
          names.add(symbol);
        }
        return tasks.contains(tree) ? null : super.scan(tree, null);
      }
    }.scan(call, null);
    return names;
  }
}
