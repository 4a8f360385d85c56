package dev.bowline.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ThreadNamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"poller", "http [8080] (main)", "a.b|c\\d{2}^$*+?", "worker-17", ""})
  void theExpressionMatchesTheName(String name) {
    assertTrue(name.matches(ThreadNames.regex(name)), ThreadNames.regex(name));
  }

  @Test
  void theExpressionMatchesOtherNumbersAndNothingElse() {
    String regex = ThreadNames.regex("pool.worker-17");
    assertEquals("pool\\.worker-\\d+", regex);
    assertTrue("pool.worker-2".matches(regex));
    assertFalse("pool.worker-".matches(regex));
    assertFalse("pool-worker-17".matches(regex));
  }

  @Test
  void knowsTheNamesThatTheJdkGives() {
    assertTrue(ThreadNames.isGenerated("Thread-3"));
    assertTrue(ThreadNames.isGenerated("pool-1-thread-2"));
    assertTrue(ThreadNames.isGenerated("")); // of virtual threads
    assertFalse(ThreadNames.isGenerated("my-pool-1"));
  }
}
