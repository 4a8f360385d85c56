package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes of concurrent code, with what goes wrong in them. */
@Timeout(60)
final class PatternsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Context ctx = Context.background();

  @AfterEach
  void leavesTheInterruptFlagClear() {
    assertFalse(Thread.interrupted());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10_000})
  @DisplayName("case 22: map over 0, 1 and 10,000 items keeps their order")
  void mapKeepsTheOrder(int size) throws Exception {
    List<Integer> items = IntStream.range(0, size).boxed().toList();
    List<String> results = Patterns.map(ctx, "names", 16, items, (own, item) -> "n" + item);
    assertEquals(items.stream().map(item -> "n" + item).toList(), results);
    assertThrows(UnsupportedOperationException.class, () -> results.add("more"));
  }

  @Test
  @DisplayName("case 22: map works on a copy of the items")
  void mapCopiesTheItems() throws Exception {
    List<Integer> items = new ArrayList<>(List.of(1, 2, 3));
    List<Integer> results =
        Patterns.map(
            ctx,
            "copy",
            1,
            items,
            (own, item) -> {
              items.clear(); // one at a time, and nobody else reads them
              return item * 10;
            });
    assertEquals(List.of(10, 20, 30), results);
  }

  @Test
  void mapTakesAndReturnsNull() throws Exception {
    assertEquals(
        Arrays.asList(null, "a"),
        Patterns.map(ctx, "nulls", 2, Arrays.asList(null, "a"), (own, item) -> item));
  }

  @Test
  @DisplayName("case 23: as many calls run at a time as the limit allows, and no more")
  void mapRunsAsManyAsTheLimit() throws Exception {
    int limit = 200;
    CountDownLatch allIn = new CountDownLatch(limit);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Patterns.forEach(
        ctx,
        "wide",
        limit,
        IntStream.range(0, 3 * limit).boxed().toList(),
        (own, item) -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          allIn.countDown();
          Worker.await(allIn); // only passes if so many are in here together
          running.decrementAndGet();
        });
    assertEquals(limit, most.get());
  }

  @Test
  void firstFailureStopsTheOthers() {
    IllegalStateException failure = new IllegalStateException();
    CountDownLatch waiting = new CountDownLatch(1);
    ExecutionException thrown =
        assertThrows(
            ExecutionException.class,
            () ->
                Patterns.map(
                    ctx,
                    "fail",
                    2,
                    List.of("wait", "fail", "never"),
                    (own, item) -> {
                      if (item.equals("fail")) {
                        Worker.await(waiting);
                        throw failure;
                      }
                      waiting.countDown();
                      own.sleep(HOUR);
                      return item;
                    }));
    assertSame(failure, thrown.getCause());
    assertEquals(0, failure.getSuppressed().length);
  }

  @Test
  void forEachFetchesItemsAsPlacesBecomeFree() {
    AtomicInteger fetched = new AtomicInteger();
    Iterable<Integer> endless = () -> Stream.generate(fetched::incrementAndGet).iterator();
    ExecutionException thrown =
        assertThrows(
            ExecutionException.class,
            () ->
                Patterns.forEach(
                    ctx,
                    "endless",
                    4,
                    endless,
                    (own, item) -> {
                      if (item == 100) {
                        throw new IllegalStateException("enough");
                      }
                      if (item > 100) {
                        own.sleep(HOUR); // the places stay taken until the failure is known
                      }
                    }));
    assertEquals("enough", thrown.getCause().getMessage());
    // Four places, one item that waits for a place, and one fetched before the failure was seen.
    assertTrue(fetched.get() <= 100 + 4 + 1, () -> fetched + " items were fetched");
  }

  @Test
  void bodiesGetAContextOfTheirOwnAndAnotherThread() throws Exception {
    Thread caller = Thread.currentThread();
    Patterns.forEach(
        ctx,
        "own",
        1,
        List.of(1),
        (own, item) -> {
          assertNotSame(ctx, own);
          assertNotSame(caller, Thread.currentThread());
        });
  }

  @Test
  void endOfTheContextEndsMap() {
    IllegalStateException cause = new IllegalStateException();
    try (CancellableContext cancelled = ctx.withCancel()) {
      CancelledException thrown =
          assertThrows(
              CancelledException.class,
              () ->
                  Patterns.map(
                      cancelled,
                      "cancelled",
                      2,
                      List.of(1, 2, 3),
                      (own, item) -> {
                        cancelled.cancel(cause);
                        own.sleep(HOUR);
                        return item;
                      }));
      assertSame(cause, thrown.cause());
    }
  }

  @Test
  void refusesNonsense() {
    List<Integer> items = List.of(1);
    assertThrows(
        IllegalArgumentException.class,
        () -> Patterns.map(ctx, "none", 0, items, (own, item) -> item));
    assertThrows(
        IllegalArgumentException.class,
        () -> Patterns.forEach(ctx, "none", -1, items, (own, item) -> {}));
    assertThrows(
        IllegalArgumentException.class,
        () -> Patterns.workers(ctx, "none", 0, Mailbox.bounded(1), (own, item) -> {}));
    for (Duration wrong : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
      assertThrows(
          IllegalArgumentException.class, () -> Patterns.every(ctx, "never", wrong, own -> {}));
    }
  }

  @Test
  @DisplayName("case 76: workers drain a closed mailbox, then return")
  void workersDrainThenReturn() throws Exception {
    Mailbox<Integer> mailbox = Mailbox.bounded(100);
    List<Integer> done = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 100; i++) {
      mailbox.send(ctx, i);
    }
    mailbox.close();
    Patterns.workers(ctx, "drain", 3, mailbox, (own, job) -> done.add(job));
    assertEquals(IntStream.range(0, 100).boxed().toList(), done.stream().sorted().toList());
  }

  @Test
  @DisplayName("case 76: workers wait for messages until the mailbox is closed")
  void workersWaitForMessages() throws Exception {
    Mailbox<String> mailbox = Mailbox.bounded(1);
    CountDownLatch first = new CountDownLatch(1);
    try (Worker<Void> workers =
        Worker.start(
            () -> {
              Patterns.workers(ctx, "wait", 2, mailbox, (own, job) -> first.countDown());
              return null;
            })) {
      mailbox.send(ctx, "a");
      Worker.await(first);
      mailbox.close();
      workers.result();
    }
  }

  @Test
  @DisplayName("case 76: the first error stops the pulling")
  void firstErrorStopsThePulling() throws Exception {
    Mailbox<Integer> mailbox = Mailbox.bounded(10);
    IllegalStateException failure = new IllegalStateException();
    for (int i = 0; i < 10; i++) {
      mailbox.send(ctx, i);
    }
    ExecutionException thrown =
        assertThrows(
            ExecutionException.class,
            () ->
                Patterns.workers(
                    ctx,
                    "fail",
                    1,
                    mailbox,
                    (own, job) -> {
                      if (job == 3) {
                        throw failure;
                      }
                    }));
    assertSame(failure, thrown.getCause());
    assertEquals(List.of(4, 5, 6, 7, 8, 9), mailbox.drain());
  }

  @Test
  @DisplayName("case 76: the end of the context stops workers between messages")
  void endOfTheContextStopsBetweenMessages() throws Exception {
    Mailbox<Integer> mailbox = Mailbox.bounded(10);
    for (int i = 0; i < 10; i++) {
      mailbox.send(ctx, i);
    }
    List<Integer> done = new ArrayList<>(); // by the one worker
    try (CancellableContext cancelled = ctx.withCancel()) {
      assertThrows(
          CancelledException.class,
          () ->
              Patterns.workers(
                  cancelled,
                  "stop",
                  1,
                  mailbox,
                  (own, job) -> {
                    if (job == 3) {
                      cancelled.cancel(null);
                    }
                    done.add(job);
                  }));
    }
    assertEquals(List.of(0, 1, 2, 3), done);
    assertEquals(6, mailbox.size());
  }

  @Test
  @DisplayName("case 77: every runs at once, then at multiples of the period")
  void everyKeepsTheRate() {
    Duration period = Duration.ofMillis(2);
    List<Long> starts = new ArrayList<>(); // by the one task
    try (CancellableContext cancelled = ctx.withCancel()) {
      assertThrows(
          CancelledException.class,
          () ->
              Patterns.every(
                  cancelled,
                  "tick",
                  period,
                  own -> {
                    starts.add(System.nanoTime());
                    if (starts.size() == 5) {
                      cancelled.cancel(null);
                    }
                  }));
    }
    assertEquals(5, starts.size());
    // The first run may be late, the others are never early.
    assertTrue(starts.get(4) - starts.get(1) >= 2 * period.toNanos());
  }

  @Test
  @DisplayName("case 77: a slow body drops ticks, and no burst follows")
  void slowBodyDropsTicks() throws Exception {
    Duration period = Duration.ofMillis(5);
    List<Long> late = new ArrayList<>();
    Metronome metronome = new Metronome(period, late::add);
    metronome.awaitTick(ctx);
    ctx.sleep(period.multipliedBy(4)); // the slow body
    long before = System.nanoTime();
    metronome.awaitTick(ctx);
    metronome.awaitTick(ctx);
    assertTrue(System.nanoTime() - before >= period.toNanos());
    long dropped = late.stream().mapToLong(Long::longValue).sum();
    assertTrue(dropped >= 3, () -> "dropped " + late);
  }

  @Test
  @DisplayName("case 77: every stops within one interrupt")
  void everyStopsInTheBody() throws Exception {
    CountDownLatch inBody = new CountDownLatch(1);
    try (CancellableContext cancelled = ctx.withCancel();
        Worker<CancelledException> loop =
            Worker.start(
                () ->
                    assertThrows(
                        CancelledException.class,
                        () ->
                            Patterns.every(
                                cancelled,
                                "stuck",
                                HOUR,
                                own -> {
                                  inBody.countDown();
                                  new CountDownLatch(1).await(); // knows nothing of contexts
                                })))) {
      Worker.await(inBody);
      IllegalStateException cause = new IllegalStateException();
      cancelled.cancel(cause);
      assertSame(cause, loop.result().cause());
    }
  }

  @Test
  @DisplayName("case 77: the first failure ends every")
  void firstFailureEndsEvery() {
    AtomicInteger runs = new AtomicInteger();
    ExecutionException thrown =
        assertThrows(
            ExecutionException.class,
            () ->
                Patterns.every(
                    ctx,
                    "fail",
                    Duration.ofNanos(1),
                    own -> {
                      if (runs.incrementAndGet() == 3) {
                        throw new IllegalStateException("third run");
                      }
                    }));
    assertInstanceOf(IllegalStateException.class, thrown.getCause());
    assertEquals(3, runs.get());
  }
}
