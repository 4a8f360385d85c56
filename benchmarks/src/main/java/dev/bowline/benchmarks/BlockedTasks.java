package dev.bowline.benchmarks;

import java.util.Arrays;

/** How many bytes of heap a task takes that waits. Arguments: how often to measure each way. */
public final class BlockedTasks {
  private static final int TASKS = 10_000;

  private BlockedTasks() {}

  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? 5 : Integer.parseInt(args[0]);
    Blocker[] ways = Blocker.values();
    long[][] bytes = new long[ways.length][rounds];
    for (int round = -1; round < rounds; round++) { // the first one loads classes
      for (Blocker way : ways) {
        long before = liveHeap();
        Blocker.Blocked blocked = new Blocker.Blocked(TASKS);
        way.block(TASKS, blocked);
        if (round >= 0) {
          bytes[way.ordinal()][round] = (blocked.heap() - before) / TASKS;
        }
      }
    }
    System.out.printf("%s, %d tasks, %d rounds%n", Runtime.version(), TASKS, rounds);
    for (Blocker way : ways) {
      long[] sorted = bytes[way.ordinal()];
      Arrays.sort(sorted);
      System.out.printf(
          "%-18s %6d bytes/task (%d to %d)%n",
          way, sorted[rounds / 2], sorted[0], sorted[rounds - 1]);
    }
  }

  /** What is in use after a collection. */
  static long liveHeap() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(20); // for what the collector leaves to other threads
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
