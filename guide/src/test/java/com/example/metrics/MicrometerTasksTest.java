package com.example.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MicrometerTasksTest {
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final MicrometerTasks listener = new MicrometerTasks(registry);

  @Test
  void countsAndTimesTasksByOutcome() throws Exception {
    Tasks.endInAllWays(listener);
    assertEquals(2, ended("succeeded").count());
    assertEquals(1, ended("failed").count());
    assertEquals(1, ended("cancelled").count());
    assertTrue(ended("cancelled").totalTime(TimeUnit.NANOSECONDS) > 0, "no time was recorded");
  }

  @Test
  void tellsHowManyTasksRun() throws Exception {
    assertEquals(1.0, Tasks.whileOneRuns(listener, this::live));
    assertEquals(0.0, live());
  }

  @Test
  void countsFailuresThatNobodyHearsOf() throws Exception {
    Tasks.failUnheard(listener);
    assertEquals(1.0, uncaught("flush"));
    assertEquals(2.0, uncaught("unnamed"));
  }

  @Test
  void failuresThatJoinReportsAreNoneOfThose() throws Exception {
    Tasks.endInAllWays(listener);
    assertTrue(registry.find("bowline.tasks.uncaught").counters().isEmpty(), "one was counted");
  }

  @Test
  void countsDroppedTicks() {
    listener.dropped("heartbeat", 2);
    listener.dropped("heartbeat", 3);
    assertEquals(
        5.0, registry.get("bowline.ticks.dropped").tag("group", "heartbeat").counter().count());
  }

  @Test
  void usesTheRegistryOfTheProcessWhereNoneIsGiven() {
    MeterRegistry mine = new SimpleMeterRegistry();
    Metrics.addRegistry(mine);
    try {
      new MicrometerTasks().dropped("global", 1);
      assertEquals(1.0, mine.get("bowline.ticks.dropped").counter().count());
    } finally {
      Metrics.removeRegistry(mine);
    }
  }

  private Timer ended(String outcome) {
    return registry.get("bowline.tasks").tags("group", "work", "outcome", outcome).timer();
  }

  private double live() {
    return registry.get("bowline.tasks.live").tag("group", "live").gauge().value();
  }

  private double uncaught(String task) {
    return registry
        .get("bowline.tasks.uncaught")
        .tags("group", "background", "task", task)
        .counter()
        .count();
  }
}
