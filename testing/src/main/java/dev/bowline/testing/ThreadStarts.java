package dev.bowline.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where threads were started, as far as that is known: those of tests by their {@link Origin}, and
 * all platform threads when the process runs with {@code -Dbowline.leaks.stacks=true}.
 */
final class ThreadStarts {
  private static final boolean RECORDS = Boolean.getBoolean("bowline.leaks.stacks");

  private ThreadStarts() {}

  /** Begins to record, if that was asked for. */
  static void listen() {
    if (RECORDS) {
      Recorder unused = Recorder.Holder.RECORDER;
    }
  }

  /** The stack with which a thread was started, innermost first; empty if it is not known. */
  static List<String> stackOf(LiveThread live) {
    Origin origin = Origin.of(live);
    if (origin != null) {
      return origin.stack();
    }
    return RECORDS ? Recorder.Holder.RECORDER.stackOf(live.id()) : List.of();
  }

  /** Whether the method has started the thread, itself or through what it called. */
  static boolean isBy(LiveThread live, String method) {
    for (String frame : stackOf(live)) {
      if (Frames.isIn(frame, method)) {
        return true;
      }
    }
    return false;
  }

  /** The test or class that has started a thread; empty if it is not known. */
  static String testOf(LiveThread live) {
    Origin origin = Origin.of(live);
    return origin == null ? "" : origin.scope().name();
  }

  /** Has the JVM record the starts. The first in a process takes half a second to begin. */
  static final class Recorder {
    private final Recording recording = new Recording();
    private final Map<Long, List<String>> stacks = new HashMap<>(); // guarded by this

    Recorder() {
      recording.setName("bowline thread starts");
      recording.enable("jdk.ThreadStart").withStackTrace();
      recording.start();
    }

    synchronized List<String> stackOf(long id) {
      if (!stacks.containsKey(id)) {
        try {
          read();
        } catch (IOException e) {
          return List.of();
        }
      }
      return stacks.computeIfAbsent(id, unknown -> List.of());
    }

    void close() {
      recording.close();
    }

    private void read() throws IOException {
      Path file = Files.createTempFile("bowline-starts", ".jfr");
      try {
        recording.dump(file);
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
          if (event.getEventType().getName().equals("jdk.ThreadStart")) {
            stacks.put(event.getThread("thread").getJavaThreadId(), frames(event));
          }
        }
      } finally {
        Files.delete(file);
      }
    }

    private static List<String> frames(RecordedEvent event) {
      List<String> frames = new ArrayList<>();
      if (event.getStackTrace() != null) {
        for (RecordedFrame frame : event.getStackTrace().getFrames()) {
          String type = frame.getMethod().getType().getName();
          String file = type.replaceAll("^.*\\.|\\$.*$", "") + ".java";
          String method = type + "." + frame.getMethod().getName();
          if (!method.startsWith("java.lang.Thread.start")) {
            frames.add(method + "(" + file + ":" + frame.getLineNumber() + ")");
          }
        }
      }
      return List.copyOf(frames);
    }

    private static final class Holder {
      static final Recorder RECORDER = new Recorder();
    }
  }
}
