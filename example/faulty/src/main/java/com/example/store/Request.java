package com.example.store;

import dev.bowline.annotations.ContextType;

/** Who asks, and for whom: passed along with each call. */
@ContextType
record Request(String user, String tenant) {
  Request withTenant(String other) {
    return new Request(user, other);
  }
}
