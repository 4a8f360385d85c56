package com.example.store;

import dev.bowline.Context;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Serves a store until the process is killed. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException {
    new StoreServer(Context.background(), new Store()).start(new InetSocketAddress(8080));
  }
}
