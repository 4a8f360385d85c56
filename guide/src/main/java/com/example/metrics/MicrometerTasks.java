package com.example.metrics;

import dev.bowline.Task;
import dev.bowline.TaskListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts tasks with Micrometer:
 *
 * <table>
 * <caption>The meters</caption>
 * <tr><th>meter</th><th>kind</th><th>tags</th></tr>
 * <tr><td>{@code bowline.tasks.live}</td><td>gauge</td><td>group</td></tr>
 * <tr><td>{@code bowline.tasks}</td><td>timer, and so a counter</td><td>group, outcome</td></tr>
 * <tr><td>{@code bowline.tasks.uncaught}</td><td>counter</td><td>group, task</td></tr>
 * <tr><td>{@code bowline.ticks.dropped}</td><td>counter</td><td>group</td></tr>
 * </table>
 *
 * <p>The names of groups, and of tasks whose failures nobody else hears of, become tags: give them
 * constant names, without identifiers in them.
 */
public final class MicrometerTasks implements TaskListener {
  private final MeterRegistry registry;
  private final Map<String, AtomicLong> live = new ConcurrentHashMap<>();

  /** For {@link java.util.ServiceLoader}: the meters go to the registry of the process. */
  public MicrometerTasks() {
    this(Metrics.globalRegistry);
  }

  /**
   * Makes a listener.
   *
   * @param registry where the meters go
   */
  public MicrometerTasks(MeterRegistry registry) {
    this.registry = Objects.requireNonNull(registry, "registry");
  }

  @Override
  public void started(Task<?> task) {
    live(task).incrementAndGet();
  }

  @Override
  public void ended(Task<?> task, Duration duration) {
    live(task).decrementAndGet();
    String outcome = task.state().name().toLowerCase(Locale.ROOT);
    registry.timer("bowline.tasks", "group", task.group(), "outcome", outcome).record(duration);
  }

  @Override
  public void uncaught(Task<?> task, Throwable failure) {
    registry
        .counter("bowline.tasks.uncaught", "group", task.group(), "task", TaskNames.tag(task))
        .increment();
  }

  @Override
  public void dropped(String group, long ticks) {
    registry.counter("bowline.ticks.dropped", "group", group).increment((double) ticks);
  }

  private AtomicLong live(Task<?> task) {
    return live.computeIfAbsent(
        task.group(),
        group -> registry.gauge("bowline.tasks.live", Tags.of("group", group), new AtomicLong()));
  }
}
