package dev.bowline.checks.model;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Which methods run the bodies that they are given, and where: a type, then its methods, by name or
 * by how they start. A line speaks for subtypes too, unless one for a nearer type says otherwise.
 *
 * <p>What has no line is unknown. So is, on purpose, what merely keeps a body, what runs it here or
 * elsewhere as it happens (stages and listeners of futures that may have completed, reactive
 * subscriptions), and what is lazy (streams before their last step, Guava's views, suppliers).
 */
final class RunSiteTable {
  /**
   * The body runs, if at all, before the call returns, and what it throws comes out of the call.
   */
  static final ImmutableList<String> HERE =
      entries(
          """
          // JDK: collections
          java.lang.Iterable: forEach
          java.util.Arrays: parallelPrefix parallelSetAll parallelSort setAll sort
          java.util.Collection: removeIf toArray
          java.util.Collections: max min sort
          java.util.Iterator: forEachRemaining
          java.util.List: replaceAll sort
          java.util.Map: compute* forEach merge replaceAll
          java.util.Spliterator: forEachRemaining tryAdvance
          java.util.concurrent.ConcurrentHashMap: forEach* reduce* search*

          // JDK: the last step of a stream; a parallel one takes more threads, and waits for them
          java.util.stream.DoubleStream: allMatch anyMatch collect forEach* noneMatch reduce
          java.util.stream.IntStream: allMatch anyMatch collect forEach* noneMatch reduce
          java.util.stream.LongStream: allMatch anyMatch collect forEach* noneMatch reduce
          java.util.stream.Stream: allMatch anyMatch collect forEach* max min noneMatch reduce toArray

          // JDK: values
          java.lang.StackWalker: forEach walk
          java.lang.String: transform
          java.util.Objects: requireNonNull requireNonNullElseGet
          java.util.Optional: filter flatMap ifPresent* map or orElseGet orElseThrow
          java.util.OptionalDouble: ifPresent* orElseGet orElseThrow
          java.util.OptionalInt: ifPresent* orElseGet orElseThrow
          java.util.OptionalLong: ifPresent* orElseGet orElseThrow
          java.util.concurrent.atomic.AtomicInteger: accumulateAndGet getAnd* updateAndGet
          java.util.concurrent.atomic.AtomicIntegerArray: accumulateAndGet getAnd* updateAndGet
          java.util.concurrent.atomic.AtomicIntegerFieldUpdater: accumulateAndGet getAnd* updateAndGet
          java.util.concurrent.atomic.AtomicLong: accumulateAndGet getAnd* updateAndGet
          java.util.concurrent.atomic.AtomicLongArray: accumulateAndGet getAnd* updateAndGet
          java.util.concurrent.atomic.AtomicLongFieldUpdater: accumulateAndGet getAnd* updateAndGet
          java.util.concurrent.atomic.AtomicReference: accumulateAndGet getAndAccumulate getAndUpdate updateAndGet
          java.util.concurrent.atomic.AtomicReferenceArray: accumulateAndGet getAndAccumulate getAndUpdate updateAndGet
          java.util.concurrent.atomic.AtomicReferenceFieldUpdater: accumulateAndGet getAndAccumulate getAndUpdate updateAndGet
          java.util.regex.Matcher: replaceAll replaceFirst

          // JDK: files, channels, logs
          java.io.File: list listFiles
          java.lang.System.Logger: log
          java.nio.channels.Selector: select selectNow
          java.nio.file.Files: walkFileTree
          java.util.logging.Logger: config fine finer finest info log logp severe warning

          // JDK: under other rights or values
          java.lang.ScopedValue.Carrier: call run
          java.security.AccessController: doPrivileged*
          javax.security.auth.Subject: callAs doAs*

          // JUnit 4; its listeners and rules are kept
          org.junit.Assert: *
          org.junit.Assume: *
          org.junit.rules.ErrorCollector: check*

          // JUnit 5 and 6; assertTimeoutPreemptively takes another thread, and waits for it
          org.junit.jupiter.api.Assertions: *
          org.junit.jupiter.api.Assumptions: *
          org.junit.jupiter.api.extension.ExtensionContext.Store: getOrComputeIfAbsent

          // TestNG
          org.testng.Assert: *
          org.testng.asserts.Assertion: *

          // AssertJ
          org.assertj.core.api.AbstractAssert: *
          org.assertj.core.api.Assertions: assert* catch*
          org.assertj.core.api.AssertionsForClassTypes: assert* catch*
          org.assertj.core.api.AssertionsForInterfaceTypes: assert*
          org.assertj.core.api.Assumptions: assume*
          org.assertj.core.api.BDDAssertions: catch* then*
          org.assertj.core.api.BDDAssumptions: given*
          org.assertj.core.api.BDDSoftAssertions: thenSoftly
          org.assertj.core.api.NotThrownAssert: isThrownBy
          org.assertj.core.api.SoftAssertions: assertSoftly
          org.assertj.core.api.SoftAssertionsProvider: *
          org.assertj.core.api.ThrowableTypeAssert: isThrownBy

          // Truth and Hamcrest
          com.google.common.truth.ExpectFailure: expectFailure*
          com.google.common.truth.Subject: *
          org.hamcrest.MatcherAssert: assertThat

          // Awaitility: a thread of its own asks, the call waits for it and throws what it threw
          org.awaitility.core.ConditionFactory: until*

          // Mockito: what stands in for a call; answers are kept, and run wherever the mock is called
          org.mockito.InOrder: verify
          org.mockito.MockedStatic: verify when

          // Guava; lazy views (filter, transform) are not here
          com.google.common.base.Optional: or transform
          com.google.common.cache.Cache: get
          com.google.common.collect.FluentIterable: allMatch anyMatch firstMatch index toMap uniqueIndex
          com.google.common.collect.Iterables: all any find indexOf removeIf tryFind
          com.google.common.collect.Iterators: all any find indexOf removeIf tryFind
          com.google.common.collect.Maps: toMap uniqueIndex
          com.google.common.collect.Multimap: forEach
          com.google.common.collect.Multimaps: index
          com.google.common.collect.Multiset: forEachEntry
          com.google.common.collect.RangeMap: merge
          com.google.common.collect.Streams: forEachPair
          com.google.common.io.CharSource: forEachLine readLines
          com.google.common.util.concurrent.AtomicDouble: accumulateAndGet getAnd* updateAndGet
          com.google.common.util.concurrent.AtomicLongMap: accumulateAndGet getAnd* updateAndGet

          // Caffeine
          com.github.benmanes.caffeine.cache.Cache: get getAll

          // Spring
          org.springframework.cache.Cache: get
          org.springframework.core.task.SyncTaskExecutor: execute
          org.springframework.jdbc.core.JdbcOperations: batchUpdate call execute query queryForObject update
          org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations: execute query queryForObject
          org.springframework.jndi.JndiTemplate: execute
          org.springframework.transaction.support.TransactionOperations: execute executeWithoutResult

          // Reactor and RxJava: what looks at the whole chain, and what blocks
          io.reactivex.Flowable: blockingForEach blockingSubscribe compose to
          io.reactivex.Observable: blockingForEach blockingSubscribe compose to
          io.reactivex.observers.BaseTestConsumer: assert*
          io.reactivex.rxjava3.core.Flowable: blockingForEach blockingSubscribe compose to
          io.reactivex.rxjava3.core.Observable: blockingForEach blockingSubscribe compose to
          io.reactivex.rxjava3.observers.BaseTestConsumer: assert*
          reactor.core.publisher.Flux: as transform
          reactor.core.publisher.Mono: as transform

          // Netty
          io.netty.util.AsciiString: forEachByte*
          io.netty.util.concurrent.ImmediateExecutor: execute

          // gRPC
          io.grpc.Context: call run

          // Micrometer
          io.micrometer.core.instrument.LongTaskTimer: record*
          io.micrometer.core.instrument.Timer: record*

          // Hadoop
          org.apache.hadoop.security.UserGroupInformation: doAs

          // Ours
          dev.bowline.Context: call
          """);

  /**
   * The body runs on another thread, or later, and what it throws does not come out of the call.
   */
  static final ImmutableList<String> ELSEWHERE =
      entries(
          """
          // JDK: threads, and what runs when something has ended
          java.lang.Runtime: addShutdownHook
          java.lang.Thread: <init> setDefaultUncaughtExceptionHandler setUncaughtExceptionHandler startVirtualThread
          java.lang.Thread.Builder: start uncaughtExceptionHandler unstarted
          java.lang.ref.Cleaner: register
          java.util.concurrent.ThreadFactory: newThread

          // JDK: executors; ForkJoinPool.invoke waits, and throws what its task threw
          java.util.Timer: schedule*
          java.util.TimerTask: <init>
          java.util.concurrent.CompletionService: submit
          java.util.concurrent.Executor: execute
          java.util.concurrent.ExecutorService: invokeAll invokeAny submit
          java.util.concurrent.ScheduledExecutorService: schedule*
          java.util.concurrent.StructuredTaskScope: fork
          java.util.concurrent.SubmissionPublisher: consume subscribe

          // JDK: futures; stages that are not "async" run here if the future has completed
          java.net.http.HttpClient: sendAsync
          java.util.concurrent.CompletableFuture: completeAsync runAsync supplyAsync
          java.util.concurrent.CompletionStage: acceptEitherAsync applyToEitherAsync
          java.util.concurrent.CompletionStage: exceptionallyAsync exceptionallyComposeAsync handleAsync
          java.util.concurrent.CompletionStage: runAfterBothAsync runAfterEitherAsync
          java.util.concurrent.CompletionStage: thenAcceptAsync thenAcceptBothAsync thenApplyAsync
          java.util.concurrent.CompletionStage: thenCombineAsync thenComposeAsync thenRunAsync
          java.util.concurrent.CompletionStage: whenCompleteAsync

          // JDK: user interfaces; invokeAndWait waits, and throws what its task threw
          java.awt.EventQueue: invokeLater
          javax.swing.SwingUtilities: invokeLater
          javax.swing.SwingWorker: <init>
          javax.swing.Timer: <init>

          // Android and JavaFX
          android.os.AsyncTask: execute
          android.os.Handler: post*
          android.view.View: post*
          javafx.application.Platform: runLater

          // Servlets
          jakarta.servlet.AsyncContext: start
          javax.servlet.AsyncContext: start

          // Guava: each takes an executor
          com.google.common.util.concurrent.ClosingFuture: catching* submit* transform*
          com.google.common.util.concurrent.ExecutionList: add
          com.google.common.util.concurrent.ExecutionSequencer: submit*
          com.google.common.util.concurrent.FluentFuture: addCallback catching* transform*
          com.google.common.util.concurrent.Futures: addCallback catching* scheduleAsync submit* transform*
          com.google.common.util.concurrent.Futures.FutureCombiner: call callAsync run
          com.google.common.util.concurrent.ListenableFuture: addListener
          com.google.common.util.concurrent.Service: addListener
          com.google.common.util.concurrent.ServiceManager: addListener
          com.google.common.util.concurrent.ThreadFactoryBuilder: setUncaughtExceptionHandler

          // Spring
          org.springframework.core.task.AsyncTaskExecutor: submit*
          org.springframework.scheduling.TaskScheduler: schedule*
          org.springframework.scheduling.config.ScheduledTaskRegistrar: add* schedule*
          org.springframework.util.concurrent.FutureUtils: callAsync

          // Reactor and RxJava
          io.reactivex.Scheduler: schedule*
          io.reactivex.Scheduler.Worker: schedule*
          io.reactivex.rxjava3.core.Scheduler: schedule*
          io.reactivex.rxjava3.core.Scheduler.Worker: schedule*
          reactor.core.scheduler.Scheduler: schedule*
          reactor.core.scheduler.Scheduler.Worker: schedule*

          // Netty; its executors and event loops are executors of the JDK
          io.netty.util.ThreadDeathWatcher: watch
          io.netty.util.Timer: newTimeout
          io.netty.util.concurrent.AbstractEventExecutor: lazyExecute
          io.netty.util.concurrent.SingleThreadEventExecutor: addShutdownHook

          // Vert.x
          io.vertx.core.Context: executeBlocking runOnContext
          io.vertx.core.Vertx: executeBlocking runOnContext setPeriodic setTimer
          io.vertx.core.WorkerExecutor: executeBlocking
          io.vertx.core.eventbus.EventBus: consumer localConsumer
          io.vertx.core.http.HttpServer: requestHandler webSocketHandler
          io.vertx.core.net.NetServer: connectHandler

          // gRPC
          io.grpc.Context: addListener
          io.grpc.Deadline: runOnExpiration
          io.grpc.SynchronizationContext: schedule*

          // Ours
          dev.bowline.TaskGroup: fork launch tryFork
          """);

  /** Subtypes that do not do what the lists above say of the types above them. */
  static final ImmutableList<String> EITHER =
      entries(
          """
          // Runs it here if nobody else is at it.
          io.grpc.SynchronizationContext: execute
          // Runs it here, or when what runs here has ended; a failure goes into a future or a log.
          io.netty.util.concurrent.ImmediateEventExecutor: execute
          """);

  /** Executors that run their tasks in the call, by the method that gives them. */
  static final ImmutableList<String> DIRECT_EXECUTORS =
      entries(
          """
          com.google.common.util.concurrent.MoreExecutors: directExecutor newDirectExecutorService
          io.reactivex.schedulers.Schedulers: trampoline
          io.reactivex.rxjava3.schedulers.Schedulers: trampoline
          reactor.core.scheduler.Schedulers: immediate
          """);

  /** Executors that run their tasks in the call, by type. */
  static final ImmutableList<String> DIRECT_EXECUTOR_TYPES =
      ImmutableList.of(
          "io.netty.util.concurrent.ImmediateEventExecutor",
          "io.netty.util.concurrent.ImmediateExecutor",
          "org.springframework.core.task.SyncTaskExecutor");

  private RunSiteTable() {}

  /** As {@link MethodTable} wants them. */
  private static ImmutableList<String> entries(String lines) {
    ImmutableList.Builder<String> entries = ImmutableList.builder();
    for (String line : Splitter.on('\n').omitEmptyStrings().split(lines)) {
      if (!line.startsWith("//")) {
        List<String> words = Splitter.on(' ').splitToList(line);
        String owner = words.get(0).replace(":", "#");
        words.stream().skip(1).forEach(name -> entries.add(owner + name));
      }
    }
    return entries.build();
  }
}
