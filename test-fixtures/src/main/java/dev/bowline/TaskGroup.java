package dev.bowline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Optional;

/** Stand-in with the signatures that the fixtures need; never run. */
public abstract class TaskGroup implements AutoCloseable {
  public static TaskGroup open(Context ctx, String name) {
    return named(name).open(ctx);
  }

  public static Builder named(String name) {
    return new Builder();
  }

  public abstract Context ctx();

  @CanIgnoreReturnValue
  public abstract <T> Task<T> fork(Work<T> work);

  @CanIgnoreReturnValue
  public abstract <T> Task<T> fork(String name, Work<T> work);

  @CanIgnoreReturnValue
  public abstract Task<Void> launch(Action action);

  @CanIgnoreReturnValue
  public abstract <T> Optional<Task<T>> tryFork(String name, Work<T> work);

  public abstract void join();

  @Override
  public abstract void close();

  /** Stand-in. */
  public static final class Builder {
    public Builder limit(int limit) {
      return this;
    }

    public TaskGroup open(Context ctx) {
      return null;
    }
  }
}
