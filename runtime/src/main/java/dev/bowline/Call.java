package dev.bowline;

import org.jspecify.annotations.Nullable;

/** Work on the calling thread that the end of a context interrupts. */
final class Call {
  private Call() {}

  static <T extends @Nullable Object> T run(CancellableContext lifetime, Context ctx, Work<T> body)
      throws Exception {
    ctx.check();
    InterruptGate gate = new InterruptGate();
    Thread thread = Thread.currentThread();
    boolean stopped = false;
    try (CancellableContext inner = CancellableContext.open(ctx, gate)) {
      try {
        gate.enter();
        inner.check(); // if the end came in between, there may be no interrupt
        return body.run(inner);
      } catch (InterruptedException e) {
        stopped = true;
        Throwable cause = inner.cause();
        if (cause == null || e instanceof CancelledException) {
          throw e;
        }
        CancelledException cancelled = inner.cancelled(cause);
        cancelled.addSuppressed(e);
        throw cancelled;
      } finally {
        // One flag may stand for two interrupts: the other is for a call or task around this one.
        if (gate.leave(InterruptGate.LEFT)
            && Thread.interrupted()
            && !stopped
            && lifetime.hasInterrupted(thread)) {
          thread.interrupt();
        }
      }
    }
  }
}
