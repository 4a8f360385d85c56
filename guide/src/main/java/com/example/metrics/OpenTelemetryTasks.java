package com.example.metrics;

import dev.bowline.Task;
import dev.bowline.TaskListener;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts tasks with OpenTelemetry:
 *
 * <table>
 * <caption>The instruments</caption>
 * <tr><th>instrument</th><th>kind</th><th>attributes</th></tr>
 * <tr><td>{@code bowline.tasks.live}</td><td>up-down counter</td><td>group</td></tr>
 * <tr><td>{@code bowline.task.duration}</td><td>histogram, seconds</td><td>group, outcome</td></tr>
 * <tr><td>{@code bowline.tasks.uncaught}</td><td>counter</td><td>group, task</td></tr>
 * <tr><td>{@code bowline.ticks.dropped}</td><td>counter</td><td>group</td></tr>
 * </table>
 *
 * <p>The names of groups, and of tasks whose failures nobody else hears of, become attributes: give
 * them constant names, without identifiers in them.
 */
public final class OpenTelemetryTasks implements TaskListener {
  private static final AttributeKey<String> GROUP = AttributeKey.stringKey("group");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  private static final AttributeKey<String> TASK = AttributeKey.stringKey("task");
  private static final double NANOS_PER_SECOND = 1e9;

  private final LongUpDownCounter live;
  private final DoubleHistogram duration;
  private final LongCounter uncaught;
  private final LongCounter dropped;

  /** For {@link java.util.ServiceLoader}: the instruments are those of the process. */
  public OpenTelemetryTasks() {
    this(GlobalOpenTelemetry.getMeter("bowline"));
  }

  /**
   * Makes a listener.
   *
   * @param meter makes the instruments
   */
  public OpenTelemetryTasks(Meter meter) {
    live =
        meter
            .upDownCounterBuilder("bowline.tasks.live")
            .setDescription("Tasks that run")
            .setUnit("{task}")
            .build();
    duration =
        meter
            .histogramBuilder("bowline.task.duration")
            .setDescription("From the fork of a task to its end")
            .setUnit("s")
            .build();
    uncaught =
        meter
            .counterBuilder("bowline.tasks.uncaught")
            .setDescription("Failures of tasks that no join reports")
            .setUnit("{failure}")
            .build();
    dropped =
        meter
            .counterBuilder("bowline.ticks.dropped")
            .setDescription("Runs that periodic loops left out")
            .setUnit("{tick}")
            .build();
  }

  @Override
  public void started(Task<?> task) {
    live.add(1, Attributes.of(GROUP, task.group()));
  }

  @Override
  public void ended(Task<?> task, Duration age) {
    live.add(-1, Attributes.of(GROUP, task.group()));
    String outcome = task.state().name().toLowerCase(Locale.ROOT);
    duration.record(
        age.toNanos() / NANOS_PER_SECOND, Attributes.of(GROUP, task.group(), OUTCOME, outcome));
  }

  @Override
  public void uncaught(Task<?> task, Throwable failure) {
    uncaught.add(1, Attributes.of(GROUP, task.group(), TASK, TaskNames.tag(task)));
  }

  @Override
  public void dropped(String group, long ticks) {
    dropped.add(ticks, Attributes.of(GROUP, group));
  }
}
