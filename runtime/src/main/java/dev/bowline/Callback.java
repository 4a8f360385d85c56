package dev.bowline;

import java.lang.System.Logger.Level;

/** Something to run once when a context ends, unless it is unregistered first. */
final class Callback implements Context.Registration {
  /** For contexts that never end. */
  static final Context.Registration NEVER = () -> false;

  private final Registry<Callback> home;
  private final Runnable action;

  Callback(Registry<Callback> home, Runnable action) {
    this.home = home;
    this.action = action;
  }

  @Override
  public boolean unregister() {
    return home.remove(this);
  }

  /** Runs the action; what it throws is logged, for the other callbacks must still run. */
  void run() {
    try {
      action.run();
    } catch (Throwable failure) {
      System.getLogger("dev.bowline")
          .log(
              Level.ERROR,
              "callback of an ended context failed callback=" + action.getClass().getName(),
              failure);
    }
  }

  /** Runs all callbacks of a registry, in order, each taken out just before it runs. */
  static void runAll(Registry<Callback> callbacks) {
    for (Callback next = callbacks.takeFirst(); next != null; next = callbacks.takeFirst()) {
      next.run();
    }
  }
}
