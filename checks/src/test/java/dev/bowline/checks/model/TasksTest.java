package dev.bowline.checks.model;

import org.junit.jupiter.api.Test;

/** What {@link TaskBodies} and {@link EnclosingTask} see of the tasks of a file. */
final class TasksTest {
  @Test
  void findsBodies() {
    Probe.verify(
        """
        import java.util.concurrent.FutureTask;

        class Snippet implements Runnable {
          // BUG: Diagnostic contains: <runs UNKNOWN>
          private final Runnable field = this::refresh;
          // BUG: Diagnostic contains: <runs UNKNOWN>
          private Runnable changing = () -> refresh();

          static void bodyOf(Runnable task) {}

          void refresh() { "refresh".strip(); }

          @Override public void run() { "run".strip(); }

          void bodies(Runnable parameter) {
            changing =
                // BUG: Diagnostic contains: <runs UNKNOWN>
                () -> {};
            Runnable local =
                // BUG: Diagnostic contains: <runs UNKNOWN>
                new Runnable() { @Override public void run() { "local".strip(); } };
            // BUG: Diagnostic contains: <{ "local".strip(); }>
            bodyOf(local);
            // BUG: Diagnostic contains: <{ "refresh".strip(); }>
            bodyOf(field);
            // BUG: Diagnostic contains: <{ "run".strip(); }>
            bodyOf(this);
            // BUG: Diagnostic contains: <{ "named".strip(); }>
            bodyOf(new Named());
            // BUG: Diagnostic contains: <no body>
            bodyOf(changing);
            // BUG: Diagnostic contains: <no body>
            bodyOf(parameter);
            // BUG: Diagnostic contains: <no body>
            bodyOf(new FutureTask<>(null));
          }

          static class Named implements Runnable {
            void run(int times) {}

            @Override public void run() { "named".strip(); }
          }
        }
        """);
  }

  @Test
  void findsWhatATaskIsHandedTo() {
    Probe.verify(
        """
        import java.util.*;
        import java.util.concurrent.*;

        class Snippet {
          static void task() {}

          // BUG: Diagnostic contains: <no task>
          { task(); }

          void tasks(ExecutorService pool, Timer timer, List<String> names) {
            // BUG: Diagnostic contains: <starts-work>
            pool.execute(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                () ->
                    // BUG: Diagnostic contains: <part of pool.execute>
                    task());
            // BUG: Diagnostic contains: <starts-work>
            timer.schedule(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                new TimerTask() {
                  @Override public void run() {
                    names.forEach(
                        // BUG: Diagnostic contains: <runs HERE>
                        name ->
                            // BUG: Diagnostic contains: <part of timer.schedule>
                            task());
                  }
                },
                1);
            // BUG: Diagnostic contains: <runs ELSEWHERE>
            new Thread() {
              @Override public void run() {
                // BUG: Diagnostic contains: <part of new Thread>
                task();
              }
            };
            Runnable local =
                // BUG: Diagnostic contains: <runs UNKNOWN>
                () ->
                    // BUG: Diagnostic contains: <part of new Thread>
                    task();
            new Thread(local);
            Runnable unknown =
                // BUG: Diagnostic contains: <runs UNKNOWN>
                () ->
                    // BUG: Diagnostic contains: <no task>
                    task();
          }

          void ends(ExecutorService pool) {
            // BUG: Diagnostic contains: <starts-work>
            pool.submit(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                this::referred);
            // BUG: Diagnostic contains: <starts-work>
            pool.submit(
                // BUG: Diagnostic contains: <runs ELSEWHERE>
                () -> called());
            // BUG: Diagnostic contains: <starts-work>
            pool.submit(new Named());
            new Worker();
          }

          private void referred() {
            // BUG: Diagnostic contains: <part of pool.submit>
            task();
          }

          private void called() {
            // BUG: Diagnostic contains: <part of pool.submit>
            task();
            twoDeep();
          }

          private void twoDeep() {
            // BUG: Diagnostic contains: <no task>
            task();
          }

          static class Named implements Runnable {
            @Override public void run() {
              // BUG: Diagnostic contains: <part of pool.submit>
              task();
            }
          }

          static class Worker extends Thread {
            @Override public void run() {
              // BUG: Diagnostic contains: <part of new Worker>
              task();
            }
          }
        }
        """);
  }
}
