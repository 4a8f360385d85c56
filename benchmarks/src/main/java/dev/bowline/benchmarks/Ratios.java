package dev.bowline.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The same as {@link TaskGroups}, for machines that are never quiet: all peers take turns of some
 * milliseconds in one process, so that what disturbs one disturbs the next. Prints medians, and the
 * median and quartiles of the ratio to the first within a round.
 *
 * <p>Arguments: the number of tasks, the number of rounds, the peers.
 */
public final class Ratios {
  private static final long TURN_NANOS = 20_000_000;
  private static final int WARM_UP_ROUNDS = 100;

  private Ratios() {}

  public static void main(String[] args) throws Exception {
    int tasks = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    List<Peer> peers = new ArrayList<>();
    List<Peer.ForkJoin> means = new ArrayList<>();
    for (String name : Arrays.asList(args).subList(2, args.length)) {
      peers.add(Peer.valueOf(name));
      means.add(Peer.valueOf(name).open());
    }
    double[][] nanos = new double[peers.size()][rounds];
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      for (int turn = 0; turn < means.size(); turn++) {
        int whose = Math.floorMod(turn + round, means.size());
        double spent = turn(means.get(whose), tasks);
        if (round >= 0) {
          nanos[whose][round] = spent;
        }
      }
    }
    System.out.printf("%s, %d tasks, %d rounds%n", Runtime.version(), tasks, rounds);
    for (int i = 0; i < peers.size(); i++) {
      double[] ratios = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        ratios[round] = nanos[i][round] / nanos[0][round];
      }
      System.out.printf(
          "%-18s %9.0f ns/task   %6.2f times (%.2f to %.2f)%n",
          peers.get(i),
          quantile(nanos[i], 0.5),
          quantile(ratios, 0.5),
          quantile(ratios, 0.25),
          quantile(ratios, 0.75));
    }
  }

  /** Nanoseconds for each task. */
  private static double turn(Peer.ForkJoin means, int tasks) throws Exception {
    long start = System.nanoTime();
    long ran = 0;
    long spent;
    do {
      ran += means.run(tasks);
      spent = System.nanoTime() - start;
    } while (spent < TURN_NANOS);
    return (double) spent / ran;
  }

  private static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (share * (sorted.length - 1))];
  }
}
