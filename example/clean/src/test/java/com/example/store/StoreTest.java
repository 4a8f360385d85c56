package com.example.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.CancellableContext;
import dev.bowline.CancelledException;
import dev.bowline.Context;
import dev.bowline.testing.NoThreadLeaks;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@NoThreadLeaks
final class StoreTest {
  @Test
  void aValueThatIsThereNeedsNoWait() throws Exception {
    Store store = new Store();
    store.put("a", "1");
    try (CancellableContext ctx = Context.background().withTimeout(Duration.ZERO)) {
      assertEquals("1", store.get(ctx, "a"));
    }
  }

  @Test
  void noReaderWaitsWhenItsContextHasEnded() {
    Store store = new Store();
    try (CancellableContext ctx = Context.background().withTimeout(Duration.ZERO)) {
      assertThrows(CancelledException.class, () -> store.get(ctx, "a"));
    }
  }

  @Test
  void allReadersOfAKeyGoOnTogether() throws Exception {
    CountDownLatch waiting = new CountDownLatch(2);
    Store store = new Store(waiting::countDown);
    ExecutorService readers = Executors.newFixedThreadPool(2);
    try (CancellableContext ctx = Context.background().withTimeout(Duration.ofSeconds(5))) {
      Future<String> first = readers.submit(() -> store.get(ctx, "a"));
      Future<String> second = readers.submit(() -> store.get(ctx, "a"));
      assertTrue(waiting.await(5, SECONDS), "both readers wait");
      store.put("a", "1");
      assertEquals("1", first.get(5, SECONDS));
      assertEquals("1", second.get(5, SECONDS));
    } finally {
      readers.shutdown();
      assertTrue(readers.awaitTermination(5, SECONDS), "the readers have ended");
    }
  }
}
