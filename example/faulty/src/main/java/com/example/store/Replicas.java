package com.example.store;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Copies of the store on other machines, which every write goes to. */
final class Replicas {
  /** One of them. */
  interface Replica {
    CompletionStage<Void> put(String key, String value);
  }

  private final List<Replica> replicas;

  Replicas(List<Replica> replicas) {
    this.replicas = List.copyOf(replicas);
  }

  void put(String key, String value) {
    for (Replica replica : replicas) {
      // fault: FutureUnobserved
      replica.put(key, value);
    }
  }
}
