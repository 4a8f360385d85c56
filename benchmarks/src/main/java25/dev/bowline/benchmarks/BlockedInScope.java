package dev.bowline.benchmarks;

import java.util.concurrent.StructuredTaskScope;

/** {@link Blocker#SCOPE}. */
@SuppressWarnings("preview")
final class BlockedInScope implements Blocker.Means {
  @Override
  public void block(int tasks, Blocker.Blocked blocked) throws Exception {
    try (var scope = StructuredTaskScope.open()) {
      for (int i = 0; i < tasks; i++) {
        scope.fork(
            () -> {
              blocked.here();
              return null;
            });
      }
      blocked.measure();
      scope.join();
    }
  }
}
