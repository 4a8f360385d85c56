package com.example.store;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/** Values of another store, for as long as one is willing to wait for them. */
final class RemoteStore {
  private final ExecutorService workers;

  RemoteStore(ExecutorService workers) {
    this.workers = workers;
  }

  Optional<String> get(Callable<String> request) throws InterruptedException, ExecutionException {
    Future<String> value = workers.submit(request);
    try {
      return Optional.of(value.get(2, SECONDS));
      // fault: FutureWaitAbandoned
    } catch (TimeoutException e) {
      return Optional.empty();
    }
  }
}
