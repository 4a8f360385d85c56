package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.flow.Obligation;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.QuietCalls;

/** What a semaphore or lock gave has to be given back to the same one, whatever is thrown. */
final class HeldPermit implements Obligation {
  private static final MethodTable ACQUIRES =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.Semaphore#acquire",
              "java.util.concurrent.Semaphore#acquireUninterruptibly",
              "java.util.concurrent.Semaphore#tryAcquire",
              "java.util.concurrent.locks.Lock#lock",
              "java.util.concurrent.locks.Lock#lockInterruptibly",
              "java.util.concurrent.locks.Lock#tryLock",
              "java.util.concurrent.locks.StampedLock#readLock",
              "java.util.concurrent.locks.StampedLock#readLockInterruptibly",
              "java.util.concurrent.locks.StampedLock#writeLock",
              "java.util.concurrent.locks.StampedLock#writeLockInterruptibly"));

  private static final MethodTable RELEASES =
      MethodTable.of(
          ImmutableList.of(
              "java.util.concurrent.Semaphore#release",
              "java.util.concurrent.locks.Lock#unlock",
              "java.util.concurrent.locks.StampedLock#tryConvert*",
              "java.util.concurrent.locks.StampedLock#tryUnlock*",
              "java.util.concurrent.locks.StampedLock#unlock*"));

  private static final ImmutableSet<String> TELL_WHETHER_HELD =
      ImmutableSet.of("isHeldByCurrentThread", "isLocked", "isWriteLocked", "isReadLocked");

  @Override
  public boolean isCreatedBy(ExpressionTree expression, VisitorState state) {
    return expression instanceof MethodInvocationTree call
        && ACQUIRES.contains(ASTHelpers.getSymbol(call), state);
  }

  @Override
  public boolean isOnReceiver() {
    return true;
  }

  @Override
  public boolean isMetBy(MethodSymbol method, VisitorState state) {
    return RELEASES.contains(method, state);
  }

  @Override
  public boolean isMetByClosing() {
    return false;
  }

  @Override
  public Answer answerOf(MethodSymbol method, VisitorState state) {
    return TELL_WHETHER_HELD.contains(method.getSimpleName().toString())
        ? Answer.MET_IF_FALSE
        : Answer.NOTHING;
  }

  @Override
  public boolean countsUnchecked(MethodSymbol method, VisitorState state) {
    return !QuietCalls.contains(method, state);
  }
}
