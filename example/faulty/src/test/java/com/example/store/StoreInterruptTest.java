package com.example.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bowline.Context;
import dev.bowline.testing.NoThreadLeaks;
import org.junit.jupiter.api.Test;

@NoThreadLeaks
final class StoreInterruptTest {
  private final Store store = new Store();

  @Test
  void anInterruptEndsTheWait() throws InterruptedException {
    Thread reader =
        new Thread(
            () ->
                // fault: AssertionOffTestThread
                assertThrows(
                    InterruptedException.class, () -> store.get("a", Context.background())));
    reader.start();
    reader.interrupt();
    reader.join(5_000);
    assertFalse(reader.isAlive());
  }
}
