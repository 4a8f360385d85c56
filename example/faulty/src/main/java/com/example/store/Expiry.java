package com.example.store;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;

/** Tells a listener once a minute which keys are due, until it is stopped. */
final class Expiry {
  private final Iterable<String> keys;
  private final Consumer<String> listener;
  private final ScheduledFuture<?> turns;

  Expiry(ScheduledExecutorService scheduler, Iterable<String> keys, Consumer<String> listener) {
    this.keys = keys;
    this.listener = listener;
    // fault: ScheduledTaskMayDie
    turns = scheduler.scheduleAtFixedRate(this::tell, 1, 1, MINUTES);
  }

  private void tell() {
    for (String key : keys) {
      listener.accept(key);
    }
  }

  void stop() {
    turns.cancel(false);
  }
}
