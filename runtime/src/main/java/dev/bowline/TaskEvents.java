package dev.bowline;

import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Writes tasks into the recordings of Java Flight Recorder. Does not touch the class of the event
 * before there is a recording, for that would cost hundreds of milliseconds.
 */
final class TaskEvents {
  private static final boolean POSSIBLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private TaskEvents() {}

  /** The event of a task that starts now; null if nobody records. */
  static @Nullable Object begin() {
    return POSSIBLE && FlightRecorder.isInitialized() ? TaskEvent.started() : null;
  }

  static void commit(@Nullable Object event, Task<?> task) {
    if (event != null) {
      ((TaskEvent) event).ended(task);
    }
  }
}
