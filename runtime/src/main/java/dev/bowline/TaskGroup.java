package dev.bowline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tasks that start in one block of code and have all ended when the block is left. */
@SuppressWarnings("exports") // of annotations only: nobody should have to carry their modules
public final class TaskGroup implements AutoCloseable {

  private TaskGroup() {}

  @MustBeClosed
  public static TaskGroup open(Context ctx, String name) {
    return named(name).open(ctx);
  }

  public static Builder named(String name) {
    throw new UnsupportedOperationException();
  }

  public Context ctx() {
    throw new UnsupportedOperationException();
  }

  public <T extends @Nullable Object> Task<T> fork(Work<T> body) {
    throw new UnsupportedOperationException();
  }

  public <T extends @Nullable Object> Task<T> fork(String name, Work<T> body) {
    throw new UnsupportedOperationException();
  }

  @CanIgnoreReturnValue
  public Task<@Nullable Void> launch(Action body) {
    throw new UnsupportedOperationException();
  }

  @CanIgnoreReturnValue
  public Task<@Nullable Void> launch(String name, Action body) {
    throw new UnsupportedOperationException();
  }

  public <T extends @Nullable Object> Optional<Task<T>> tryFork(String name, Work<T> body) {
    throw new UnsupportedOperationException();
  }

  public void join() throws ExecutionException, InterruptedException {
    throw new UnsupportedOperationException();
  }

  public void await() throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  public boolean await(Duration timeout) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  public List<Task<?>> tasks() {
    throw new UnsupportedOperationException();
  }

  public List<Task<?>> alive() {
    throw new UnsupportedOperationException();
  }

  @CanIgnoreReturnValue
  public boolean cancel(@Nullable Throwable cause) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  public enum Policy {
    FAIL_FAST,
    COLLECT,
    FIRST_SUCCESS,
    SUPERVISE
  }

  public enum Threads {
    AUTO,
    PLATFORM,
    VIRTUAL
  }

  public static final class Builder {
    private Builder() {}

    public Builder limit(int limit) {
      throw new UnsupportedOperationException();
    }

    public Builder timeout(Duration timeout) {
      throw new UnsupportedOperationException();
    }

    public Builder policy(Policy policy) {
      throw new UnsupportedOperationException();
    }

    public Builder threads(Threads threads) {
      throw new UnsupportedOperationException();
    }

    public Builder listener(TaskListener listener) {
      throw new UnsupportedOperationException();
    }

    public Builder decorate(UnaryOperator<Runnable> decorator) {
      throw new UnsupportedOperationException();
    }

    public Builder fatal(Predicate<Throwable> fatal) {
      throw new UnsupportedOperationException();
    }

    @MustBeClosed
    public TaskGroup open(Context ctx) {
      throw new UnsupportedOperationException();
    }
  }
}
