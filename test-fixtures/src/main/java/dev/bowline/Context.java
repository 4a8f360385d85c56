package dev.bowline;

/** Stand-in with the signatures that the fixtures need; never run. */
public abstract class Context {
  private static final Context ROOT = new CancellableContext();

  public static Context background() {
    return ROOT;
  }

  public static Context todo() {
    return ROOT;
  }

  public CancellableContext withCancel() {
    return new CancellableContext();
  }

  public boolean isDone() {
    return false;
  }

  public <T> Context with(Key<T> key, T value) {
    return value == null ? ROOT : this;
  }

  public <T> T get(Key<T> key) {
    return null;
  }

  /** Identity is what tells keys apart. */
  public static final class Key<T> {
    public static <T> Key<T> of(String name) {
      return new Key<>();
    }

    public static <T> Key<T> of(String name, T defaultValue) {
      return new Key<>();
    }
  }
}
