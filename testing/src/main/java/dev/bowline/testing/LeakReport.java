package dev.bowline.testing;

import dev.bowline.Task;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is left over, written for people: what it is, where it was started, what to do about it. */
final class LeakReport {
  /** What to say when virtual threads may be missing. */
  static final String BLIND =
      "virtual threads that were started directly are not among those looked at:"
          + " this JVM does not list them (-Djdk.trackAllThreads=false)";

  /** How many threads that are alike are written by name. */
  private static final int NAMED = 5;

  private final StringBuilder text = new StringBuilder();

  private LeakReport() {}

  /**
   * Writes the report.
   *
   * @param by who left them; empty if that is not known
   * @param when how long they were waited for, in words
   * @param form in which to say how they can be allowed; null for not at all
   */
  static String of(Leaks leaks, String by, String when, @Nullable HowToAllow form) {
    LeakReport report = new LeakReport();
    report.write(leaks, by, when);
    if (form != null) {
      report.text.append(form.of(leaks));
    }
    return report.text.toString();
  }

  /** The report on what was left by nobody knows whom. */
  static String of(Leaks leaks, @Nullable HowToAllow form) {
    return of(leaks, "", "waited " + seconds(leaks.waited()), form);
  }

  /**
   * The failure for what was left, without a stack, which would say nothing.
   *
   * @param after what they have outlived, in words
   */
  static AssertionError failure(Leaks leaks, String by, String after) {
    String when = "alive " + seconds(leaks.waited()) + " after " + after;
    AssertionError failure = new AssertionError(of(leaks, by, when, HowToAllow.ANNOTATION));
    failure.setStackTrace(new StackTraceElement[0]);
    return failure;
  }

  /** As reports and filters call a task. */
  static String name(Task<?> task) {
    return task.group() + "/" + task.name();
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  private void write(Leaks leaks, String by, String when) {
    String what = leaks.threads().isEmpty() ? "task" : "thread";
    text.append(count(leaks.count(), what)).append(" leaked");
    if (!by.isEmpty()) {
      text.append(" by ").append(by);
    }
    text.append(" (").append(when).append(")\n");
    for (List<Task<?>> alike : tasksByPlace(leaks.tasks())) {
      writeTasks(alike);
    }
    for (List<LiveThread> alike : threadsByKind(leaks.threads())) {
      writeThreads(alike);
    }
    if (leaks.blind()) {
      text.append("\nnote: ").append(BLIND).append("\n");
    }
  }

  private void writeTasks(List<Task<?>> alike) {
    Task<?> first = alike.get(0);
    text.append("\n").append(count(alike.size(), "task")).append(" of TaskGroup \"");
    text.append(first.group()).append("\": ");
    writeNames(alike.stream().map(Task::name));
    text.append("\n");
    writeFrames(Frames.texts(first.stack()));
    line("fix: open the group in try-with-resources, or close it in @AfterEach; closing it waits");
    line("     for its tasks. If it is closed already, the task ignores its interrupt.");
  }

  private void writeThreads(List<LiveThread> alike) {
    LiveThread first = withLock(alike.get(0));
    String pool = first.pool();
    List<String> start = ThreadStarts.stackOf(first);
    String place = Frames.ofUser(fromPool(start));
    String starter = ThreadStarts.testOf(first);
    text.append("\n");
    if (pool != null && first.isIdleWorker()) {
      text.append(count(alike.size(), "idle worker"));
      text.append(" of a ").append(pool);
      text.append(place == null ? "" : " started at " + place);
      text.append(": never shut down\n");
      writeKind(alike, first);
      writeStart(start, starter);
      line("fix: shutdownNow() the executor in @AfterEach (in @AfterAll if the class shares it);");
      line(
          "     or close what owns it; or try (ExecutorService pool = ...) { ... } from Java 19 on");
      writeInitializer(start);
      return;
    }
    text.append(alike.size() == 1 ? "" : alike.size() + " threads at the same place\n");
    writeKind(alike, first);
    writeFrames(first.frames());
    writeStart(start, starter);
    if (Housekeeping.isOfCommonPool(first)) {
      line("fix: wait for the task that it runs, or cancel it: keep the future that submit or");
      line("     runAsync returned, and get it with a time limit before the test ends");
    } else if (pool != null) {
      line("fix: end this task: shutdownNow() its " + pool + " and awaitTermination() in");
      line("     @AfterEach. If that was called, the task ignores its interrupt.");
    } else if (first.isInClass("java.util.TimerThread.")) {
      line("fix: cancel() the java.util.Timer in @AfterEach, or close what owns it");
    } else {
      line("fix: close what owns the thread, or stop and join() it, before the test ends; or run");
      line(
          "     its work in try (TaskGroup group = TaskGroup.open(ctx, \"work\")) { ... }, which waits");
    }
    writeInitializer(start);
  }

  /** Without the factory that made the thread: who gave its pool something to do. */
  private static List<String> fromPool(List<String> start) {
    for (int i = 0; i < start.size(); i++) {
      if (Frames.isIn(start.get(i), "java.util.concurrent.ThreadPoolExecutor.addWorker")
          || Frames.isIn(start.get(i), "java.util.concurrent.ForkJoinPool.createWorker")) {
        return start.subList(i, start.size());
      }
    }
    return start;
  }

  private void writeInitializer(List<String> start) {
    String type = Frames.initialized(start);
    if (type != null) {
      line("note: the initializer of " + type + " started it, perhaps for the whole process");
    }
  }

  /** What all threads of a kind have in common, after their names. */
  private void writeKind(List<LiveThread> alike, LiveThread first) {
    text.append("  ");
    writeNames(alike.stream().map(live -> '"' + live.name() + '"'));
    text.append(first.virtual() ? " virtual" : " platform");
    text.append(first.daemon() && !first.virtual() ? ", daemon, " : ", ").append(first.state());
    String waitsOn = first.waitsOn();
    text.append(waitsOn == null ? "" : " on " + waitsOn);
    text.append(first.executor() == null ? "" : "\n  of " + first.executor()).append("\n");
  }

  private void writeNames(Stream<String> names) {
    List<String> all = names.toList();
    text.append(String.join(", ", all.subList(0, Math.min(NAMED, all.size()))));
    if (all.size() > NAMED) {
      text.append(" and ").append(all.size() - NAMED).append(" more");
    }
  }

  private void writeStart(List<String> start, String starter) {
    if (start.isEmpty()) {
      line("started at: not known; -Dbowline.leaks.stacks=true records it");
    } else {
      line(starter.isEmpty() ? "started at" : "started by " + starter + " at");
      writeFrames(start);
    }
  }

  private void writeFrames(List<String> frames) {
    for (String frame : frames) {
      if (frame.startsWith("org.junit.platform.")
          || frame.startsWith("org.junit.jupiter.engine.")) {
        break; // from here on all tests look alike
      }
      if (!frame.startsWith("jdk.internal.reflect.")
          && !frame.startsWith("java.lang.reflect.")
          && !frame.startsWith("org.junit.jupiter.api.Assert")) {
        text.append("    at ").append(frame).append("\n");
      }
    }
  }

  private void line(String line) {
    text.append("  ").append(line).append("\n");
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static List<List<Task<?>>> tasksByPlace(List<Task<?>> tasks) {
    Map<List<String>, List<Task<?>>> places = new LinkedHashMap<>();
    for (Task<?> task : tasks) {
      List<String> key = new ArrayList<>(Frames.texts(task.stack()));
      key.add(task.group());
      places.computeIfAbsent(key, any -> new ArrayList<>()).add(task);
    }
    return List.copyOf(places.values());
  }

  /** Idle workers of one pool are alike, and others with the same stack and the same start. */
  private static List<List<LiveThread>> threadsByKind(List<LiveThread> threads) {
    Map<List<Object>, List<LiveThread>> kinds = new LinkedHashMap<>();
    for (LiveThread live : threads) {
      boolean idle = live.isIdleWorker();
      List<Object> key =
          List.of(
              live.virtual(),
              live.state(),
              String.valueOf(live.executor()),
              idle ? live.pool() + ThreadNames.stem(live.name()) : live.frames(),
              idle ? "" : ThreadStarts.stackOf(live));
      kinds.computeIfAbsent(key, any -> new ArrayList<>()).add(live);
    }
    return List.copyOf(kinds.values());
  }

  /** With what it waits on, unless it has gone on meanwhile. */
  private static LiveThread withLock(LiveThread live) {
    if (live.virtual()) {
      return live;
    }
    @Nullable ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(live.id());
    LockInfo lock = info == null ? null : info.getLockInfo();
    if (lock == null) {
      return live;
    }
    String owner = info.getLockOwnerName();
    return live.withWaitsOn(lock + (owner == null ? "" : " held by \"" + owner + '"'));
  }
}
