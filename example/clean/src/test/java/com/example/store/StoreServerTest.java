package com.example.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bowline.CancellableContext;
import dev.bowline.Context;
import dev.bowline.testing.Checkpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class StoreServerTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Checkpoint waiting = Checkpoint.named("a reader waits");
  private final Store store = new Store(waiting::reach);

  @Test
  void answersWithWhatWasPut() throws Exception {
    try (StoreServer server = start(Context.background(), SOON)) {
      assertEquals(200, put(server, "/a", "1").statusCode());
      assertEquals("1", get(server, "/a").get(5, SECONDS).body());
    }
  }

  @Test
  void aReaderWaitsForTheValue() throws Exception {
    try (StoreServer server = start(Context.background(), SOON)) {
      CompletableFuture<HttpResponse<String>> reply = get(server, "/a");
      waiting.await(SOON);
      put(server, "/a", "1");
      assertEquals("1", reply.get(5, SECONDS).body());
    }
  }

  @Test
  void aReaderIsToldWhenItsTimeIsUp() throws Exception {
    try (StoreServer server = start(Context.background(), Duration.ofMillis(20))) {
      assertEquals(504, get(server, "/a").get(5, SECONDS).statusCode());
    }
  }

  @Test
  void stoppingAnswersThoseThatWait() throws Exception {
    try (CancellableContext ctx = Context.background().withCancel();
        StoreServer server = start(ctx, SOON)) {
      CompletableFuture<HttpResponse<String>> reply = get(server, "/a");
      waiting.await(SOON);
      ctx.cancel(new CancellationException("stopped by the test"));
      assertEquals(503, reply.get(5, SECONDS).statusCode());
    }
  }

  @Test
  void refusesOtherMethodsAndLongValues() throws Exception {
    try (StoreServer server = start(Context.background(), SOON)) {
      HttpRequest delete = HttpRequest.newBuilder(uri(server, "/a")).DELETE().build();
      assertEquals(405, CLIENT.send(delete, BodyHandlers.ofString()).statusCode());
      assertEquals(413, put(server, "/a", "1".repeat(70_000)).statusCode());
    }
  }

  private StoreServer start(Context ctx, Duration requestLimit) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return StoreServer.start(ctx, anyPort, store, requestLimit);
  }

  private static HttpResponse<String> put(StoreServer server, String path, String value)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(server, path))
            .timeout(SOON)
            .PUT(BodyPublishers.ofString(value))
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  private static CompletableFuture<HttpResponse<String>> get(StoreServer server, String path) {
    HttpRequest request = HttpRequest.newBuilder(uri(server, path)).timeout(SOON).build();
    return CLIENT.sendAsync(request, BodyHandlers.ofString());
  }

  private static URI uri(StoreServer server, String path) {
    return URI.create("http://localhost:" + server.port() + path);
  }
}
