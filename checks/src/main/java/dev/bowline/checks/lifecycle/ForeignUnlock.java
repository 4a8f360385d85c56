package dev.bowline.checks.lifecycle;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A task that unlocks what the thread that submits it has locked. */
final class ForeignUnlock {
  private ForeignUnlock() {}

  /** The lock, as the task names it. */
  static Optional<String> in(Submission submission, VisitorState state) {
    Set<String> unlocked = new HashSet<>();
    Set<String> lockedInTask = new HashSet<>();
    for (Tree task : submission.tasks()) {
      collect(task, null, unlocked, lockedInTask);
    }
    unlocked.removeAll(lockedInTask);
    MethodTree method = unlocked.isEmpty() ? null : state.findEnclosing(MethodTree.class);
    if (method == null) {
      return Optional.empty();
    }
    Set<String> locked = new HashSet<>();
    collect(method, submission, new HashSet<>(), locked);
    return unlocked.stream().filter(locked::contains).findFirst();
  }

  private static void collect(
      Tree code, Submission without, Set<String> unlocked, Set<String> locked) {
    new TreeScanner<Void, Void>() {
      @Override
      public Void scan(Tree tree, Void unused) {
        return without != null && without.tasks().contains(tree) ? null : super.scan(tree, null);
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        MethodSymbol method = ASTHelpers.getSymbol(call);
        ExpressionTree receiver = ASTHelpers.getReceiver(call);
        if (receiver != null && isOfJdkLock(method)) {
          (method.getSimpleName().contentEquals("unlock") ? unlocked : locked)
              .add(receiver.toString());
        }
        return super.visitMethodInvocation(call, null);
      }
    }.scan(code, null);
  }

  /** A lock that belongs to a thread; a stamp or a permit may be given back by any. */
  private static boolean isOfJdkLock(Symbol method) {
    String owner = method.owner.getQualifiedName().toString();
    return owner.equals("java.util.concurrent.locks.Lock")
        || owner.startsWith("java.util.concurrent.locks.Reentrant");
  }
}
