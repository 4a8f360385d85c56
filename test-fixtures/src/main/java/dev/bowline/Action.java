package dev.bowline;

/** Stand-in with the signatures that the fixtures need; never run. */
@FunctionalInterface
public interface Action {
  void run(Context ctx) throws Exception;
}
