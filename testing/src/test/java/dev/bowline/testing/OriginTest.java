package dev.bowline.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class OriginTest {
  private static final int THREADS = 20_000;

  private final CyclicBarrier both = new CyclicBarrier(2);

  @Test
  @DisplayName("case 90: of threads made at the very same time none is charged to the wrong test")
  void madeAtTheSameTime() throws Exception {
    TestScope one = new TestScope("one", null);
    TestScope other = new TestScope("other", null);
    ExecutorService makers = Executors.newFixedThreadPool(2);
    try {
      Future<List<Thread>> ofOne = makers.submit(() -> make(one));
      Future<List<Thread>> ofOther = makers.submit(() -> make(other));
      List<Thread> first = ofOne.get(60, TimeUnit.SECONDS);
      List<Thread> second = ofOther.get(60, TimeUnit.SECONDS);
      assertNotCharged(first, other);
      assertNotCharged(second, one);
    } finally {
      makers.shutdownNow();
      assertTrue(makers.awaitTermination(10, TimeUnit.SECONDS));
    }
  }

  @Test
  @DisplayName("case 90: a thread is charged to its test, and to the class of that")
  void madeAlone() {
    TestScope type = new TestScope("class", null);
    TestScope test = new TestScope("test", type);
    Origin before = Origin.enter(test);
    Thread made = new Thread(() -> {}, "never started");
    Origin.leave(before);
    assertTrue(Origin.isCertainlyOf(live(made), test));
    assertTrue(Origin.isCertainlyOf(live(made), type));
    assertFalse(Origin.isCertainlyOf(live(made), new TestScope("other", type)));
  }

  /** Makes threads that are never started. */
  private List<Thread> make(TestScope scope) throws Exception {
    List<Thread> made = new ArrayList<>();
    Origin before = Origin.enter(scope);
    try {
      both.await(10, TimeUnit.SECONDS);
      for (int i = 0; i < THREADS; i++) {
        made.add(new Thread(() -> {}, "never started")); // keeps what is inherited alive
      }
    } finally {
      Origin.leave(before);
    }
    return made;
  }

  private static void assertNotCharged(List<Thread> made, TestScope foreign) {
    for (Thread thread : made) {
      assertFalse(Origin.isCertainlyOf(live(thread), foreign), () -> "number " + thread.getId());
    }
  }

  private static LiveThread live(Thread thread) {
    return new LiveThread(thread, thread.getId(), "", false, false, "NEW", null, null, List.of());
  }
}
