package com.example.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class OpenTelemetryTasksTest {
  private static final AttributeKey<String> GROUP = AttributeKey.stringKey("group");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  private static final AttributeKey<String> TASK = AttributeKey.stringKey("task");

  private final InMemoryMetricReader reader = InMemoryMetricReader.create();
  private final SdkMeterProvider provider =
      SdkMeterProvider.builder().registerMetricReader(reader).build();
  private final OpenTelemetryTasks listener = new OpenTelemetryTasks(provider.get("test"));

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void countsAndTimesTasksByOutcome() throws Exception {
    Tasks.endInAllWays(listener);
    Map<Attributes, Long> counts = new HashMap<>();
    for (HistogramPointData point :
        metric("bowline.task.duration").orElseThrow().getHistogramData().getPoints()) {
      counts.put(point.getAttributes(), point.getCount());
      assertTrue(point.getSum() > 0 && point.getSum() < 60, point + " is not in seconds");
    }
    assertEquals(
        Map.of(ended("succeeded"), 2L, ended("failed"), 1L, ended("cancelled"), 1L), counts);
  }

  @Test
  void tellsHowManyTasksRun() throws Exception {
    Attributes live = Attributes.of(GROUP, "live");
    assertEquals(Map.of(live, 1L), Tasks.whileOneRuns(listener, () -> sums("bowline.tasks.live")));
    assertEquals(Map.of(live, 0L), sums("bowline.tasks.live"));
  }

  @Test
  void countsFailuresThatNobodyHearsOf() throws Exception {
    Tasks.failUnheard(listener);
    assertEquals(
        Map.of(
            Attributes.of(GROUP, "background", TASK, "flush"), 1L,
            Attributes.of(GROUP, "background", TASK, "unnamed"), 2L),
        sums("bowline.tasks.uncaught"));
  }

  @Test
  void failuresThatJoinReportsAreNoneOfThose() throws Exception {
    Tasks.endInAllWays(listener);
    assertEquals(Map.of(), sums("bowline.tasks.uncaught"));
  }

  @Test
  void countsDroppedTicks() {
    listener.dropped("heartbeat", 2);
    listener.dropped("heartbeat", 3);
    assertEquals(Map.of(Attributes.of(GROUP, "heartbeat"), 5L), sums("bowline.ticks.dropped"));
  }

  @Test
  void canBeMadeWithoutAMeter() {
    new OpenTelemetryTasks().dropped("global", 1); // goes nowhere: the process has no SDK
  }

  private static Attributes ended(String outcome) {
    return Attributes.of(GROUP, "work", OUTCOME, outcome);
  }

  private Map<Attributes, Long> sums(String name) {
    Map<Attributes, Long> sums = new HashMap<>();
    metric(name)
        .ifPresent(
            metric -> {
              for (LongPointData point : metric.getLongSumData().getPoints()) {
                sums.put(point.getAttributes(), point.getValue());
              }
            });
    return sums;
  }

  private Optional<MetricData> metric(String name) {
    return reader.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals(name))
        .findAny();
  }
}
