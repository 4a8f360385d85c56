package dev.bowline;

/** Stand-in with the signatures that the fixtures need; never run. */
@FunctionalInterface
public interface Work<T> {
  T run(Context ctx) throws Exception;
}
