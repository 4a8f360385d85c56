package dev.bowline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What tasks do, written for people: those of one group at the same place together. */
final class TaskDump {
  /** How many tasks of a place are written by name. */
  private static final int NAMED = 5;

  private TaskDump() {}

  static void write(List<Task<?>> tasks, Appendable out) throws IOException {
    Map<Place, List<Task<?>>> places = new LinkedHashMap<>();
    for (Task<?> task : tasks) {
      Place place = new Place(task.group(), Arrays.asList(task.stack()));
      places.computeIfAbsent(place, any -> new ArrayList<>()).add(task);
    }
    out.append(count(tasks.size())).append("\n");
    for (Map.Entry<Place, List<Task<?>>> entry : places.entrySet()) {
      write(entry.getKey(), entry.getValue(), out);
    }
  }

  private static void write(Place place, List<Task<?>> tasks, Appendable out) throws IOException {
    out.append("\n").append(count(tasks.size()));
    out.append(" of ").append(place.group()).append(" at ").append(place.where()).append("\n");
    for (Task<?> task : tasks.subList(0, Math.min(NAMED, tasks.size()))) {
      out.append("  ").append(task.name()).append(" age=").append(task.age().toString());
      out.append("\n");
    }
    if (tasks.size() > NAMED) {
      out.append("  and ").append(Integer.toString(tasks.size() - NAMED)).append(" more\n");
    }
    for (StackTraceElement frame : place.stack()) {
      out.append("\tat ").append(frame.toString()).append("\n");
    }
  }

  private static String count(int tasks) {
    return tasks == 1 ? "1 task" : tasks + " tasks";
  }

  private record Place(String group, List<StackTraceElement> stack) {
    /** The innermost frame that is not the JDK's: all that wait look alike in there. */
    String where() {
      for (StackTraceElement frame : stack) {
        if (!frame.getClassName().startsWith("java.")
            && !frame.getClassName().startsWith("jdk.")
            && !frame.getClassName().startsWith("sun.")) {
          return frame.toString();
        }
      }
      return stack.isEmpty() ? "its start or end" : stack.get(0).toString();
    }
  }
}
