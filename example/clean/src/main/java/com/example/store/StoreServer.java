package com.example.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bowline.CancellableContext;
import dev.bowline.CancelledException;
import dev.bowline.Context;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A store over HTTP: PUT sets the value of a path, GET answers with it and may have to wait. */
final class StoreServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StoreServer.class.getName());

  private static final int THREADS = 8;
  private static final int LONGEST_QUEUE = 64;
  private static final int LONGEST_VALUE = 64 * 1024;
  private static final long DRAIN_SECONDS = 5;

  private final HttpServer http;
  private final ExecutorService workers;

  private StoreServer(HttpServer http, ExecutorService workers) {
    this.http = http;
    this.workers = workers;
  }

  /**
   * Starts to serve.
   *
   * @param ctx ends the requests when it ends; the server itself is ended by {@link #close}
   * @param requestLimit how long a request may take
   */
  static StoreServer start(
      Context ctx, InetSocketAddress address, Store store, Duration requestLimit)
      throws IOException {
    HttpServer http = HttpServer.create(address, 0);
    ExecutorService workers =
        new ThreadPoolExecutor(
            THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(LONGEST_QUEUE));
    http.createContext("/", exchange -> serve(ctx, store, requestLimit, exchange));
    http.setExecutor(workers);
    http.start();
    return new StoreServer(http, workers);
  }

  int port() {
    return http.getAddress().getPort();
  }

  /**
   * Lets the requests that have begun end, for a few seconds, and takes no more. To end those that
   * wait at once, end the server's context first.
   */
  @Override
  public void close() {
    workers.shutdown();
    try {
      if (!workers.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
        workers.shutdownNow();
        if (!workers.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
          LOG.log(Level.ERROR, "some requests did not end");
        }
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    } finally {
      http.stop(0);
    }
  }

  private static void serve(Context ctx, Store store, Duration limit, HttpExchange exchange)
      throws IOException {
    try (exchange;
        CancellableContext request = ctx.withTimeout(limit)) {
      switch (exchange.getRequestMethod()) {
        case "GET" -> get(request, store, exchange);
        case "PUT" -> put(store, exchange);
        default -> reply(exchange, 405, "GET or PUT");
      }
    }
  }

  private static void get(Context ctx, Store store, HttpExchange exchange) throws IOException {
    try {
      reply(exchange, 200, store.get(ctx, key(exchange)));
    } catch (CancelledException e) {
      boolean late = e.cause() instanceof TimeoutException;
      reply(exchange, late ? 504 : 503, e.cause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reply(exchange, 503, "stopped");
    }
  }

  private static void put(Store store, HttpExchange exchange) throws IOException {
    byte[] value = exchange.getRequestBody().readNBytes(LONGEST_VALUE + 1);
    if (value.length > LONGEST_VALUE) {
      reply(exchange, 413, "a value has at most " + LONGEST_VALUE + " bytes");
      return;
    }
    store.put(key(exchange), new String(value, UTF_8));
    reply(exchange, 200, "");
  }

  private static String key(HttpExchange exchange) {
    return exchange.getRequestURI().getPath();
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
