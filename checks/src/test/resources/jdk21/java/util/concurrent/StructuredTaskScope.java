package java.util.concurrent;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What JDK 21 to 24 have, as far as fixtures need it: it compiles, and does nothing. */
public class StructuredTaskScope<T> implements AutoCloseable {
  public StructuredTaskScope() {}

  public StructuredTaskScope(String name, ThreadFactory factory) {}

  public <U extends T> Subtask<U> fork(Callable<? extends U> task) {
    return null;
  }

  public StructuredTaskScope<T> join() throws InterruptedException {
    return this;
  }

  public StructuredTaskScope<T> joinUntil(Instant deadline)
      throws InterruptedException, TimeoutException {
    return this;
  }

  public void shutdown() {}

  public final boolean isShutdown() {
    return false;
  }

  protected void handleComplete(Subtask<? extends T> subtask) {}

  @Override
  public void close() {}

  public interface Subtask<T> extends Supplier<T> {
    Callable<? extends T> task();

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

  public static final class ShutdownOnSuccess<T> extends StructuredTaskScope<T> {
    @Override
    public ShutdownOnSuccess<T> join() throws InterruptedException {
      return this;
    }

    @Override
    public ShutdownOnSuccess<T> joinUntil(Instant deadline)
        throws InterruptedException, TimeoutException {
      return this;
    }

    public T result() throws ExecutionException {
      return null;
    }
  }

  public static final class ShutdownOnFailure extends StructuredTaskScope<Object> {
    public ShutdownOnFailure() {}

    public ShutdownOnFailure(String name, ThreadFactory factory) {}

    @Override
    public ShutdownOnFailure join() throws InterruptedException {
      return this;
    }

    @Override
    public ShutdownOnFailure joinUntil(Instant deadline)
        throws InterruptedException, TimeoutException {
      return this;
    }

    public Optional<Throwable> exception() {
      return Optional.empty();
    }

    public void throwIfFailed() throws ExecutionException {}

    public <X extends Throwable> void throwIfFailed(Function<Throwable, ? extends X> wrapper)
        throws X {}
  }
}
