package cases;

import com.google.errorprone.annotations.MustBeClosed;
import comparison.Handle;
import comparison.Handles;
import java.io.IOException;
import library.Library;
import org.checkerframework.checker.calledmethods.qual.EnsuresCalledMethods;
import org.checkerframework.checker.calledmethods.qual.EnsuresCalledMethodsVarargs;
import org.checkerframework.checker.mustcall.qual.MustCallAlias;
import org.checkerframework.checker.mustcall.qual.Owning;

/** Methods that a handle is passed to, or comes from. */
final class Helpers {
  void closedByHelper() {
    Handle handle = Handles.open();
    finish(handle);
  }

  void closedByHelperInFinally() throws IOException {
    Handle handle = Handles.open();
    try {
      handle.send("hello");
    } finally {
      closeIfAny(handle);
    }
  }

  void closedByHelpersHelper() {
    Handle handle = Handles.open();
    finishIndirectly(handle);
  }

  void createdInArgument() {
    finish(Handles.open());
  }

  void onlyUsedByHelper() {
    Handle handle = Handles.open(); // leak
    describe(handle);
  }

  void closedBySomeHelperSometimes(boolean now) {
    Handle handle = Handles.open(); // leak
    finishPerhaps(handle, now);
  }

  void helperThrowsFirst() throws IOException {
    Handle handle = Handles.open(); // leak
    finishAfterRisk(handle);
  }

  void handedOnByHelper() {
    Handle handle = Handles.open();
    giveAway(handle);
  }

  void sameFromHelper() {
    Handle handle = same(Handles.open());
    handle.close();
  }

  void sameFromHelperLost() {
    Handle handle = same(Handles.open()); // leak
    handle.use();
  }

  void allClosedByHelper() {
    Handle one = Handles.open();
    Handle two = Handles.open();
    finishAll(one, two);
  }

  @MustBeClosed
  Handle fresh() {
    return Handles.open();
  }

  void freshClosed() {
    Handle handle = fresh();
    handle.close();
  }

  void freshLost() {
    Handle handle = fresh(); // leak
    handle.use();
  }

  void keptByLibrary() {
    Handle handle = Handles.open();
    Library.keep(handle);
  }

  void lookedAtByLibrary() {
    Handle handle = Handles.open(); // leak
    Library.look(handle);
  }

  void adoptedByLibrary() {
    Handle handle = Handles.open();
    Library.adopt(handle);
  }

  void inspectedByLibrary() {
    Handle handle = Handles.open(); // leak
    Library.inspect(handle);
  }

  private static void finish(@Owning Handle handle) {
    handle.use();
    handle.close();
  }

  @EnsuresCalledMethods(value = "#1", methods = "close")
  private static void closeIfAny(Handle handle) {
    if (handle != null) {
      handle.close();
    }
  }

  private static void finishIndirectly(@Owning Handle handle) {
    finish(handle);
  }

  private static void describe(Handle handle) {
    System.out.println(handle.isReady());
  }

  private static void finishPerhaps(Handle handle, boolean now) {
    if (now) {
      handle.close();
    }
  }

  private static void finishAfterRisk(@Owning Handle handle) throws IOException {
    Library.risky();
    handle.close();
  }

  private static void giveAway(@Owning Handle handle) {
    Library.adopt(handle);
  }

  private static @MustCallAlias Handle same(@MustCallAlias Handle handle) {
    return handle;
  }

  // The checker cannot verify this yet, and asks for the suppression.
  @SuppressWarnings("ensuresvarargs.unverified")
  @EnsuresCalledMethodsVarargs("close")
  private static void finishAll(Handle... handles) {
    for (Handle handle : handles) {
      handle.close();
    }
  }
}
