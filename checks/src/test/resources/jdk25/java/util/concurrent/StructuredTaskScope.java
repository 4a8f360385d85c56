package java.util.concurrent;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What JDK 25 has, as far as fixtures need it: it compiles, and does nothing. */
public interface StructuredTaskScope<T, R> extends AutoCloseable {
  static <T> StructuredTaskScope<T, Void> open() {
    return null;
  }

  static <T, R> StructuredTaskScope<T, R> open(Joiner<? super T, ? extends R> joiner) {
    return null;
  }

  static <T, R> StructuredTaskScope<T, R> open(
      Joiner<? super T, ? extends R> joiner, Function<Configuration, Configuration> settings) {
    return null;
  }

  <U extends T> Subtask<U> fork(Callable<? extends U> task);

  <U extends T> Subtask<U> fork(Runnable task);

  R join() throws InterruptedException;

  boolean isCancelled();

  @Override
  void close();

  interface Configuration {
    Configuration withName(String name);

    Configuration withThreadFactory(ThreadFactory factory);

    Configuration withTimeout(Duration timeout);
  }

  interface Subtask<T> extends Supplier<T> {
    State state();

    @Override
    T get();

    Throwable exception();

    enum State {
      UNAVAILABLE,
      SUCCESS,
      FAILED
    }
  }

  interface Joiner<T, R> {
    R result() throws Throwable;

    static <T> Joiner<T, Stream<Subtask<T>>> allSuccessfulOrThrow() {
      return null;
    }

    static <T> Joiner<T, T> anySuccessfulResultOrThrow() {
      return null;
    }

    static <T> Joiner<T, Void> awaitAll() {
      return null;
    }
  }
}
