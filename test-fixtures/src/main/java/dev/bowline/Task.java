package dev.bowline;

/** Stand-in with the signatures that the fixtures need; never run. */
public interface Task<T> {
  T get();
}
