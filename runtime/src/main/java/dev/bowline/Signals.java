package dev.bowline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Turns the signals that ask a process to end into a request to stop, until it is closed. The
 * second signal ends the JVM at once.
 *
 * <p>If the JVM does not let go of one of them, a shutdown hook makes the request, and holds up the
 * JVM until it is carried out.
 */
final class Signals implements AutoCloseable {
  private static final System.Logger log = System.getLogger("dev.bowline");

  /** What the hook waits beyond the time that the service has, for its last log lines. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final StopRequest stop;
  private final AtomicInteger received = new AtomicInteger();
  private final List<SystemSignal.Undo> taken = new ArrayList<>();
  private @Nullable Thread hook;

  private Signals(StopRequest stop) {
    this.stop = stop;
  }

  /**
   * Takes signals over from the JVM.
   *
   * @param names without {@code SIG}; if there are none the JVM is left as it is
   * @param deadline how long the service may take to stop
   */
  @CanIgnoreReturnValue // without a close they stay taken until the JVM ends
  static Signals take(List<String> names, Duration deadline, StopRequest stop) {
    Signals signals = new Signals(stop);
    for (String name : names) {
      signals.take(name, deadline);
    }
    return signals;
  }

  /** Gives the signals back. */
  @Override
  public void close() {
    try {
      for (SystemSignal.Undo undo : taken) {
        undo.run();
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("signals cannot be given back", e);
    }
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The JVM is shutting down, and the hook runs or has run.
      }
    }
  }

  private void take(String name, Duration deadline) {
    try {
      taken.add(SystemSignal.handle(name, number -> onSignal(name, number)));
    } catch (ReflectiveOperationException e) {
      Throwable reason = e instanceof InvocationTargetException ? e.getCause() : e;
      log.log(
          Level.WARNING,
          "signal stays with the JVM: no exit code 0 after it signal=SIG%s reason=%s"
              .formatted(name, reason));
      addHook(deadline);
    }
  }

  private void addHook(Duration deadline) {
    if (hook == null) {
      hook = new Thread(() -> onShutdown(deadline), "bowline-shutdown");
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  /** On a thread of the JVM's; never call System.exit here, which would wait for this thread. */
  private void onShutdown(Duration deadline) {
    stop.make("JVM shutdown");
    try {
      if (!stop.awaitCarriedOut(deadline)) {
        stop.awaitCarriedOut(MARGIN);
      }
    } catch (InterruptedException e) {
      // Somebody wants the JVM to end right now.
    }
  }

  private void onSignal(String name, int number) {
    int nth = received.incrementAndGet();
    if (nth == 1) {
      stop.make("SIG" + name);
      return;
    }
    try {
      if (nth == 2) { // the third says that even this takes too long
        log.log(Level.WARNING, "second signal: the JVM ends now signal=SIG" + name);
        Task.dump(System.err);
      }
    } catch (IOException e) {
      // System.err swallows them
    } finally {
      Runtime.getRuntime().halt(128 + number);
    }
  }
}
