package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/** Permits are neither lost nor given out twice, and waiting threads get them or stop. */
@SuppressWarnings("MustBeClosedChecker")
final class LimiterInterleavings {
  private static final int PERMITS = 3;

  /** What does not block, against {@link Sequential}. */
  @Param(name = "wanted", gen = IntGen.class, conf = "1:2")
  @Param(name = "thread", gen = ThreadIdGen.class)
  public static final class Concurrent {
    private final Limiter limiter = Limiter.of(PERMITS);
    private final Limiter.Permit shared = limiter.tryAcquire(1);
    private final List<Deque<Limiter.Permit>> held = new ArrayList<>();

    public Concurrent() {
      for (int i = 0; i < 8; i++) {
        held.add(new ArrayDeque<>());
      }
    }

    @Operation
    public boolean tryAcquire(@Param(name = "thread") int thread, @Param(name = "wanted") int n) {
      Limiter.Permit permit = limiter.tryAcquire(n);
      if (permit != null) {
        held.get(thread).push(permit);
      }
      return permit != null;
    }

    @Operation
    public void close(@Param(name = "thread") int thread) {
      Limiter.Permit permit = held.get(thread).poll();
      if (permit != null) {
        permit.close();
      }
    }

    @Operation
    public void closeShared() {
      shared.close();
    }

    @Operation
    public int available() {
      return limiter.available();
    }
  }

  /** A limiter of one thread. */
  public static final class Sequential {
    private final List<Deque<Integer>> held = new ArrayList<>();
    private int available = PERMITS - 1;
    private boolean sharedIsClosed;

    public Sequential() {
      for (int i = 0; i < 8; i++) {
        held.add(new ArrayDeque<>());
      }
    }

    public boolean tryAcquire(int thread, int n) {
      if (n > available) {
        return false;
      }
      available -= n;
      held.get(thread).push(n);
      return true;
    }

    public void close(int thread) {
      Integer n = held.get(thread).poll();
      available += n == null ? 0 : n;
    }

    public void closeShared() {
      available += sharedIsClosed ? 0 : 1;
      sharedIsClosed = true;
    }

    public int available() {
      return available;
    }
  }

  @Test
  void whatDoesNotBlock() {
    Interleavings.against(Sequential.class).check(Concurrent.class);
  }

  @Test
  void permitsExcludeEachOther() throws Exception {
    Interleavings.explore(
        () -> {
          Limiter limiter = Limiter.of(1);
          AtomicInteger inside = new AtomicInteger();
          Interleavings.Step enter =
              () -> {
                try (Limiter.Permit permit = limiter.acquire(Context.background())) {
                  assertNotNull(permit);
                  assertEquals(1, inside.incrementAndGet());
                  inside.decrementAndGet();
                }
              };
          Interleavings.together(enter, enter, enter);
          assertEquals(1, limiter.available());
        });
  }

  @Test
  void aWaiterThatIsCancelledLeavesNothingBehind() throws Exception {
    Interleavings.explore(
        () -> {
          Limiter limiter = Limiter.of(2);
          Limiter.Permit taken = limiter.tryAcquire(1);
          CancellableContext ctx = Context.background().withCancel();
          Interleavings.together(
              () -> {
                Limiter.Permit both = Interleavings.unlessCancelled(() -> limiter.acquire(ctx, 2));
                if (both != null) {
                  both.close();
                }
                assertFalse(Thread.currentThread().isInterrupted());
              },
              // Behind the first, or before it; must get its permit in any case.
              () -> limiter.acquire(Context.background()).close(),
              () -> {
                ctx.cancel(null);
                taken.close();
              });
          assertEquals(2, limiter.available());
        });
  }

  @Test
  void aWaiterIsServedOrCancelled() throws Exception {
    Interleavings.explore(
        () -> {
          Limiter limiter = Limiter.of(1);
          Limiter.Permit taken = limiter.tryAcquire(1);
          CancellableContext ctx = Context.background().withCancel();
          Limiter.Permit[] got = new Limiter.Permit[1];
          Interleavings.together(
              () -> got[0] = Interleavings.unlessCancelled(() -> limiter.acquire(ctx)),
              taken::close,
              () -> ctx.cancel(null));
          assertEquals(got[0] == null ? 1 : 0, limiter.available());
        });
  }
}
