package dev.bowline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Between those who ask a service to stop and the thread that stops it. The first one counts. */
final class StopRequest {
  private final AtomicReference<@Nullable String> reason = new AtomicReference<>();
  private final CountDownLatch made = new CountDownLatch(1);
  private final CountDownLatch carriedOut = new CountDownLatch(1);

  /** Asks. Never blocks. */
  void make(String why) {
    Objects.requireNonNull(why, "reason");
    if (reason.compareAndSet(null, why)) {
      made.countDown();
    }
  }

  /** Blocks until somebody asks, for as long as the service lives, and returns why. */
  String await() throws InterruptedException {
    made.await();
    return Objects.requireNonNull(reason.get());
  }

  /** The service has stopped. */
  void carryOut() {
    carriedOut.countDown();
  }

  /** Blocks until the service has stopped; false if it has not after the given time. */
  @CanIgnoreReturnValue
  boolean awaitCarriedOut(Duration limit) throws InterruptedException {
    return carriedOut.await(Context.nanos(limit), TimeUnit.NANOSECONDS);
  }
}
