package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Roots, values and what can be asked of any context. */
@Timeout(60)
final class ContextTest {
  private static final Context.Key<String> USER = Context.Key.of("user");
  private static final Context.Key<String> OTHER_USER = Context.Key.of("user");
  private static final Context.Key<Integer> RETRIES = Context.Key.of("retries", 3);

  @Test
  @DisplayName("case 54")
  void rootsAreLiveAndHaveNoDeadline() throws CancelledException {
    for (Context root : new Context[] {Context.background(), Context.todo()}) {
      assertFalse(root.isDone());
      assertNull(root.cause());
      assertEquals(Optional.empty(), root.remaining());
      root.check();
    }
  }

  @Test
  void rootsAreTwoAndAlwaysTheSame() {
    assertSame(Context.background(), Context.background());
    assertSame(Context.todo(), Context.todo());
    assertNotSame(Context.background(), Context.todo());
  }

  @Test
  @DisplayName("case 54")
  void rootsKeepNoCallbacks() {
    assertFalse(Context.background().onCancel(() -> {}).unregister());
  }

  @Test
  void namesRootsAndStatesWhenPrinted() {
    assertEquals("Context[background]", Context.background().toString());
    assertEquals("Context[todo]", Context.todo().toString());
    assertEquals("Context[live]", Context.todo().with(USER, "ann").toString());
    try (CancellableContext ctx = Context.background().withCancel()) {
      ctx.cancel(new IllegalStateException("full"));
      assertEquals("Context[ended: java.lang.IllegalStateException: full]", ctx.toString());
    }
    try (CancellableContext ctx = Context.background().withTimeout(Duration.ofHours(1))) {
      assertTrue(ctx.toString().startsWith("Context[live, PT59M"), ctx.toString());
    }
  }

  @Test
  @DisplayName("case 62")
  void findsValuesOfAncestors() {
    Context ctx = Context.background().with(USER, "ann");
    try (CancellableContext child = ctx.with(RETRIES, 5).withCancel()) {
      assertEquals("ann", child.get(USER));
      assertEquals(5, child.with(OTHER_USER, "bob").get(RETRIES));
    }
  }

  @Test
  @DisplayName("case 62")
  void leavesTheParentAsItIs() {
    Context parent = Context.background().with(USER, "ann");
    assertEquals("bob", parent.with(USER, "bob").get(USER));
    assertEquals("ann", parent.get(USER));
    assertNull(Context.background().get(USER));
  }

  @Test
  @DisplayName("case 62")
  void tellsKeysOfTheSameNameApart() {
    Context ctx = Context.background().with(USER, "ann");
    assertNull(ctx.get(OTHER_USER));
    assertEquals("bob", ctx.with(OTHER_USER, "bob").get(OTHER_USER));
    assertEquals("user", USER.toString());
  }

  @Test
  @DisplayName("case 62")
  void fallsBackToTheDefaultOfTheKey() {
    assertEquals(3, Context.background().get(RETRIES));
    assertEquals(7, Context.background().with(RETRIES, 7).get(RETRIES));
  }

  @Test
  @DisplayName("case 62")
  void nullHidesOuterValueAndDefault() {
    assertNull(Context.background().with(USER, "ann").with(USER, null).get(USER));
    assertNull(Context.background().with(RETRIES, null).get(RETRIES));
  }

  @Test
  void findsTheOutermostOfManyValues() {
    Context ctx = Context.background().with(USER, "ann");
    for (int i = 0; i < 10_000; i++) {
      ctx = ctx.with(RETRIES, i);
    }
    assertEquals("ann", ctx.get(USER));
    assertEquals(9_999, ctx.get(RETRIES));
  }

  @Test
  @DisplayName("case 64")
  void lookingUpAThousandAncestorsTakesMicroseconds() {
    Context ctx = Context.background().with(USER, "ann");
    for (int i = 0; i < 1_000; i++) {
      ctx = ctx.with(RETRIES, i);
    }
    long start = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      assertEquals("ann", ctx.get(USER));
    }
    Duration each = Duration.ofNanos((System.nanoTime() - start) / 1_000);
    assertTrue(each.compareTo(Duration.ofMillis(1)) < 0, each.toString());
  }

  @Test
  void contextWithValueEndsWithItsParent() {
    IllegalStateException cause = new IllegalStateException();
    try (CancellableContext parent = Context.background().withTimeout(Duration.ofHours(1))) {
      Context ctx = parent.with(USER, "ann");
      assertTrue(ctx.remaining().isPresent());
      assertFalse(ctx.isDone());
      parent.cancel(cause);
      assertSame(cause, ctx.cause());
      assertSame(cause, assertThrows(CancelledException.class, ctx::check).cause());
    }
  }

  @Test
  @DisplayName("case 61")
  void detachedKeepsValuesAndDropsCancelAndDeadline() throws CancelledException {
    try (CancellableContext ended = Context.background().with(USER, "ann").withTimeout(hour())) {
      ended.cancel(null);
      Context detached = ended.detached();
      assertEquals("ann", detached.get(USER));
      assertEquals(Optional.empty(), detached.remaining());
      detached.check();
      try (CancellableContext child = detached.withCancel()) {
        assertFalse(child.isDone());
      }
    }
  }

  @Test
  void checkThrowsTheCauseOnceDone() throws CancelledException {
    IllegalStateException cause = new IllegalStateException("full");
    try (CancellableContext ctx = Context.background().withCancel()) {
      ctx.check();
      ctx.cancel(cause);
      CancelledException thrown = assertThrows(CancelledException.class, ctx::check);
      assertSame(cause, thrown.cause());
      assertSame(cause, thrown.getCause());
      assertEquals("cancelled: java.lang.IllegalStateException: full", thrown.getMessage());
    }
  }

  @Test
  void checkLeavesTheInterruptFlagAlone() {
    try (CancellableContext ctx = Context.background().withCancel()) {
      Thread.currentThread().interrupt();
      try {
        ctx.check();
        ctx.cancel(null);
        assertThrows(CancelledException.class, ctx::check);
      } catch (CancelledException e) {
        throw new AssertionError("live, though interrupted", e);
      } finally {
        assertTrue(Thread.interrupted());
      }
      assertThrows(CancelledException.class, ctx::check);
      assertFalse(Thread.currentThread().isInterrupted());
    }
  }

  @Test
  void remainingCountsDownAndStopsAtZero() {
    try (CancellableContext ctx = Context.background().withTimeout(hour())) {
      Duration first = ctx.remaining().orElseThrow();
      Duration second = ctx.remaining().orElseThrow();
      assertTrue(first.compareTo(hour()) <= 0, first.toString());
      assertTrue(first.toMinutes() >= 59, first.toString());
      assertTrue(second.compareTo(first) <= 0, second.toString());
    }
    try (CancellableContext ctx =
        Context.background().withDeadlineNanos(System.nanoTime() - TimeUnit.HOURS.toNanos(1))) {
      assertEquals(Optional.of(Duration.ZERO), ctx.remaining());
    }
  }

  @Test
  void refusesNulls() {
    Context ctx = Context.background();
    assertThrows(NullPointerException.class, () -> ctx.with(null, ""));
    assertThrows(NullPointerException.class, () -> ctx.get(null));
    assertThrows(NullPointerException.class, () -> ctx.onCancel(null));
    assertThrows(NullPointerException.class, () -> ctx.sleep(null));
    assertThrows(NullPointerException.class, () -> ctx.call(null));
    assertThrows(NullPointerException.class, () -> ctx.await(null));
    assertThrows(NullPointerException.class, () -> Context.Key.of(null));
    assertThrows(NullPointerException.class, () -> new CancelledException(null));
  }

  private static Duration hour() {
    return Duration.ofHours(1);
  }
}
