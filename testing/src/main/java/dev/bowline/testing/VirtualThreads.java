package dev.bowline.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The virtual threads of this JVM, which it lists only in a dump. */
final class VirtualThreads {
  private static final int WITH_VIRTUAL_THREADS = 21;

  /** What the dump calls the container of all threads that were started directly. */
  private static final String ROOT = "<root>";

  private VirtualThreads() {}

  /** Whether this JDK has them. */
  static boolean exist() {
    return Runtime.version().feature() >= WITH_VIRTUAL_THREADS;
  }

  /**
   * Whether the dump also has those that were started directly. They are missing when the JVM runs
   * with {@code -Djdk.trackAllThreads=false}; those of executors are there all the same.
   */
  static boolean areTracked() {
    String property = System.getProperty("jdk.trackAllThreads");
    return property == null || property.isEmpty() || Boolean.parseBoolean(property);
  }

  /**
   * Lists them.
   *
   * @param platform those that are alive besides: until JDK 23 the dump does not say which is which
   * @return null if the JDK does not give a dump
   */
  static @Nullable List<LiveThread> list(List<LiveThread> platform) {
    Object dump;
    try {
      dump = JsonReader.read(ThreadStacks.dumpOfJdk(ThreadStacks.Format.JSON));
    } catch (ReflectiveOperationException | IOException | RuntimeException e) {
      return null;
    }
    Set<Long> known = new HashSet<>();
    for (LiveThread thread : platform) {
      known.add(thread.id());
    }
    boolean says = says(dump);
    List<LiveThread> live = new ArrayList<>();
    for (Object container : list(member(member(dump, "threadDump"), "threadContainers"))) {
      for (Object thread : list(member(container, "threads"))) {
        long id = Long.parseLong(text(member(thread, "tid"), "0"));
        boolean virtual = says ? "true".equals(member(thread, "virtual")) : !known.contains(id);
        if (virtual) {
          live.add(read(thread, id, text(member(container, "container"), ROOT)));
        }
      }
    }
    return live;
  }

  /** Whether the dump tells of each thread what kind it is, or the state at least. */
  private static boolean says(Object dump) {
    for (Object container : list(member(member(dump, "threadDump"), "threadContainers"))) {
      for (Object thread : list(member(container, "threads"))) {
        return member(thread, "state") != null;
      }
    }
    return false;
  }

  private static LiveThread read(Object thread, long id, String container) {
    List<String> frames = new ArrayList<>();
    for (Object frame : list(member(thread, "stack"))) {
      frames.add(Frames.text(frame.toString()));
    }
    Object blocker = member(member(thread, "parkBlocker"), "object");
    if (blocker == null) {
      blocker = member(thread, "waitingOn");
    }
    if (blocker == null) {
      blocker = member(thread, "blockedOn");
    }
    return new LiveThread(
        null,
        id,
        text(member(thread, "name"), ""),
        true,
        true,
        text(member(thread, "state"), "alive"),
        container.equals(ROOT) ? null : container,
        blocker == null ? null : blocker.toString(),
        List.copyOf(frames));
  }

  private static @Nullable Object member(@Nullable Object object, String name) {
    return object instanceof Map<?, ?> members ? members.get(name) : null;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> elements ? elements : List.of();
  }

  private static String text(@Nullable Object value, String otherwise) {
    return value == null ? otherwise : value.toString();
  }
}
