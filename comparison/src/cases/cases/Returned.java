package cases;

import com.google.errorprone.annotations.MustBeClosed;
import comparison.Handle;
import comparison.Handles;
import java.io.IOException;
import library.Library;
import org.checkerframework.checker.mustcall.qual.MustCall;

/** A handle that the caller gets. */
final class Returned {
  @MustBeClosed
  Handle directly() {
    return Handles.open();
  }

  @MustBeClosed
  Handle byVariable() {
    Handle handle = Handles.open();
    handle.use();
    return handle;
  }

  @MustBeClosed
  Handle byAlias() {
    Handle handle = Handles.open();
    Handle result = handle;
    return result;
  }

  @MustBeClosed
  Handle byAliasOrClosed(boolean quick) {
    Handle handle = Handles.open();
    Handle result = null;
    if (quick) {
      result = handle;
    } else {
      handle.close();
    }
    return result;
  }

  @MustBeClosed
  @MustCall("close")
  AutoCloseable asSupertype() {
    return Handles.open();
  }

  @MustBeClosed
  Handle orNothing(boolean wanted) {
    return wanted ? Handles.open() : null;
  }

  @MustBeClosed
  Handle orClosed(boolean wanted) {
    Handle handle = Handles.open();
    if (!wanted) {
      handle.close();
      return null;
    }
    return handle;
  }

  @MustBeClosed
  Handle orLost(boolean wanted) {
    Handle handle = Handles.open(); // leak
    if (!wanted) {
      return null;
    }
    return handle;
  }

  @MustBeClosed
  Handle unlessItThrows() throws IOException {
    Handle handle = Handles.open(); // leak
    Library.risky();
    return handle;
  }

  @MustBeClosed
  Handle orClosedIfItThrows() throws IOException {
    Handle handle = Handles.open();
    try {
      Library.risky();
    } catch (IOException e) {
      handle.close();
      throw e;
    }
    return handle;
  }

  @MustBeClosed
  Handle anotherOne() {
    Handle handle = Handles.open(); // leak
    handle.use();
    return Handles.open();
  }
}
