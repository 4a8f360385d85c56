package dev.bowline.checks.model;

import org.junit.jupiter.api.Test;

/** A marker in a snippet says what {@link Probe} must answer about the next line. */
final class BlockingTest {
  @Test
  void blockingCallsSleepWaitOrReadAndWrite() {
    Probe.verify(
        """
        import java.io.*;
        import java.util.concurrent.*;
        import java.util.concurrent.locks.*;

        class Blocks {
          void sleeps() throws Exception {
            // BUG: Diagnostic contains: <sleeps waits blocks>
            Thread.sleep(1);
            // BUG: Diagnostic contains: <sleeps waits blocks>
            TimeUnit.DAYS.sleep(1);
            // BUG: Diagnostic contains: <sleeps waits blocks>
            LockSupport.parkNanos(1);
            TimeUnit.DAYS.toMillis(1);
          }

          void waits(Future<?> f, CountDownLatch l, BlockingQueue<String> q, Thread t, Lock k, Object o)
              throws Exception {
            // BUG: Diagnostic contains: <waits blocks>
            f.get();
            // BUG: Diagnostic contains: <waits blocks timed>
            l.await(1, TimeUnit.DAYS);
            // BUG: Diagnostic contains: <waits blocks>
            l.await();
            // BUG: Diagnostic contains: <waits blocks>
            q.take();
            // BUG: Diagnostic contains: <waits blocks>
            q.poll(1, TimeUnit.DAYS);
            q.poll();
            // BUG: Diagnostic contains: <waits blocks>
            t.join();
            // BUG: Diagnostic contains: <waits blocks>
            k.lock();
            // BUG: Diagnostic contains: <waits blocks acquires>
            k.tryLock(1, TimeUnit.DAYS);
            // BUG: Diagnostic contains: <acquires>
            k.tryLock();
            // BUG: Diagnostic contains: <waits blocks>
            o.wait();
            o.notifyAll();
          }

          void reads(InputStream in, BufferedReader reader, StringBuilder text) throws Exception {
            // BUG: Diagnostic contains: <blocks>
            in.read();
            // BUG: Diagnostic contains: <blocks>
            reader.readLine();
            text.append("a");
          }
        }
        """);
  }
}
