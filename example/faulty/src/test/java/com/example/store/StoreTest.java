package com.example.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.Context;
import dev.bowline.testing.NoThreadLeaks;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NoThreadLeaks
final class StoreTest {
  private final Store store = new Store();
  private final ExecutorService readers = Executors.newSingleThreadExecutor();

  @AfterEach
  void noReaderIsLeft() throws InterruptedException {
    readers.shutdown();
    assertTrue(readers.awaitTermination(5, SECONDS));
  }

  @Test
  void aReaderWaitsForTheValue() throws Exception {
    Future<String> reader = readers.submit(() -> store.get("a", Context.background()));
    // fault: SleepInTest
    Thread.sleep(100);
    assertFalse(reader.isDone());
    store.put("a", "1");
    assertEquals("1", reader.get(5, SECONDS));
  }

  @Test
  void aReaderStartsAtOnce() throws Exception {
    store.put("a", "1");
    CountDownLatch started = new CountDownLatch(1);
    Future<String> reader =
        readers.submit(
            () -> {
              started.countDown();
              return store.get("a", Context.background());
            });
    // fault: TimedWaitIgnored
    started.await(5, SECONDS);
    assertEquals("1", reader.get(5, SECONDS));
  }
}
