package dev.bowline.testing;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a thread comes from: the test that made it, itself or through other threads, and the stack
 * of the thread that did.
 *
 * <p>An origin is inherited as a thread local. The JDK copies inheritable thread locals while it
 * makes a thread, in the thread that makes it, but does not say which one is being made. So the
 * origin takes the {@linkplain ThreadIds next number} at that moment, and its thread is the one
 * with the number beside it. Where threads are made at the very same time that is uncertain, and
 * then nothing is said. Threads that opt out of inheriting have no origin.
 */
final class Origin {
  private static final Inherited CURRENT = new Inherited();

  /** Those of the threads that live, and of some that were not collected yet. */
  private static final ConcurrentNavigableMap<Long, Entry> MADE = new ConcurrentSkipListMap<>();

  private static final ReferenceQueue<Origin> DEAD = new ReferenceQueue<>();

  /** Two threads whose numbers are further apart than this were not made at the same moment. */
  private static final int NEIGHBOURHOOD = 16;

  /** From the number of a thread to that of its origin: 1 or -1, by the JDK's version. */
  private static final long STEP = measureStep();

  private final TestScope scope;
  private final @Nullable Throwable made;

  private Origin(TestScope scope, @Nullable Throwable made) {
    this.scope = scope;
    this.made = made;
  }

  /**
   * From now on what the calling thread starts belongs to the scope.
   *
   * @return what {@link #leave} takes
   */
  static @Nullable Origin enter(TestScope scope) {
    Origin before = CURRENT.get();
    CURRENT.set(new Origin(scope, null));
    return before;
  }

  static void leave(@Nullable Origin before) {
    if (before == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(before);
    }
  }

  /** That of the calling thread. */
  static @Nullable Origin current() {
    return CURRENT.get();
  }

  /** That of a thread; null if it has none or if it is not certain. */
  static @Nullable Origin of(LiveThread thread) {
    Origin origin = nearest(thread);
    return origin != null && isCertainlyOf(thread, origin.scope) ? origin : null;
  }

  /** Whether the thread was made in the scope, whichever part of it that was. */
  static boolean isCertainlyOf(LiveThread thread, TestScope scope) {
    Origin origin = nearest(thread);
    if (origin == null || !origin.scope.isPartOf(scope)) {
      return false;
    }
    long next = thread.id() + 2 * STEP;
    long last = thread.id() + NEIGHBOURHOOD * STEP;
    Map<Long, Entry> neighbours =
        MADE.subMap(Math.min(next, last), true, Math.max(next, last), true);
    for (Map.Entry<Long, Entry> neighbour : neighbours.entrySet()) {
      boolean hasOwnThread = !MADE.containsKey(neighbour.getKey() - STEP);
      Origin other = neighbour.getValue().get();
      if (!hasOwnThread && other != null && !other.scope.isPartOf(scope)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Origin nearest(LiveThread thread) {
    Entry entry = MADE.get(thread.id() + STEP);
    return entry == null ? null : entry.get();
  }

  TestScope scope() {
    return scope;
  }

  /** The stack with which the thread was made, innermost first. */
  List<String> stack() {
    if (made == null) {
      return List.of();
    }
    List<String> frames = Frames.texts(made.getStackTrace());
    int first = 0;
    while (first < frames.size() && isOfMaking(frames.get(first))) {
      first++;
    }
    return frames.subList(first, frames.size());
  }

  private static boolean isOfMaking(String frame) {
    return frame.startsWith("dev.bowline.testing.Origin")
        || frame.startsWith("java.lang.")
        || frame.startsWith("java.util.concurrent.ThreadPerTaskExecutor");
  }

  private static long measureStep() {
    Probe probe = new Probe();
    probe.set("");
    long child = new Thread(null, null, "bowline-probe", 0, true).getId();
    probe.remove();
    return probe.number - child;
  }

  private static void forgetDead() {
    for (Reference<?> dead = DEAD.poll(); dead != null; dead = DEAD.poll()) {
      MADE.remove(((Entry) dead).number);
    }
  }

  private static final class Inherited extends InheritableThreadLocal<@Nullable Origin> {
    @Override
    protected @Nullable Origin childValue(@Nullable Origin parent) {
      if (parent == null) {
        return null;
      }
      forgetDead();
      Origin child = new Origin(parent.scope, new Throwable());
      Entry entry = new Entry(child, ThreadIds.next());
      MADE.put(entry.number, entry);
      return child;
    }
  }

  private static final class Entry extends WeakReference<Origin> {
    final long number;

    Entry(Origin origin, long number) {
      super(origin, DEAD);
      this.number = number;
    }
  }

  private static final class Probe extends InheritableThreadLocal<String> {
    long number;

    @Override
    protected String childValue(String parent) {
      number = ThreadIds.next();
      return parent;
    }
  }
}
