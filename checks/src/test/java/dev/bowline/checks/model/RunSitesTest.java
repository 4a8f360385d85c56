package dev.bowline.checks.model;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A marker in a snippet says what {@link Probe} must answer about the next line. */
final class RunSitesTest {
  @Test
  void bodiesRunHereElsewhereOrNobodyKnows() {
    Probe.verify(
        """
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.function.*;

        class Sites {
          // BUG: Diagnostic contains: <runs UNKNOWN>
          Runnable field = () -> {};

          void here(List<String> names, Map<String, String> map, Optional<String> optional) {
            // BUG: Diagnostic contains: <runs HERE>
            names.forEach(n -> {});
            // BUG: Diagnostic contains: <runs HERE>
            map.computeIfAbsent("a", k -> k);
            // BUG: Diagnostic contains: <runs HERE>
            optional.map(String::strip);
            // BUG: Diagnostic contains: <runs HERE>
            optional.orElseGet(((Supplier<String>) () -> ""));
            // BUG: Diagnostic contains: <runs HERE>
            org.junit.jupiter.api.Assertions.assertThrows(Exception.class, () -> {});
          }

          void elsewhere(ScheduledExecutorService pool, CompletableFuture<String> future, Timer timer)
              throws Exception {
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            new Thread(() -> {}, "name");
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            new Thread() { @Override public void run() {} };
            // BUG: Diagnostic contains: <starts-work>
            pool.execute(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                () -> {});
            // BUG: Diagnostic contains: <starts-work>
            pool.scheduleAtFixedRate(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                new Runnable() { @Override public void run() {} }, 1, 1, TimeUnit.DAYS);
            // BUG: Diagnostic contains: <starts-work>
            CompletableFuture.supplyAsync(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                () -> "");
            // BUG: Diagnostic contains: <starts-work>
            future.thenApplyAsync(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                s -> s);
            // BUG: Diagnostic contains: <starts-work>
            timer.schedule(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                new TimerTask() { @Override public void run() {} }, 1);
          }

          void unknown(CompletableFuture<String> future, List<Runnable> tasks, Consumer<Runnable> sink) {
            // BUG: Diagnostic contains: <runs UNKNOWN>
            future.thenApply(s -> s);
            // BUG: Diagnostic contains: <runs UNKNOWN>
            tasks.add(() -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            sink.accept(() -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            Callable<String> local = () -> "";
          }
        }
        """);
  }

  @Test
  void jdk() {
    Probe.verify(
        """
        import java.nio.file.*;
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.concurrent.atomic.*;
        import java.util.stream.*;

        class Sites {
          Stream<String> stream;
          List<String> list;
          ConcurrentHashMap<String, String> map;
          AtomicReference<Runnable> box;
          Thread thread;
          ForkJoinPool pool;
          CompletableFuture<String> future;
          SubmissionPublisher<String> publisher;
          Executor executor;

          void use() throws Exception {
            // BUG: Diagnostic contains: <runs HERE>
            stream.forEach(s -> {});
            // BUG: Diagnostic contains: <runs HERE>
            stream.parallel().forEach(s -> {});
            // BUG: Diagnostic contains: <runs HERE>
            IntStream.range(0, 3).forEachOrdered(i -> {});
            // BUG: Diagnostic contains: <runs HERE>
            stream.anyMatch(String::isEmpty);
            // BUG: Diagnostic contains: <runs UNKNOWN>
            stream.map(s -> s);
            // BUG: Diagnostic contains: <runs UNKNOWN>
            stream.peek(s -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            Stream.generate(() -> "");
            // BUG: Diagnostic contains: <runs HERE>
            map.forEach(4, (k, v) -> {});
            // BUG: Diagnostic contains: <runs HERE>
            map.reduceValues(4, (a, b) -> a);
            // BUG: Diagnostic contains: <runs HERE>
            map.merge("", "", (a, b) -> b);
            // BUG: Diagnostic contains: <runs HERE>
            list.sort((a, b) -> 0);
            // BUG: Diagnostic contains: <runs HERE>
            box.updateAndGet(r -> r);
            // BUG: Diagnostic contains: <runs UNKNOWN>
            box.set(() -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            new AtomicReference<Runnable>(() -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            Optional.of((Runnable) () -> {});
            // BUG: Diagnostic contains: <runs HERE>
            Files.walkFileTree(Path.of(""), new SimpleFileVisitor<Path>() {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            ThreadLocal.withInitial(() -> "");
            // BUG: Diagnostic contains: <runs UNKNOWN>
            new FutureTask<String>(() -> "");
            // BUG: Diagnostic contains: <runs UNKNOWN>
            new CyclicBarrier(2, () -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            thread.setUncaughtExceptionHandler((t, e) -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            java.lang.ref.Cleaner.create().register(list, () -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            executor.execute(() -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            pool.submit(() -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            publisher.consume(s -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            future.whenComplete((s, e) -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            future.whenCompleteAsync((s, e) -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            future.exceptionallyAsync(e -> "");
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            javax.swing.SwingUtilities.invokeLater(() -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            javax.swing.SwingUtilities.invokeAndWait(() -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            new javax.swing.Timer(1, e -> {});
          }
        }
        """);
  }

  @Test
  void directExecutors() {
    Probe.verify(
        """
        import com.google.common.util.concurrent.*;
        import io.netty.util.concurrent.ImmediateExecutor;
        import java.util.concurrent.*;

        class Sites {
          CompletableFuture<String> future;
          ListenableFuture<String> listenable;
          Executor executor;
          // BUG: Diagnostic contains: <runs UNKNOWN>
          final Executor direct = Runnable::run;

          void use() throws Exception {
            // BUG: Diagnostic contains: <runs UNKNOWN>
            CompletableFuture.runAsync(() -> {}, direct);
            // BUG: Diagnostic contains: <runs UNKNOWN>
            CompletableFuture.runAsync(() -> {}, MoreExecutors.directExecutor());
            // BUG: Diagnostic contains: <runs UNKNOWN>
            future.thenRunAsync(() -> {}, ImmediateExecutor.INSTANCE);
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            future.thenRunAsync(() -> {}, executor);
            // BUG: Diagnostic contains: <runs UNKNOWN>
            direct.execute(() -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            MoreExecutors.newDirectExecutorService().submit(() -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            listenable.addListener(() -> {}, MoreExecutors.directExecutor());
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            listenable.addListener(() -> {}, executor);
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            future.thenAcceptAsync(s -> s.strip(), executor);
          }
        }
        """);
  }

  @Test
  void guavaAndCaffeine() {
    Probe.verify(
        """
        import com.google.common.cache.Cache;
        import com.google.common.collect.*;
        import com.google.common.util.concurrent.*;
        import java.util.*;

        class Sites {
          List<String> list;
          Cache<String, String> cache;
          com.github.benmanes.caffeine.cache.Cache<String, String> caffeine;
          com.github.benmanes.caffeine.cache.AsyncCache<String, String> async;
          ListenableFuture<String> future;
          ListeningExecutorService pool;
          Service service;

          void use() throws Exception {
            // BUG: Diagnostic contains: <runs HERE>
            cache.get("", () -> "");
            // BUG: Diagnostic contains: <runs HERE>
            caffeine.get("", k -> k);
            // BUG: Diagnostic contains: <runs UNKNOWN>
            async.get("", k -> k);
            // BUG: Diagnostic contains: <runs HERE>
            Iterables.any(list, s -> true);
            // BUG: Diagnostic contains: <runs UNKNOWN>
            Iterables.filter(list, s -> true);
            // BUG: Diagnostic contains: <runs UNKNOWN>
            Lists.transform(list, s -> s);
            // BUG: Diagnostic contains: <runs HERE>
            Maps.uniqueIndex(list, s -> s);
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            Futures.addCallback(future, new FutureCallback<String>() { public void onSuccess(String s) {} public void onFailure(Throwable t) {} }, pool);
            // BUG: Diagnostic contains: <runs UNKNOWN>
            Futures.transform(future, s -> s, MoreExecutors.directExecutor());
            // BUG: Diagnostic contains: <runs UNKNOWN>
            Futures.lazyTransform(future, s -> s);
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            pool.submit(() -> "");
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            service.addListener(new Service.Listener() {}, pool);
            // BUG: Diagnostic contains: <runs UNKNOWN>
            com.google.common.base.Suppliers.memoize(() -> "");
          }
        }
        """);
  }

  @Test
  void spring() {
    Probe.verify(
        """
        import org.springframework.core.task.*;
        import org.springframework.jdbc.core.JdbcOperations;
        import org.springframework.scheduling.TaskScheduler;
        import org.springframework.transaction.support.TransactionOperations;

        class Sites {
          TaskExecutor executor;
          SyncTaskExecutor sync;
          AsyncTaskExecutor async;
          TaskScheduler scheduler;
          TransactionOperations transactions;
          JdbcOperations jdbc;

          void use() throws Exception {
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            executor.execute(() -> {});
            // BUG: Diagnostic contains: <runs HERE>
            sync.execute(() -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            async.submit(() -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            async.submitCompletable(() -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            scheduler.scheduleAtFixedRate(() -> {}, java.time.Duration.ofDays(1));
            // BUG: Diagnostic contains: <runs HERE>
            transactions.execute(status -> "");
            // BUG: Diagnostic contains: <runs HERE>
            transactions.executeWithoutResult(status -> {});
            // BUG: Diagnostic contains: <runs HERE>
            jdbc.query("", (row, n) -> "");
            // BUG: Diagnostic contains: <runs UNKNOWN>
            jdbc.queryForStream("", (row, n) -> "");
          }
        }
        """);
  }

  @Test
  void reactive() {
    Probe.verify(
        """
        import reactor.core.publisher.*;

        class Sites {
          Flux<String> flux;
          reactor.core.scheduler.Scheduler scheduler;
          io.reactivex.Observable<String> two;
          io.reactivex.rxjava3.core.Flowable<String> three;
          io.reactivex.rxjava3.core.Scheduler.Worker worker;

          void use() throws Exception {
            // BUG: Diagnostic contains: <runs UNKNOWN>
            flux.subscribe(s -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            flux.map(s -> s);
            // BUG: Diagnostic contains: <runs UNKNOWN>
            Mono.fromCallable(() -> "");
            // BUG: Diagnostic contains: <runs HERE>
            flux.transform(f -> f);
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            scheduler.schedule(() -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            reactor.core.scheduler.Schedulers.immediate().schedule(() -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            two.subscribe(s -> {});
            // BUG: Diagnostic contains: <runs HERE>
            two.blockingForEach(s -> {});
            // BUG: Diagnostic contains: <runs HERE>
            three.blockingSubscribe(s -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            three.doOnNext(s -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            worker.schedule(() -> {});
            // BUG: Diagnostic contains: <runs HERE>
            three.test().assertValue(s -> true);
          }
        }
        """);
  }

  @Test
  void nettyVertxAndGrpc() {
    Probe.verify(
        """
        import io.netty.util.concurrent.*;
        import io.vertx.core.Vertx;
        import java.util.concurrent.TimeUnit;

        class Sites {
          EventExecutor loop;
          io.netty.channel.EventLoopGroup group;
          Future<String> future;
          io.netty.util.Timer timer;
          Vertx vertx;
          io.vertx.core.Future<String> result;
          // BUG: Diagnostic contains: <context>
          io.grpc.Context context;
          io.grpc.SynchronizationContext sync;

          void use() throws Exception {
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            loop.execute(() -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            loop.schedule(() -> {}, 1, TimeUnit.DAYS);
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            group.submit(() -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            future.addListener(f -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            timer.newTimeout(t -> {}, 1, TimeUnit.DAYS);
            // BUG: Diagnostic contains: <runs UNKNOWN>
            ImmediateEventExecutor.INSTANCE.submit(() -> {});
            // BUG: Diagnostic contains: <runs HERE>
            ImmediateExecutor.INSTANCE.execute(() -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            vertx.runOnContext(v -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            vertx.executeBlocking(() -> "");
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            vertx.setPeriodic(1, id -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            result.onComplete(r -> {});
            // BUG: Diagnostic contains: <runs HERE>
            context.run(() -> {});
            // BUG: Diagnostic contains: <runs HERE>
            context.call(() -> "");
            // BUG: Diagnostic contains: <runs UNKNOWN>
            context.wrap(() -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            context.addListener(c -> {}, loop);
            // BUG: Diagnostic contains: <runs UNKNOWN>
            context.addListener(c -> {}, Runnable::run);
            // BUG: Diagnostic contains: <runs UNKNOWN>
            sync.execute(() -> {});
            // BUG: Diagnostic contains: <runs UNKNOWN>
            sync.executeLater(() -> {});
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            sync.schedule(() -> {}, 1, TimeUnit.DAYS, loop);
          }
        }
        """);
  }

  @Test
  void testLibraries() {
    Probe.verify(
        """
        import static org.mockito.Mockito.*;
        import java.util.*;

        class Sites {
          List<String> list;
          org.mockito.MockedStatic<Object> statics;
          io.micrometer.core.instrument.Timer timer;
          org.junit.rules.ErrorCollector collector;

          void use() throws Exception {
            // BUG: Diagnostic contains: <runs HERE>
            org.awaitility.Awaitility.await().untilAsserted(() -> {});
            // BUG: Diagnostic contains: <runs HERE>
            org.awaitility.Awaitility.await().until(() -> true);
            // BUG: Diagnostic contains: <runs HERE>
            org.junit.Assert.assertThrows(Exception.class, () -> {});
            // BUG: Diagnostic contains: <runs HERE>
            collector.checkSucceeds(() -> "");
            // BUG: Diagnostic contains: <runs HERE>
            org.junit.jupiter.api.Assertions.assertAll(() -> {});
            // BUG: Diagnostic contains: <runs HERE>
            org.testng.Assert.expectThrows(Exception.class, () -> {});
            // BUG: Diagnostic contains: <runs HERE>
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> {});
            // BUG: Diagnostic contains: <runs HERE>
            org.assertj.core.api.Assertions.assertThat(list).allSatisfy(s -> {});
            // BUG: Diagnostic contains: <runs HERE>
            org.assertj.core.api.Assertions.assertThatNoException().isThrownBy(() -> {});
            // BUG: Diagnostic contains: <runs HERE>
            org.assertj.core.api.SoftAssertions.assertSoftly(softly -> {});
            // BUG: Diagnostic contains: <runs HERE>
            com.google.common.truth.ExpectFailure.expectFailure(when -> when.that(1));
            // BUG: Diagnostic contains: <runs UNKNOWN>
            doAnswer(call -> null).when(list).clear();
            // BUG: Diagnostic contains: <runs UNKNOWN>
            when(list.size()).thenAnswer(call -> 1);
            // BUG: Diagnostic contains: <runs HERE>
            statics.when(() -> {});
            // BUG: Diagnostic contains: <runs HERE>
            timer.record(() -> {});
          }
        }
        """);
  }

  @Test
  void runSitesCanBeConfigured() {
    Probe.verify(
        """
        class Sites {
          static void twice(Runnable task) {}

          static void later(Runnable task) {}

          void use() {
            // BUG: Diagnostic contains: <runs HERE>
            twice(() -> {});
            // BUG: Diagnostic contains: <starts-work>
            later(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                () -> {});
          }
        }
        """,
        "-XepOpt:Bowline:RunsHere=Sites#twice",
        "-XepOpt:Bowline:RunsElsewhere=Sites#later");
  }

  @Test
  void theEntryForTheNearestTypeCounts() {
    Probe.verify(
        """
        import java.util.concurrent.Executor;

        class Sites {
          static class Caller implements Executor {
            public void execute(Runnable task) { task.run(); }
          }

          void use(Executor executor, Caller caller) {
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            executor.execute(() -> {});
            // BUG: Diagnostic contains: <runs HERE>
            caller.execute(() -> {});
          }
        }
        """,
        "-XepOpt:Bowline:RunsHere=Sites.Caller#execute");
  }

  @Test
  void methodTablesRefuseWhatNamesNoMethod() {
    assertThrows(IllegalArgumentException.class, () -> MethodTable.of(List.of("a.b.C.method")));
  }
}
