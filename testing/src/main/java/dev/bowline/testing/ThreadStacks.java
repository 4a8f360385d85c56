package dev.bowline.testing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The stacks of all threads as text, for messages of failed tests. */
final class ThreadStacks {
  /** The names are the JDK's. */
  enum Format {
    TEXT_PLAIN,
    JSON
  }

  private ThreadStacks() {}

  /** Virtual threads are among them where the JDK lists them; platform threads always. */
  static String dump() {
    try {
      return dumpOfJdk(Format.TEXT_PLAIN);
    } catch (ReflectiveOperationException | IOException | RuntimeException e) {
      return platformThreads();
    }
  }

  /**
   * The JDK's own dump, by reflection since it exists from JDK 21 on. It can only be written to a
   * new file.
   */
  static String dumpOfJdk(Format kind) throws ReflectiveOperationException, IOException {
    Class<? extends PlatformManagedObject> beanType =
        Class.forName("com.sun.management.HotSpotDiagnosticMXBean")
            .asSubclass(PlatformManagedObject.class);
    Class<?> format = Class.forName("com.sun.management.HotSpotDiagnosticMXBean$ThreadDumpFormat");
    Method dumpThreads = beanType.getMethod("dumpThreads", String.class, format);
    Object wanted = format.getField(kind.name()).get(null);
    Path directory = Files.createTempDirectory("bowline-threads");
    Path file = directory.resolve("threads").toAbsolutePath();
    try {
      dumpThreads.invoke(ManagementFactory.getPlatformMXBean(beanType), file.toString(), wanted);
      return Files.readString(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  private static String platformThreads() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
      Thread thread = entry.getKey();
      text.append('"').append(thread.getName()).append("\" ").append(thread.getState());
      for (StackTraceElement frame : entry.getValue()) {
        text.append("\n    at ").append(frame);
      }
      text.append("\n\n");
    }
    return text.toString();
  }
}
