package cases;

import comparison.Handle;
import comparison.Handles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import library.Library;

/** Lambdas, method references and anonymous classes. */
final class Closures {
  void closedByTask(Executor executor) {
    Handle handle = Handles.open();
    executor.execute(
        () -> {
          handle.use();
          handle.close();
        });
  }

  void closedByThread() {
    Handle handle = Handles.open();
    new Thread(
            () -> {
              try (handle) {
                handle.use();
              }
            })
        .start();
  }

  void onlyUsedByTask(Executor executor) {
    Handle handle = Handles.open(); // leak
    executor.execute(() -> handle.use());
  }

  void lostInTask(Executor executor) {
    executor.execute(
        () -> {
          Handle handle = Handles.open(); // leak
          handle.use();
        });
  }

  void openedAndClosedInTask(Executor executor) {
    executor.execute(
        () -> {
          Handle handle = Handles.open();
          handle.use();
          handle.close();
        });
  }

  void resourceInTask(Executor executor) {
    executor.execute(
        () -> {
          try (Handle handle = Handles.open()) {
            handle.use();
          }
        });
  }

  void closedByAnonymousClass(Executor executor) {
    Handle handle = Handles.open();
    executor.execute(
        new Runnable() {
          @Override
          public void run() {
            handle.use();
            handle.close();
          }
        });
  }

  void onlyUsedByAnonymousClass(Executor executor) {
    Handle handle = Handles.open(); // leak
    executor.execute(
        new Runnable() {
          @Override
          public void run() {
            handle.use();
          }
        });
  }

  Runnable returnedAsReference() {
    Handle handle = Handles.open();
    return handle::close;
  }

  void closedByReference(Executor executor) {
    Handle handle = Handles.open();
    executor.execute(handle::close);
  }

  void onlyUsedByReference(Executor executor) {
    Handle handle = Handles.open(); // leak
    executor.execute(handle::use);
  }

  void closedOnCompletion(CompletableFuture<String> future) {
    Handle handle = Handles.open();
    future.whenComplete((value, failure) -> handle.close());
  }

  void closedByCleanups() throws IOException {
    List<Runnable> cleanups = new ArrayList<>();
    try {
      Handle handle = Handles.open();
      cleanups.add(handle::close);
      Library.risky();
    } finally {
      cleanups.forEach(Runnable::run);
    }
  }

  void openedByReference() {
    Supplier<Handle> source = Handles::open;
    try (Handle handle = source.get()) {
      handle.use();
    }
  }

  void openedByLambda() {
    Supplier<Handle> source = () -> Handles.open();
    try (Handle handle = source.get()) {
      handle.use();
    }
  }

  void openedInLambdaForOutside() {
    Handle[] box = new Handle[1];
    Runnable opener = () -> box[0] = Handles.open();
    opener.run();
    box[0].close();
  }
}
