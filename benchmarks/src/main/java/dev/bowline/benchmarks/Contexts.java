package dev.bowline.benchmarks;

import dev.bowline.CancellableContext;
import dev.bowline.CancelledException;
import dev.bowline.Context;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the operations of a context cost: one that can be cancelled, and one with a deadline. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class Contexts {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Runnable NOTHING = () -> {};
  private static final int DEPTH = 10;

  private final Context.Key<String> key = Context.Key.of("key");
  private CancellableContext live;
  private CancellableContext timed;
  private Context deep;

  @Setup
  @SuppressWarnings("MustBeClosedChecker")
  public void open() {
    live = Context.background().withCancel();
    timed = live.withTimeout(LONG);
    deep = live.with(key, "value");
    for (int i = 1; i < DEPTH; i++) {
      deep = deep.with(Context.Key.of("other"), "other");
    }
  }

  @TearDown
  public void close() {
    live.close();
  }

  @Benchmark
  public void withCancelAndClose() {
    live.withCancel().close();
  }

  @Benchmark
  public void withTimeoutAndClose() {
    live.withTimeout(LONG).close();
  }

  @Benchmark
  public boolean isDone() {
    return live.isDone();
  }

  @Benchmark
  public boolean isDoneWithDeadline() {
    return timed.isDone();
  }

  @Benchmark
  public void check() throws CancelledException {
    live.check();
  }

  /** The outermost of ten values. */
  @Benchmark
  public String getAtDepth() {
    return deep.get(key);
  }

  @Benchmark
  public boolean onCancelAndUnregister() {
    return live.onCancel(NOTHING).unregister();
  }
}
