package dev.bowline.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Subtask;

/** {@link Peer#SCOPE}. */
@SuppressWarnings("preview")
final class OfScope implements Peer.ForkJoin {
  @Override
  public int run(int tasks) throws Exception {
    List<Subtask<Integer>> forked = new ArrayList<>(tasks);
    try (var scope = StructuredTaskScope.open()) {
      for (int i = 0; i < tasks; i++) {
        forked.add(scope.fork(Peer::body));
      }
      scope.join();
      int sum = 0;
      for (Subtask<Integer> task : forked) {
        sum += task.get();
      }
      return sum;
    }
  }
}
