package dev.bowline.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@link Peer#VIRTUAL_EXECUTOR}. */
final class OfVirtualExecutor implements Peer.ForkJoin {
  @Override
  public int run(int tasks) throws Exception {
    List<Future<Integer>> futures = new ArrayList<>(tasks);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < tasks; i++) {
        futures.add(executor.submit(Peer::body));
      }
      return Peer.sum(futures);
    }
  }
}
