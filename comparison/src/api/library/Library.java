package library;

import comparison.Handle;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.checkerframework.checker.mustcall.qual.NotOwning;
import org.checkerframework.checker.mustcall.qual.Owning;

/** Code of somebody else: the tools see its signatures, not its bodies. */
public final class Library {
  private static final Deque<Handle> KEPT = new ArrayDeque<>();

  private Library() {}

  public static void work() {
    System.out.println("work");
  }

  public static void risky() throws IOException {
    if (KEPT.isEmpty()) {
      throw new IOException("nothing kept");
    }
  }

  public static boolean isReady() {
    return KEPT.isEmpty();
  }

  /** Takes the handle over, and nothing in the signature says so. */
  public static void keep(Handle handle) {
    KEPT.add(handle);
  }

  /** Only looks at the handle, and nothing in the signature says so. */
  public static void look(Handle handle) {
    System.out.println(handle);
  }

  /** Takes the handle over, and says so. */
  public static void adopt(@Owning Handle handle) {
    KEPT.add(handle);
  }

  /** Only looks at the handle, and says so. */
  public static void inspect(@NotOwning Handle handle) {
    System.out.println(handle);
  }

  public static void closeKept() {
    while (!KEPT.isEmpty()) {
      KEPT.remove().close();
    }
  }
}
