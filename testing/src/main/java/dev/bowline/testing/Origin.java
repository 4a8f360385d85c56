package dev.bowline.testing;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
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
 * with the number beside it: the one before it or the one after, by the JDK's version. Where
 * threads of several tests are made at the very same time that is uncertain, and then nothing is
 * said. Threads that opt out of inheriting have no origin.
 */
final class Origin {
  private static final Inherited CURRENT = new Inherited();

  /** Those of the threads that live, and of some that were not collected yet. */
  private static final ConcurrentNavigableMap<Long, Entry> MADE = new ConcurrentSkipListMap<>();

  private static final ReferenceQueue<Origin> DEAD = new ReferenceQueue<>();

  /** From the number of a thread to that of its origin: 1 or -1, by the JDK's version. */
  private static final long STEP = measureStep();

  /**
   * Who has taken a number for a thread that got none beside it, but one that came later; until
   * that is certain the number beside any other origin may be that thread's. Guarded by
   * ThreadIds.LOCK.
   */
  private static final Set<Origin> OPEN = Collections.newSetFromMap(new WeakHashMap<>());

  private static @Nullable Entry last; // guarded by ThreadIds.LOCK
  private static @Nullable Origin lastMaker; // guarded by ThreadIds.LOCK

  private final TestScope scope;
  private final @Nullable Throwable made;

  /**
   * The number that its thread took last, for itself or for one that it made. Guarded by
   * ThreadIds.LOCK.
   */
  private long since;

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
    Origin entered = new Origin(scope, null);
    entered.since = ThreadIds.next();
    CURRENT.set(entered);
    return before;
  }

  static void leave(@Nullable Origin before) {
    synchronized (ThreadIds.LOCK) {
      OPEN.remove(CURRENT.get());
    }
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
    Entry entry = MADE.get(thread.id() + STEP);
    return entry == null || entry.doubtful ? null : entry.get();
  }

  /** Whether the thread was made in the scope, whichever part of it that was. */
  static boolean isCertainlyOf(LiveThread thread, TestScope scope) {
    Origin origin = of(thread);
    return origin != null && origin.scope.isPartOf(scope);
  }

  /** The origin of a thread that this one's thread makes. */
  private Origin make() {
    Origin child = new Origin(scope, new Throwable());
    synchronized (ThreadIds.LOCK) {
      forgetDead();
      Entry entry = new Entry(child, ThreadIds.next(), since);
      if (STEP < 0) {
        doubtLater(entry);
      } else {
        doubtEarlier(entry);
      }
      MADE.put(entry.number, entry);
      last = entry;
      lastMaker = this;
      ThreadIds.mark();
      since = entry.number;
      child.since = entry.number;
    }
    return child;
  }

  /** When a thread gets its number after its origin: doubts this one while others are open. */
  private void doubtLater(Entry entry) {
    OPEN.remove(this); // the thread that it made before has its number by now
    if (last != null && lastMaker != this && ThreadIds.afterMark() == last.number + 1) {
      OPEN.add(lastMaker);
    }
    entry.doubtful = OPEN.stream().anyMatch(open -> open.scope != scope);
    if (!OPEN.isEmpty()) {
      OPEN.add(this);
    }
  }

  /**
   * When a thread gets its number before its origin: if it is not the number just before, doubts
   * all that it may be, and so on with theirs.
   */
  private void doubtEarlier(Entry entry) {
    if (ThreadIds.beforeLast() != entry.number - 1) {
      return;
    }
    List<Entry> maybe = new ArrayList<>();
    boolean foreign = false;
    long from = since;
    for (Entry other : MADE.descendingMap().values()) {
      if (other.number <= from) {
        break;
      }
      from = Math.min(from, other.since);
      maybe.add(other);
      Origin origin = other.get();
      foreign |= origin == null || origin.scope != scope;
    }
    if (foreign) {
      maybe.forEach(other -> other.doubtful = true);
    }
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
      return parent.make();
    }
  }

  private static final class Entry extends WeakReference<Origin> {
    final long number;

    /** What its maker took before: its thread's number is larger. */
    final long since;

    /** Whether the number beside it may be another one's thread. */
    volatile boolean doubtful;

    Entry(Origin origin, long number, long since) {
      super(origin, DEAD);
      this.number = number;
      this.since = since;
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
