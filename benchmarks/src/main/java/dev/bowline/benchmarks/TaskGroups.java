package dev.bowline.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to fork so many tasks that do nothing, and to join them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class TaskGroups {
  /** By what means; those that this JDK does not have fail. */
  @Param public Peer peer;

  /** How many. */
  @Param({"2", "10", "1000"})
  public int tasks;

  private Peer.ForkJoin means;

  @Setup
  public void open() {
    means = peer.open();
  }

  @Benchmark
  public int forkAndJoin() throws Exception {
    return means.run(tasks);
  }
}
