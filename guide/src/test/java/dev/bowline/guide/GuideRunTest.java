package dev.bowline.guide;

import static dev.bowline.guide.Guide.call;
import static dev.bowline.guide.Guide.callOn;
import static dev.bowline.guide.Guide.make;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.bowline.Action;
import dev.bowline.CancellableContext;
import dev.bowline.CancelledException;
import dev.bowline.Context;
import dev.bowline.Patterns;
import dev.bowline.Patterns.Each;
import dev.bowline.Patterns.Fn;
import dev.bowline.Service;
import dev.bowline.Task;
import dev.bowline.TaskGroup;
import dev.bowline.TaskListener;
import dev.bowline.Work;
import dev.bowline.testing.Checkpoint;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The guide: its examples do what it says. */
@Timeout(120)
final class GuideRunTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration FOREVER = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(20);

  /** Waits as long as it may. */
  private static final Fn<String, String> HANGS =
      (ctx, item) -> {
        ctx.sleep(FOREVER);
        return item;
      };

  private final IOException failure = new IOException("refused");

  private final Fn<String, String> fails =
      (ctx, item) -> {
        throw failure;
      };

  /** Takes longer than a test may on a busy machine. */
  @BeforeAll
  static void compile() {
    assertFalse(Guide.said().isEmpty(), "there are no examples");
  }

  @Test
  void productPage() throws Exception {
    Fn<String, Integer> price = (ctx, id) -> 7;
    Fn<String, List<String>> reviews = (ctx, id) -> List.of(id + " is good");
    Object page = within(ctx -> callOn(make("ProductPage", price, reviews), "load", ctx, "tea"));
    assertEquals("Page[price=7, reviews=[tea is good]]", page.toString());
  }

  @Test
  void productPageStopsAtTheFirstFailure() throws Exception {
    Checkpoint begun = Checkpoint.named("begun");
    AtomicReference<Throwable> told = new AtomicReference<>();
    Fn<String, Integer> price =
        (ctx, id) -> {
          begun.await(LIMIT);
          throw failure;
        };
    Fn<String, List<String>> reviews =
        (ctx, id) -> {
          ctx.onCancel(() -> told.set(ctx.cause()));
          begun.reach();
          return List.of(HANGS.apply(ctx, id));
        };
    ExecutionException thrown =
        fails(ctx -> callOn(make("ProductPage", price, reviews), "load", ctx, "tea"));
    assertSame(failure, thrown.getCause());
    assertSame(failure, told.get());
  }

  @Test
  void pricesComeInTheOrderOfTheProducts() throws Exception {
    Fn<String, Integer> shop = (ctx, product) -> product.length();
    assertEquals(List.of(1, 2, 3, 4), within(ctx -> call("Prices", "of", ctx, words(4), shop)));
  }

  @Test
  void validationCollectsAllProblems() throws Exception {
    List<Action> checks =
        List.of(
            ctx -> {
              throw new IOException("a");
            },
            ctx -> {},
            ctx -> {
              throw new IllegalStateException("b");
            });
    List<?> problems = (List<?>) within(ctx -> call("Validation", "problems", ctx, checks));
    Set<String> messages = new TreeSet<>();
    problems.forEach(each -> messages.add(((Throwable) each).getMessage()));
    assertEquals(Set.of("a", "b"), messages);
    assertEquals(2, problems.size());
  }

  @Test
  void searchHasWhatCameInTime() throws Exception {
    Fn<String, List<String>> query =
        (ctx, index) ->
            switch (index) {
              case "late" -> List.of(HANGS.apply(ctx, index));
              case "broken" -> throw failure;
              default -> List.of(index);
            };
    Object result =
        within(ctx -> call("Search", "find", ctx, List.of("late", "good", "broken"), query));
    assertEquals("Result[hits=[good], missing=[late, broken]]", result.toString());
  }

  @Test
  void mirrorsTakesTheFirstAnswer() throws Exception {
    Fn<String, String> get =
        (ctx, mirror) ->
            switch (mirror) {
              case "slow" -> HANGS.apply(ctx, mirror);
              case "broken" -> throw failure;
              default -> mirror;
            };
    List<String> mirrors = List.of("slow", "broken", "good");
    assertEquals("good", within(ctx -> call("Mirrors", "fetch", ctx, mirrors, get)));
    assertSame(
        failure, fails(ctx -> call("Mirrors", "fetch", ctx, List.of("a"), fails)).getCause());
  }

  @Test
  void greetingGoesWithoutATipThatIsLate() throws Exception {
    BlockingQueue<String> nothing = new LinkedBlockingQueue<>();
    Fn<String, String> names = (ctx, id) -> "Ann";
    Fn<String, String> late = (ctx, id) -> nothing.poll(1, TimeUnit.HOURS); // knows no contexts
    Fn<String, String> inTime = (ctx, id) -> "Rest.";
    assertEquals("Hello Ann.", within(ctx -> call("Greeting", "write", ctx, "1", names, late)));
    assertEquals(
        "Hello Ann. Rest.", within(ctx -> call("Greeting", "write", ctx, "1", names, inTime)));
  }

  @Test
  void crawlFeedsOneStepFromTheOther() throws Exception {
    Fn<String, String> fetch = (ctx, url) -> url + "!";
    Fn<String, Integer> parse = (ctx, page) -> page.length();
    List<?> sizes = (List<?>) within(ctx -> call("Crawl", "run", ctx, words(100), fetch, parse));
    assertEquals(100, sizes.size());
    assertEquals(100, Set.copyOf(sizes).size());
  }

  @Test
  void crawlStopsWhicheverStepFails() throws Exception {
    Fn<String, String> fetch = (ctx, url) -> url;
    ExecutionException parsing = fails(ctx -> call("Crawl", "run", ctx, words(100), fetch, fails));
    assertSame(failure, parsing.getCause().getCause());
    ExecutionException fetching = fails(ctx -> call("Crawl", "run", ctx, words(100), fails, fetch));
    assertSame(failure, fetching.getCause().getCause());
  }

  @Test
  void thumbnailsEndWhenAllJobsAreDone() throws Exception {
    Object pool = make("Thumbnails");
    List<String> images = words(100);
    for (String image : images) {
      assertEquals(true, callOn(pool, "submit", image));
    }
    assertEquals(false, callOn(pool, "submit", "one too many"));
    callOn(pool, "close");
    Set<String> drawn = new ConcurrentSkipListSet<>();
    Each<String> draw = (ctx, image) -> drawn.add(image);
    within(ctx -> callOn(pool, "run", ctx, draw));
    assertEquals(new TreeSet<>(images), drawn);
  }

  @Test
  void partnerIsCalledByEightAtATime() throws Exception {
    Object partner = make("Partner");
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Fn<String, String> http =
        (ctx, request) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          ctx.sleep(SHORT);
          now.decrementAndGet();
          return request;
        };
    List<String> answers =
        within(
            ctx ->
                Patterns.map(
                    ctx,
                    "callers",
                    20,
                    words(40),
                    (own, word) -> (String) callOn(partner, "call", own, word, http)));
    assertEquals(words(40), answers);
    assertTrue(most.get() <= 8, most + " at a time");
  }

  @Test
  void heartbeatSurvivesFailures() throws Exception {
    try (CancellableContext ctx = Context.background().withTimeout(LIMIT)) {
      AtomicInteger beats = new AtomicInteger();
      Action beat =
          own -> {
            if (beats.incrementAndGet() == 3) {
              ctx.cancel(failure);
            }
            throw new IllegalStateException("no network");
          };
      CancelledException thrown =
          assertThrows(CancelledException.class, () -> call("Heartbeat", "run", ctx, SHORT, beat));
      assertSame(failure, thrown.cause());
      assertEquals(3, beats.get());
    }
  }

  @Test
  void requestsHaveATraceAndADeadline() throws Exception {
    Fn<String, String> handler =
        (ctx, path) -> {
          assertTrue(ctx.remaining().isPresent(), "there is no deadline");
          return path + " " + call("Requests", "trace", ctx);
        };
    Context root = Context.background();
    assertEquals("/ t1", call("Requests", "serve", root, "t1", "/", handler));
    assertEquals("none", call("Requests", "trace", root));
  }

  @Test
  void uploadCleansUpAfterItWasCancelled() throws Exception {
    try (CancellableContext ctx = Context.background().withCancel()) {
      AtomicInteger discarded = new AtomicInteger();
      Action send =
          own -> {
            ctx.cancel(failure);
            own.check();
          };
      Action discard =
          own -> {
            own.check();
            assertTrue(own.remaining().isPresent(), "there is no deadline");
            discarded.incrementAndGet();
          };
      assertThrows(CancelledException.class, () -> call("Upload", "run", ctx, send, discard));
      assertEquals(1, discarded.get());
    }
    AtomicInteger discarded = new AtomicInteger();
    Action nothing = own -> {};
    Action discard = own -> discarded.incrementAndGet();
    call("Upload", "run", Context.background(), nothing, discard);
    assertEquals(0, discarded.get());
  }

  @Test
  void pagesAreFetchedUntilTheContextEnds() throws Exception {
    HttpServer server = HttpServer.create(loopback(), 0);
    Checkpoint hanging = Checkpoint.named("hanging");
    hanging.hold();
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            if (exchange.getRequestURI().getPath().equals("/hang")) {
              hanging.reach();
            }
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes(UTF_8));
          }
        });
    server.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      Object pages = make("Pages");
      assertEquals("hello", within(ctx -> callOn(pages, "get", ctx, uri)));
      try (CancellableContext ctx = Context.background().withCancel();
          TaskGroup group = TaskGroup.open(Context.background(), "test")) {
        group.launch(
            own -> {
              hanging.await(LIMIT);
              ctx.cancel(failure);
            });
        CancelledException thrown =
            assertThrows(
                CancelledException.class, () -> callOn(pages, "get", ctx, uri.resolve("/hang")));
        assertSame(failure, thrown.cause());
        group.join();
      }
    } finally {
      hanging.release();
      server.stop(0);
    }
  }

  @Test
  void futuresAndTasksEndTogether() throws Exception {
    try (TaskGroup group =
        TaskGroup.named("test").policy(TaskGroup.Policy.COLLECT).open(Context.background())) {
      Work<String> done = ctx -> "done";
      Work<String> broken = ctx -> fails.apply(ctx, "");
      Work<String> hangs = ctx -> HANGS.apply(ctx, "");
      assertEquals("done", start(group, "done", done).get(30, TimeUnit.SECONDS));
      CompletableFuture<?> failing = start(group, "broken", broken);
      ExecutionException thrown =
          assertThrows(ExecutionException.class, () -> failing.get(30, TimeUnit.SECONDS));
      assertSame(failure, thrown.getCause());
      assertTrue(start(group, "hangs", hangs).cancel(true), "could not be cancelled");
      assertTrue(group.await(LIMIT), "a task goes on");
      assertEquals(
          List.of(Task.State.SUCCEEDED, Task.State.FAILED, Task.State.CANCELLED),
          group.tasks().stream().map(Task::state).toList());
    }
  }

  private static CompletableFuture<?> start(TaskGroup group, String name, Work<String> body)
      throws Exception {
    return (CompletableFuture<?>) call("Futures", "start", group, name, body);
  }

  @Test
  void customersQueryIsCancelledWithTheContext() throws Exception {
    BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();
    AtomicInteger seconds = new AtomicInteger();
    Checkpoint querying = Checkpoint.named("querying");
    PreparedStatement query =
        stub(
            PreparedStatement.class,
            Map.of(
                "setQueryTimeout",
                arguments -> {
                  seconds.set((int) arguments[0]);
                  return null;
                },
                "cancel",
                arguments -> cancelled.add("cancelled"),
                "executeQuery",
                arguments -> {
                  querying.reach();
                  String why = cancelled.poll(30, TimeUnit.SECONDS);
                  throw new SQLException(why);
                }));
    Connection db = stub(Connection.class, Map.of("prepareStatement", arguments -> query));
    Executor direct = Runnable::run;
    Object customers = make("Customers", direct);
    try (CancellableContext ctx = Context.background().withTimeout(LIMIT);
        TaskGroup group = TaskGroup.open(Context.background(), "test")) {
      group.launch(
          own -> {
            querying.await(LIMIT);
            ctx.cancel(failure);
          });
      CancelledException thrown =
          assertThrows(CancelledException.class, () -> callOn(customers, "in", ctx, db, "Oslo"));
      assertSame(failure, thrown.cause());
      assertTrue(seconds.get() > 1 && seconds.get() <= 31, seconds + " seconds");
      group.join();
    }
  }

  @Test
  void whoisGivesUpWithTheContext() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        CancellableContext ctx = Context.background().withCancel();
        TaskGroup group = TaskGroup.named("test").timeout(LIMIT).open(Context.background())) {
      InetSocketAddress address =
          new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
      group.launch(
          own -> {
            try (Socket client = server.accept()) {
              byte[] question = client.getInputStream().readAllBytes();
              client.getOutputStream().write(question);
            }
            try (Socket client = server.accept()) {
              byte[] question = client.getInputStream().readAllBytes();
              assertEquals("hang", new String(question, UTF_8));
              ctx.cancel(failure);
              assertEquals(-1, client.getInputStream().read());
            }
          });
      assertEquals("hello", call("Whois", "ask", ctx, address, "hello"));
      CancelledException thrown =
          assertThrows(CancelledException.class, () -> call("Whois", "ask", ctx, address, "hang"));
      assertSame(failure, thrown.cause());
      group.join();
    }
  }

  @Test
  void grpcServerStopsWhenTheClientHasGivenUp() throws Exception {
    io.grpc.Context.CancellableContext incoming = io.grpc.Context.ROOT.withCancellation();
    BlockingQueue<String> nothing = new LinkedBlockingQueue<>();
    Work<String> body =
        ctx -> {
          incoming.cancel(failure);
          return nothing.poll(1, TimeUnit.HOURS); // knows no contexts
        };
    CancelledException thrown =
        assertThrows(
            CancelledException.class,
            () -> incoming.call(() -> within(ctx -> call("Grpc", "serve", ctx, body))));
    assertSame(failure, thrown.cause());
  }

  @Test
  void grpcCallIsCancelledWithTheContext() throws Exception {
    try (CancellableContext ctx = Context.background().withCancel()) {
      Callable<Throwable> rpc =
          () -> {
            assertFalse(io.grpc.Context.current().isCancelled(), "cancelled too early");
            ctx.cancel(failure);
            return io.grpc.Context.current().cancellationCause();
          };
      assertSame(failure, call("Grpc", "call", ctx, rpc));
    }
  }

  @Test
  void tracedTasksSeeTheContextOfOpenTelemetry() throws Exception {
    ContextKey<String> key = ContextKey.named("span");
    Fn<String, String> seen =
        (ctx, item) -> item + io.opentelemetry.context.Context.current().get(key);
    try (Scope scope =
        io.opentelemetry.context.Context.current().with(key, "-outer").makeCurrent()) {
      assertNotNull(scope);
      assertEquals(
          List.of("a-outer", "b-outer"),
          within(ctx -> call("Traced", "all", ctx, List.of("a", "b"), seen)));
    }
  }

  @Test
  void backgroundFailuresAreToldAndHarmNobody() throws Exception {
    Checkpoint told = Checkpoint.named("told");
    AtomicReference<Throwable> uncaught = new AtomicReference<>();
    TaskListener metrics =
        new TaskListener() {
          @Override
          public void uncaught(Task<?> task, Throwable thrown) {
            uncaught.set(thrown);
            told.reach();
          }
        };
    Action flush =
        ctx -> {
          throw failure;
        };
    Action main = ctx -> told.await(LIMIT);
    within(ctx -> call("Background", "run", ctx, metrics, main, flush));
    assertSame(failure, uncaught.get());
  }

  @Test
  void backgroundEndsWithTheMainWork() throws Exception {
    Action endless = ctx -> ctx.sleep(FOREVER);
    Action main = ctx -> {};
    assertNull(within(ctx -> call("Background", "run", ctx, new TaskListener() {}, main, endless)));
  }

  @Test
  void mailerSendsWhatItHasTaken() throws Exception {
    HttpServer http = HttpServer.create(loopback(), 0);
    URI uri = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/mails");
    Checkpoint sending = Checkpoint.named("sending");
    sending.hold();
    Set<String> sent = new ConcurrentSkipListSet<>();
    Each<String> send =
        (ctx, mail) -> {
          sending.reach();
          sent.add(mail);
        };
    List<String> mails = words(20);
    List<Integer> answers = Collections.synchronizedList(new ArrayList<>());
    int exitCode =
        Service.run(
            Service.Options.named("mailer").signals(),
            (ctx, svc) -> {
              // Given before the one that closes the server, so this runs after it.
              svc.onStop("release", own -> sending.release());
              svc.background()
                  .launch(
                      "client",
                      own -> {
                        HttpClient client = HttpClient.newHttpClient();
                        for (String mail : mails) {
                          answers.add(post(client, uri, mail));
                        }
                        svc.stop("all were posted");
                      });
              call("Mailer", "run", ctx, svc, http, send);
            });
    assertEquals(0, exitCode);
    assertEquals(Collections.nCopies(20, 202), answers);
    assertEquals(new TreeSet<>(mails), sent);
  }

  private static int post(HttpClient client, URI uri, String text)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(LIMIT)
            .POST(HttpRequest.BodyPublishers.ofString(text))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Test
  void hitsCountsAll() throws Exception {
    Object hits = make("Hits");
    within(
        ctx -> {
          Patterns.forEach(ctx, "clients", 4, words(200), (own, w) -> callOn(hits, "count", "/"));
          return null;
        });
    assertEquals(200L, callOn(hits, "all"));
    assertEquals(Map.of("/", 200L), callOn(hits, "byPage"));
  }

  @Test
  void pageCacheKeepsWhatWasAskedForLast() throws Exception {
    Object cache = make("PageCache", 2);
    callOn(cache, "put", "/a", "A");
    callOn(cache, "put", "/b", "B");
    assertEquals(Optional.of("A"), callOn(cache, "get", "/a"));
    callOn(cache, "put", "/c", "C");
    assertEquals(Optional.empty(), callOn(cache, "get", "/b"));
    assertEquals(Optional.of("A"), callOn(cache, "get", "/a"));
  }

  @Test
  void stockIsNeverOverdrawn() throws Exception {
    Object stock = make("Stock");
    try (TaskGroup group = TaskGroup.named("test").timeout(LIMIT).open(Context.background())) {
      Context ctx = group.ctx();
      Task<?> owner = group.launch("owner", own -> callOn(stock, "run", own));
      callOn(stock, "add", ctx, "tea", 3);
      assertEquals(true, callOn(stock, "take", ctx, "tea", 2));
      assertEquals(false, callOn(stock, "take", ctx, "tea", 2));
      assertEquals(true, callOn(stock, "take", ctx, "tea", 1));
      owner.cancel();
      group.await();
      assertThrows(
          IllegalStateException.class, () -> callOn(stock, "take", Context.background(), "tea", 1));
    }
  }

  @Test
  void theTestOfTheGuidePasses() throws Exception {
    callOn(make("StopTest"), "stopsWhileItWaits");
  }

  /** Under a context with a deadline that no test is to reach. */
  private static <T> T within(Work<T> body) throws Exception {
    try (CancellableContext ctx = Context.background().withTimeout(LIMIT)) {
      T result = body.run(ctx);
      assertNull(ctx.cause(), "the time is up");
      return result;
    }
  }

  private static ExecutionException fails(Work<?> body) {
    ExecutionException thrown = assertThrows(ExecutionException.class, () -> within(body));
    assertFalse(thrown.getCause() instanceof TimeoutException, "the time is up");
    return thrown;
  }

  private static List<String> words(int count) {
    List<String> words = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      words.add("x".repeat(i));
    }
    return words;
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private interface Answer {
    Object to(Object[] arguments) throws Exception;
  }

  /** An object that answers to some of its methods; the others do nothing. */
  private static <T> T stub(Class<T> type, Map<String, Answer> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            GuideRunTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Answer answer = answers.get(method.getName());
              Object result = answer == null ? null : answer.to(arguments);
              return method.getReturnType() == void.class ? null : result;
            }));
  }
}
