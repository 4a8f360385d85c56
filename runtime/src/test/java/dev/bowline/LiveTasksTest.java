package dev.bowline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How tasks are seen from outside: the live ones, dumps, JMX and flight recordings. */
@Timeout(60)
final class LiveTasksTest {
  private static List<String> live() {
    return Task.live().stream().map(task -> task.group() + "/" + task.name()).toList();
  }

  @Test
  void liveTasksAreThoseThatHaveNotEnded() throws Exception {
    Gate gate = new Gate(3);
    try (TaskGroup b = TaskGroup.open(Context.background(), "b");
        TaskGroup a = TaskGroup.open(Context.background(), "a")) {
      b.launch("1", ctx -> gate.pass());
      b.launch("done", ctx -> {}).await();
      b.launch("2", ctx -> gate.pass());
      a.launch("3", ctx -> gate.pass());
      gate.awaitReached();
      assertEquals(List.of("a/3", "b/1", "b/2"), live());
      gate.open();
      a.join();
      b.join();
      assertEquals(List.of(), live());
    }
  }

  @Test
  void aTaskShowsItsStackWhileItRuns() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      Task<Void> task = group.launch(ctx -> gate.pass());
      gate.awaitReached();
      assertTrue(
          Arrays.stream(task.stack())
              .anyMatch(
                  frame ->
                      frame.getClassName().equals(Gate.class.getName())
                          && frame.getMethodName().equals("pass")));
      gate.open();
      group.join();
      assertEquals(0, task.stack().length);
    }
  }

  @Test
  void dumpPutsTasksAtTheSamePlaceTogether() throws Exception {
    Gate gate = new Gate(9);
    try (TaskGroup many = TaskGroup.open(Context.background(), "many");
        TaskGroup one = TaskGroup.open(Context.background(), "one")) {
      for (int i = 0; i < 8; i++) {
        many.launch(ctx -> gate.pass());
      }
      one.launch("only", ctx -> gate.pass());
      gate.awaitReached();
      Worker.eventually(() -> dump().startsWith("9 tasks\n\n8 tasks of many at "));
      String dump = dump();
      assertTrue(dump.contains("\n8 tasks of many at "), dump);
      assertTrue(dump.contains("\n1 task of one at "), dump);
      assertTrue(dump.contains("\n  only age=PT"), dump);
      assertTrue(dump.contains("\n  5 age=PT"), dump);
      assertTrue(dump.contains("\n  and 3 more\n"), dump);
      assertTrue(dump.contains("dev.bowline.Gate.pass("), dump);
      assertFalse(dump.contains("\n  6 age="), dump);
      gate.open();
      many.join();
      one.join();
      assertEquals("0 tasks\n", dump());
    }
  }

  private static String dump() {
    StringBuilder text = new StringBuilder();
    try {
      Task.dump(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return text.toString();
  }

  @Test
  void dumpTellsWhenWritingFails() {
    IOException full = new IOException("disk full");
    Appendable out =
        new Appendable() {
          @Override
          public Appendable append(CharSequence text) throws IOException {
            throw full;
          }

          @Override
          public Appendable append(CharSequence text, int start, int end) throws IOException {
            throw full;
          }

          @Override
          public Appendable append(char c) throws IOException {
            throw full;
          }
        };
    assertEquals(full, assertThrows(IOException.class, () -> Task.dump(out)));
  }

  @Test
  void theBeanShowsTheSame() throws Exception {
    Gate gate = new Gate();
    try (TaskGroup group = TaskGroup.open(Context.background(), "g")) {
      group.launch("t", ctx -> gate.pass());
      gate.awaitReached();
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      ObjectName name = new ObjectName("dev.bowline:type=Task");
      Worker.eventually(() -> server.isRegistered(name));
      TaskMXBean bean = JMX.newMXBeanProxy(server, name, TaskMXBean.class);
      assertEquals(1, bean.getLiveTasks());
      assertEquals(Reports.uncaughtFailures(), bean.getUncaughtFailures());
      assertTrue(bean.dump().startsWith("1 task\n\n1 task of g at "), bean.dump());
      gate.open();
      group.join();
      assertEquals(0, bean.getLiveTasks());
    }
  }

  @Test
  void tasksAreInFlightRecordings(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("tasks.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("dev.bowline.Task");
      recording.start();
      try (TaskGroup group =
          TaskGroup.named("g").policy(TaskGroup.Policy.COLLECT).open(Context.background())) {
        group.launch("good", ctx -> {});
        group.launch(
            "bad",
            ctx -> {
              throw new IOException("on purpose");
            });
        assertThrows(ExecutionException.class, group::join);
      }
      recording.stop();
      recording.dump(file);
    }
    List<String> seen = new ArrayList<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (event.getEventType().getName().equals("dev.bowline.Task")) {
        assertTrue(event.getDuration().toNanos() > 0);
        seen.add(
            event.getString("group")
                + "/"
                + event.getString("name")
                + " "
                + event.getString("outcome"));
      }
    }
    assertEquals(List.of("g/bad FAILED", "g/good SUCCEEDED"), seen.stream().sorted().toList());
  }
}
