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

  /** Identity is what tells keys apart. */
  public static final class Key<T> {}
}
