package dev.bowline.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** {@link Blocker#VIRTUAL_THREADS}. */
final class BlockedVirtualThreads implements Blocker.Means {
  @Override
  public void block(int tasks, Blocker.Blocked blocked) throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  blocked.here();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              }));
    }
    blocked.measure();
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
