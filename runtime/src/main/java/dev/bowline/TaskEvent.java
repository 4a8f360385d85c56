package dev.bowline;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A task in a flight recording; its duration is that of the body. */
@Name("dev.bowline.Task")
@Label("Task")
@Category("Bowline")
@Description("A task of a task group, from the start to the end of its body")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class TaskEvent extends Event {
  @Label("Group")
  private @Nullable String group;

  @Label("Name")
  private @Nullable String name;

  @Label("Outcome")
  private @Nullable String outcome;

  static TaskEvent started() {
    TaskEvent event = new TaskEvent();
    event.begin();
    return event;
  }

  void ended(Task<?> task) {
    end();
    if (shouldCommit()) {
      group = task.group();
      name = task.name();
      outcome = task.state().name();
      commit();
    }
  }
}
