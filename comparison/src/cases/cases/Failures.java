package cases;

import com.google.errorprone.annotations.MustBeClosed;
import comparison.Handle;
import comparison.Handles;
import java.io.IOException;
import library.Library;

/** Checked exceptions, explicit throws, and finally. */
final class Failures {
  void mayThrow() throws IOException {
    Handle handle = Handles.open(); // leak
    Library.risky();
    handle.close();
  }

  void itsOwnCallMayThrow() throws IOException {
    Handle handle = Handles.open(); // leak
    handle.send("hello");
    handle.close();
  }

  void interrupted() throws InterruptedException {
    Handle handle = Handles.open(); // leak
    Thread.sleep(10);
    handle.close();
  }

  void closedInFinally() throws IOException {
    Handle handle = Handles.open();
    try {
      handle.send("hello");
    } finally {
      handle.close();
    }
  }

  void mayThrowBeforeTry() throws IOException {
    Handle handle = Handles.open(); // leak
    Library.risky();
    try {
      handle.use();
    } finally {
      handle.close();
    }
  }

  void openedInTry() throws IOException {
    Handle handle = null;
    try {
      handle = Handles.connect("here");
      handle.send("hello");
    } finally {
      if (handle != null) {
        handle.close();
      }
    }
  }

  void openedInTryOneOfTwo(boolean again) throws IOException {
    Handle handle = null;
    try {
      handle = Handles.connect("here"); // leak
      if (again) {
        handle = Handles.connect("there");
      }
      handle.use();
    } finally {
      if (handle != null) {
        handle.close();
      }
    }
  }

  @MustBeClosed
  Handle successFlag() throws IOException {
    Handle handle = Handles.open();
    boolean ok = false;
    try {
      handle.send("hello");
      ok = true;
    } finally {
      if (!ok) {
        handle.close();
      }
    }
    return handle;
  }

  @MustBeClosed
  Handle successFlagTooEarly() throws IOException {
    Handle handle = Handles.open(); // leak
    boolean ok = false;
    try {
      ok = true;
      handle.send("hello");
    } finally {
      if (!ok) {
        handle.close();
      }
    }
    return handle;
  }

  void closedInCatchAndAfter() throws IOException {
    Handle handle = Handles.open();
    try {
      handle.send("hello");
    } catch (IOException e) {
      handle.close();
      throw e;
    }
    handle.close();
  }

  void closedInCatchOnly() {
    Handle handle = Handles.open(); // leak
    try {
      handle.send("hello");
    } catch (IOException e) {
      handle.close();
    }
  }

  void closedAfterCatch() {
    Handle handle = Handles.open();
    try {
      handle.send("hello");
    } catch (IOException e) {
      Library.work();
    }
    handle.close();
  }

  void returnsInCatch() {
    Handle handle = Handles.open(); // leak
    try {
      handle.send("hello");
    } catch (IOException e) {
      return;
    }
    handle.close();
  }

  void throwsItself(boolean broken) {
    Handle handle = Handles.open(); // leak
    if (broken) {
      throw new IllegalStateException("broken");
    }
    handle.close();
  }

  void closedBeforeThrow(boolean broken) {
    Handle handle = Handles.open();
    if (broken) {
      handle.close();
      throw new IllegalStateException("broken");
    }
    handle.close();
  }

  void closedInNestedFinally() throws IOException {
    Handle handle = Handles.open();
    try {
      handle.use();
    } finally {
      try {
        Library.risky();
      } finally {
        handle.close();
      }
    }
  }

  void mayThrowInFinally() throws IOException {
    Handle handle = Handles.open(); // leak
    try {
      handle.use();
    } finally {
      Library.risky();
      handle.close();
    }
  }

  @MustBeClosed
  Handle triesAgain() {
    while (true) {
      try {
        return Handles.connect("here");
      } catch (IOException e) {
        Library.work();
      }
    }
  }
}
