package dev.bowline.testing.junit4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.testing.ThreadLeaks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;
import org.junit.runner.notification.Failure;

@Timeout(60)
final class ThreadLeakRuleTest {
  private static final ThreadLeaks.Option SOON = ThreadLeaks.linger(Duration.ofMillis(50));

  private static CountDownLatch end = new CountDownLatch(1);

  /** Starts a thread that stays until the test here is over. */
  static void leak() {
    CountDownLatch mine = end;
    Thread thread =
        new Thread(
            () -> {
              try {
                mine.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // ends all the same
              }
            },
            "left-behind");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void endsTheThreads() {
    end.countDown();
    end = new CountDownLatch(1);
  }

  private static List<Failure> failures(Class<?> tests, int run) {
    Result result = JUnitCore.runClasses(tests);
    assertEquals(run, result.getRunCount());
    return result.getFailures();
  }

  public static final class Leaking {
    @Rule public final ThreadLeakRule noLeaks = new ThreadLeakRule(SOON);

    @org.junit.Test
    public void leaks() {
      leak();
    }

    @org.junit.Test
    public void doesNot() {
      assertTrue(true);
    }
  }

  @Test
  void onlyTheTestThatLeaksFails() {
    List<Failure> failures = failures(Leaking.class, 2);
    assertEquals(1, failures.size());
    assertEquals("leaks", failures.get(0).getDescription().getMethodName());
    String message = failures.get(0).getMessage();
    assertTrue(message.startsWith("After leaks("), message);
    assertTrue(message.contains("left-behind"), message);
  }

  public static final class LeakingByClass {
    @ClassRule public static final ThreadLeakRule NO_LEAKS = new ThreadLeakRule(SOON);

    @org.junit.Test
    public void leaks() {
      leak();
    }

    @org.junit.Test
    public void doesNot() {
      assertTrue(true);
    }
  }

  @Test
  void asAClassRuleItFailsTheClass() {
    List<Failure> failures = failures(LeakingByClass.class, 2);
    assertEquals(1, failures.size());
    assertEquals(LeakingByClass.class.getName(), failures.get(0).getDescription().getDisplayName());
  }

  public static final class Failing {
    @Rule public final ThreadLeakRule noLeaks = new ThreadLeakRule(SOON);

    @org.junit.Test
    public void leaksAndFails() {
      leak();
      throw new IllegalStateException("half-way");
    }
  }

  @Test
  void theFailureOfTheTestIsAllThatIsReported() {
    List<Failure> failures = failures(Failing.class, 1);
    assertEquals(1, failures.size());
    assertEquals("half-way", failures.get(0).getMessage());
  }

  public static final class Allowed {
    @Rule
    public final ThreadLeakRule noLeaks =
        new ThreadLeakRule(SOON, ThreadLeaks.ignoreName("left-behind"));

    @org.junit.Test
    public void leaks() {
      leak();
    }
  }

  @Test
  void optionsSayWhatMayStay() {
    assertEquals(List.of(), failures(Allowed.class, 1));
  }
}
