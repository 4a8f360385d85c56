package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** A context ends once, and everybody who is to hear of it does, once. */
@SuppressWarnings("MustBeClosedChecker")
final class ContextInterleavings {
  /** The end of one context, against {@link Sequential}. */
  @Param(name = "cause", gen = IntGen.class, conf = "1:3")
  public static final class Concurrent {
    private final CancellableContext ctx = Context.background().withCancel();

    @Operation
    public boolean cancel(@Param(name = "cause") int cause) {
      return ctx.cancel(new Throwable(Integer.toString(cause)));
    }

    @Operation
    public void close() {
      ctx.close();
    }

    @Operation
    public boolean isDone() {
      return ctx.isDone();
    }

    @Operation
    public String cause() {
      Throwable cause = ctx.cause();
      return cause == null ? null : cause.getMessage();
    }

    @Operation
    public boolean isRefused() {
      try {
        ctx.check();
        return false;
      } catch (CancelledException e) {
        return true;
      }
    }
  }

  /** A context of one thread. */
  public static final class Sequential {
    private String cause;

    public boolean cancel(int cause) {
      if (this.cause != null) {
        return false;
      }
      this.cause = Integer.toString(cause);
      return true;
    }

    public void close() {
      if (cause == null) {
        cause = "closed";
      }
    }

    public boolean isDone() {
      return cause != null;
    }

    public String cause() {
      return cause;
    }

    public boolean isRefused() {
      return cause != null;
    }
  }

  @Test
  void aContextEndsOnce() {
    Interleavings.against(Sequential.class).check(Concurrent.class);
  }

  // case 63
  @Test
  void aCallbackHasRunOrWasTakenBack() throws Exception {
    Interleavings.explore(
        () -> {
          CancellableContext ctx = Context.background().withCancel();
          AtomicInteger ran = new AtomicInteger();
          Context.Registration registration = ctx.onCancel(ran::incrementAndGet);
          AtomicInteger takenBack = new AtomicInteger();
          Interleavings.Step takeBack =
              () -> {
                if (registration.unregister()) {
                  takenBack.incrementAndGet();
                }
              };
          Interleavings.together(takeBack, takeBack, () -> ctx.cancel(null));
          assertEquals(1, ran.get() + takenBack.get());
        });
  }

  @Test
  void aCallbackThatComesDuringTheEndRunsOnce() throws Exception {
    Interleavings.explore(
        () -> {
          CancellableContext ctx = Context.background().withCancel();
          AtomicInteger ran = new AtomicInteger();
          Interleavings.together(
              () -> ctx.onCancel(ran::incrementAndGet),
              () -> ctx.cancel(new IllegalStateException()),
              ctx::close);
          assertEquals(1, ran.get());
        });
  }

  @Test
  void whoEndsItHasToldEverybodyOnReturn() throws Exception {
    Interleavings.explore(
        () -> {
          CancellableContext ctx = Context.background().withCancel();
          CancellableContext child = ctx.withCancel();
          AtomicInteger ran = new AtomicInteger();
          child.onCancel(ran::incrementAndGet);
          ctx.onCancel(ran::incrementAndGet);
          Interleavings.Step end =
              () -> {
                if (ctx.cancel(new IllegalStateException())) {
                  assertEquals(2, ran.get());
                  assertSame(ctx.cause(), child.cause());
                }
              };
          Interleavings.together(end, end);
          assertEquals(2, ran.get());
        });
  }

  @Test
  void aChildThatComesDuringTheEndEndsToo() throws Exception {
    Interleavings.explore(
        () -> {
          CancellableContext ctx = Context.background().withCancel();
          CancellableContext[] child = new CancellableContext[1];
          AtomicInteger ran = new AtomicInteger();
          Interleavings.together(
              () -> {
                child[0] = ctx.withCancel();
                child[0].onCancel(ran::incrementAndGet);
              },
              () -> ctx.cancel(new IllegalStateException()));
          assertSame(ctx.cause(), child[0].cause());
          assertEquals(1, ran.get());
        });
  }

  @Test
  void aChildEndsOnceWhoeverEndsIt() throws Exception {
    Interleavings.explore(
        () -> {
          CancellableContext ctx = Context.background().withCancel();
          CancellableContext child = ctx.withCancel();
          AtomicInteger ran = new AtomicInteger();
          child.onCancel(ran::incrementAndGet);
          List<Throwable> seen = new CopyOnWriteArrayList<>();
          Interleavings.together(
              () -> {
                child.cancel(new IllegalArgumentException());
                seen.add(child.cause());
              },
              () -> {
                while (!child.isDone()) {
                  Thread.onSpinWait();
                }
                seen.add(child.cause());
              },
              () -> ctx.cancel(new IllegalStateException()));
          assertNotNull(child.cause());
          assertSame(child.cause(), seen.get(0));
          assertSame(child.cause(), seen.get(1));
          assertEquals(1, ran.get());
        });
  }

  @Test
  void aSleeperWakesUp() throws Exception {
    Interleavings.explore(
        () -> {
          CancellableContext ctx = Context.background().withCancel();
          CancellableContext child = ctx.withCancel();
          boolean[] stopped = new boolean[1];
          Interleavings.together(
              () -> {
                try {
                  child.parkUntil(child, () -> Long.MAX_VALUE);
                } catch (CancelledException e) {
                  stopped[0] = true;
                }
              },
              () -> ctx.cancel(null));
          assertTrue(stopped[0]);
        });
  }
}
