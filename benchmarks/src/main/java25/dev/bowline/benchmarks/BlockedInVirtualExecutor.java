package dev.bowline.benchmarks;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@link Blocker#VIRTUAL_EXECUTOR}. */
final class BlockedInVirtualExecutor implements Blocker.Means {
  @Override
  @SuppressWarnings("FutureReturnValueIgnored")
  public void block(int tasks, Blocker.Blocked blocked) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < tasks; i++) {
        executor.submit(
            () -> {
              blocked.here();
              return null;
            });
      }
      blocked.measure();
    }
  }
}
