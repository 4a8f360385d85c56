package comparison;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import org.checkerframework.checker.mustcall.qual.InheritableMustCall;
import org.checkerframework.checker.mustcall.qual.MustCallAlias;

/** What has to be closed. Made by {@link Handles}, and by {@link #child} of another one. */
@InheritableMustCall("close")
public final class Handle implements AutoCloseable {
  private String name = "";

  Handle() {}

  public void use() {
    System.out.println(name);
  }

  public void send(String message) throws IOException {
    System.out.println(message);
  }

  public boolean isReady() {
    return !name.isEmpty();
  }

  /** Returns this very handle. */
  public @MustCallAlias Handle named(@MustCallAlias Handle this, String newName) {
    name = newName;
    return this;
  }

  /** Another handle, to be closed on its own: to close this one does not close it. */
  @MustBeClosed
  public Handle child() {
    return new Handle();
  }

  @Override
  public void close() {
    name = "";
  }
}
