package dev.bowline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** The tasks as JMX shows them. */
final class TaskBean implements TaskMXBean {
  static final String NAME = "dev.bowline:type=Task";

  /** Makes the bean visible; only where there is a module {@code java.management}. */
  static void register() {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .registerMBean(new TaskBean(), new ObjectName(NAME));
    } catch (JMException | RuntimeException e) {
      System.getLogger("dev.bowline").log(Level.WARNING, "no bean for the tasks", e);
    }
  }

  @Override
  public long getLiveTasks() {
    return Task.live().size();
  }

  @Override
  public long getUncaughtFailures() {
    return Reports.uncaughtFailures();
  }

  @Override
  public String dump() {
    StringBuilder text = new StringBuilder();
    try {
      Task.dump(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringBuilder does not fail
    }
    return text.toString();
  }
}
