package dev.bowline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The right to interrupt a thread, which ends before the thread turns to something else.
 *
 * <p>The thread enters, works, and leaves. An interrupt takes place between the two or not at all:
 * a thread that leaves waits for one that is just being delivered. There is at most one, and none
 * once the thread has been told in another way.
 */
class InterruptGate {
  /** The first state that a gate can be left with; subclasses may use greater ones too. */
  static final int LEFT = 5;

  private static final int FRESH = 0;
  private static final int ENTERED = 1;
  private static final int INTERRUPTING = 2;
  private static final int INTERRUPTED = 3;
  private static final int TOLD = 4;

  private static final VarHandle GATE;

  static {
    try {
      GATE = MethodHandles.lookup().findVarHandle(InterruptGate.class, "gate", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile int gate = FRESH;

  /** Written before the gate is entered, read after. */
  private @Nullable Thread thread;

  /** The calling thread may be interrupted from now on, until it leaves. */
  final void enter() {
    thread = Thread.currentThread();
    gate = ENTERED;
  }

  /** Interrupts the thread that has entered and not left, unless that has been done before. */
  final void interrupt() {
    if (GATE.compareAndSet(this, ENTERED, INTERRUPTING)) {
      try {
        thread.interrupt();
      } finally {
        gate = INTERRUPTED;
      }
    }
  }

  /**
   * The thread inside learns by an exception what the interrupt would have told it. If that has
   * come it is taken out of the flag, otherwise it does not come any more: or it would disturb the
   * cleaning up. Does nothing the second time, and on other threads.
   */
  final void tell() {
    if (thread != Thread.currentThread() || GATE.compareAndSet(this, ENTERED, TOLD)) {
      return;
    }
    awaitDelivery();
    if (GATE.compareAndSet(this, INTERRUPTED, TOLD)) {
      Thread.interrupted();
    }
  }

  /**
   * No interrupt comes any more once this has returned; one that came may still be in the thread's
   * flag. Only for the thread that has entered, or before any has.
   *
   * @param left what {@link #gateState()} returns from now on, at least {@link #LEFT}
   * @return whether there was an interrupt, and the thread has not been told since
   */
  @CanIgnoreReturnValue
  final boolean leave(int left) {
    if (GATE.compareAndSet(this, ENTERED, left)) {
      return false;
    }
    awaitDelivery();
    return (int) GATE.getAndSet(this, left) == INTERRUPTED;
  }

  /** Short, for the other is between two statements; but it may need this processor for that. */
  @SuppressWarnings("ThreadPriorityCheck")
  private void awaitDelivery() {
    while (gate == INTERRUPTING) {
      Thread.yield();
    }
  }

  /** The state it was left with; less than {@link #LEFT} before. */
  final int gateState() {
    return gate;
  }

  /** Whether this thread is inside, was interrupted here, and has not been told. */
  final boolean hasInterrupted(Thread inside) {
    return gate == INTERRUPTED && thread == inside;
  }

  /** The thread inside, null before it enters. Who looks checks afterwards whether it has left. */
  final @Nullable Thread thread() {
    return gate == FRESH ? null : thread;
  }
}
