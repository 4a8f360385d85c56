package com.example.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bowline.Context;
import dev.bowline.annotations.Detached;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** A store over HTTP: PUT sets the value of a path, GET answers with it and may have to wait. */
final class StoreServer {
  // fault: StoredContext
  private final Context ctx;

  private final Store store;
  private final Semaphore readers = new Semaphore(4); // so that writers find a worker

  // fault: ReasonMissing
  @Detached(reason = "")
  private final ExecutorService workers = Executors.newFixedThreadPool(8);

  StoreServer(Context ctx, Store store) {
    this.ctx = ctx;
    this.store = store;
  }

  HttpServer start(InetSocketAddress address) throws IOException {
    HttpServer http = HttpServer.create(address, 0);
    http.createContext("/", this::serve);
    http.setExecutor(workers);
    http.start();
    return http;
  }

  void stop() {
    // fault: ShutdownWithoutDeadline
    workers.shutdown();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (ctx.isDone()) {
        reply(exchange, 503, "stopped");
        return;
      }
      String key = exchange.getRequestURI().getPath();
      switch (exchange.getRequestMethod()) {
        case "GET" -> reply(exchange, 200, get(key));
        case "PUT" -> {
          store.put(key, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          // fault: TaskOutlivesResource
          workers.execute(() -> accept(exchange));
        }
        default -> reply(exchange, 405, "GET or PUT");
      }
    }
  }

  private String get(String key) throws IOException {
    try {
      // fault: PermitNotReleased
      readers.acquire();
      // fault: RootContextOutsideMain
      String value = store.get(key, Context.background());
      readers.release();
      return value;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void accept(HttpExchange exchange) {
    try {
      reply(exchange, 200, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
