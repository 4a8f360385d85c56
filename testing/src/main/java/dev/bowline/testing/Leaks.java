package dev.bowline.testing;

import dev.bowline.Task;
import java.time.Duration;
import java.util.List;

/**
 * What is left over, all seen at the same moment.
 *
 * @param blind whether virtual threads may be among it that this JVM does not list
 * @param waited how long it was waited for
 */
record Leaks(List<LiveThread> threads, List<Task<?>> tasks, boolean blind, Duration waited) {
  boolean isNone() {
    return threads.isEmpty() && tasks.isEmpty();
  }

  /** Whether one of the threads has no frame yet. */
  boolean someBegin() {
    return threads.stream().anyMatch(live -> live.frames().isEmpty());
  }

  int count() {
    return threads.size() + tasks.size();
  }
}
