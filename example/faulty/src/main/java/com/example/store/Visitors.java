package com.example.store;

/** Remembers the last visitor of each tenant. */
final class Visitors {
  private final Store store;

  Visitors(Store store) {
    this.store = store;
  }

  void visit(Request request) {
    if (request.tenant().isEmpty()) {
      // fault: ContextDiscarded
      request.withTenant("guests");
    }
    store.put(request.tenant(), request.user());
  }
}
