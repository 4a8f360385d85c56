package com.example.store;

import dev.bowline.CancellableContext;
import dev.bowline.Context;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Serves a store until the process is told to stop. */
public final class Main {
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
  private static final long STOP_SECONDS = 15;

  private Main() {}

  /**
   * Starts the service.
   *
   * @param args the port, 8080 if absent
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int port = args.length == 0 ? 8080 : Integer.parseInt(args[0]);
    CountDownLatch drained = new CountDownLatch(1);
    try (CancellableContext ctx = Context.background().withCancel()) {
      CountDownLatch told = new CountDownLatch(1);
      ctx.onCancel(told::countDown);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(ctx, drained), "stop"));
      try (StoreServer server =
          StoreServer.start(ctx, new InetSocketAddress(port), new Store(), REQUEST_LIMIT)) {
        System.out.println("serving on port " + server.port());
        told.await();
      }
    } finally {
      drained.countDown();
    }
  }

  /** The process ends when this returns. */
  private static void stop(CancellableContext ctx, CountDownLatch drained) {
    ctx.cancel(new CancellationException("the service is being stopped"));
    try {
      if (!drained.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("some requests were cut off");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
