package dev.bowline.benchmarks;

import dev.bowline.Context;
import dev.bowline.Mailbox;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the ways to share state cost: a counter, counts by key, and a map that is mostly read. To be
 * run with several numbers of threads ({@code -t}).
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SharedState {
  private static final int KEYS = 1024;
  private static final int MAILBOX = 1024;
  private static final long JOIN_MILLIS = 10_000;

  /** One in so many operations on the map that is mostly read is a write. */
  private static final int READS_PER_WRITE = 20;

  private static final String[] NAMES = new String[KEYS];

  static {
    for (int i = 0; i < KEYS; i++) {
      NAMES[i] = "key-" + i;
    }
  }

  /** Everything that threads share. */
  @State(Scope.Benchmark)
  public static class Shared {
    private final Object monitor = new Object();
    private final ReentrantLock lock = new ReentrantLock();
    private final ReadWriteLock readWriteLock = new ReentrantReadWriteLock();
    private final AtomicLong atomic = new AtomicLong();
    private final LongAdder adder = new LongAdder();
    private final ConcurrentHashMap<String, Long> concurrent = new ConcurrentHashMap<>();
    private final Map<String, Long> plain = new HashMap<>();
    private long count;

    @Setup(Level.Iteration)
    public void fill() {
      for (String name : NAMES) {
        concurrent.put(name, 0L);
        plain.put(name, 0L);
      }
    }
  }

  /** State that one thread owns, which takes the names to count out of a mailbox. */
  @State(Scope.Benchmark)
  public static class Actor {
    private final Context ctx = Context.background();
    private final Map<String, Long> counts = new HashMap<>();
    private Mailbox<String> mailbox;
    private Thread owner;
    private long count;

    @Setup(Level.Trial)
    public void start() {
      mailbox = Mailbox.bounded(MAILBOX);
      owner = new Thread(this::own, "actor");
      owner.start();
    }

    @TearDown(Level.Trial)
    public void stop() throws InterruptedException {
      mailbox.close();
      owner.join(JOIN_MILLIS);
      if (owner.isAlive()) {
        throw new IllegalStateException("the actor has not ended, at " + count);
      }
    }

    private void own() {
      try {
        for (String name = mailbox.receive(ctx); name != null; name = mailbox.receive(ctx)) {
          if (name.isEmpty()) {
            count++;
          } else {
            counts.merge(name, 1L, Long::sum);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String anyName() {
    return NAMES[ThreadLocalRandom.current().nextInt(KEYS)];
  }

  private static boolean isWrite() {
    return ThreadLocalRandom.current().nextInt(READS_PER_WRITE) == 0;
  }

  @Benchmark
  public long counterSynchronized(Shared shared) {
    synchronized (shared.monitor) {
      return ++shared.count;
    }
  }

  @Benchmark
  public long counterLock(Shared shared) {
    shared.lock.lock();
    try {
      return ++shared.count;
    } finally {
      shared.lock.unlock();
    }
  }

  @Benchmark
  public long counterAtomic(Shared shared) {
    return shared.atomic.incrementAndGet();
  }

  @Benchmark
  public void counterAdder(Shared shared) {
    shared.adder.increment();
  }

  @Benchmark
  public void counterMailbox(Actor actor) throws InterruptedException {
    actor.mailbox.send(actor.ctx, "");
  }

  @Benchmark
  public Long countsSynchronized(Shared shared) {
    String name = anyName();
    synchronized (shared.monitor) {
      return shared.plain.merge(name, 1L, Long::sum);
    }
  }

  @Benchmark
  public Long countsLock(Shared shared) {
    String name = anyName();
    shared.lock.lock();
    try {
      return shared.plain.merge(name, 1L, Long::sum);
    } finally {
      shared.lock.unlock();
    }
  }

  @Benchmark
  public Long countsConcurrent(Shared shared) {
    return shared.concurrent.merge(anyName(), 1L, Long::sum);
  }

  @Benchmark
  public void countsMailbox(Actor actor) throws InterruptedException {
    actor.mailbox.send(actor.ctx, anyName());
  }

  @Benchmark
  public Long mostlyReadSynchronized(Shared shared) {
    String name = anyName();
    boolean write = isWrite();
    synchronized (shared.monitor) {
      return write ? shared.plain.put(name, 1L) : shared.plain.get(name);
    }
  }

  @Benchmark
  public Long mostlyReadLock(Shared shared) {
    String name = anyName();
    boolean write = isWrite();
    shared.lock.lock();
    try {
      return write ? shared.plain.put(name, 1L) : shared.plain.get(name);
    } finally {
      shared.lock.unlock();
    }
  }

  @Benchmark
  public Long mostlyReadReadWriteLock(Shared shared) {
    String name = anyName();
    if (isWrite()) {
      shared.readWriteLock.writeLock().lock();
      try {
        return shared.plain.put(name, 1L);
      } finally {
        shared.readWriteLock.writeLock().unlock();
      }
    }
    shared.readWriteLock.readLock().lock();
    try {
      return shared.plain.get(name);
    } finally {
      shared.readWriteLock.readLock().unlock();
    }
  }

  @Benchmark
  public Long mostlyReadConcurrent(Shared shared) {
    String name = anyName();
    return isWrite() ? shared.concurrent.put(name, 1L) : shared.concurrent.get(name);
  }
}
