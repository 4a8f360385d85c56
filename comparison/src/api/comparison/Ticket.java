package comparison;

import com.google.errorprone.annotations.MustBeClosed;
import org.checkerframework.checker.mustcall.qual.InheritableMustCall;

/** A handle that is made by its constructor. */
@InheritableMustCall("close")
public final class Ticket implements AutoCloseable {
  @MustBeClosed
  public Ticket() {}

  public void use() {
    System.out.println("ticket");
  }

  @Override
  public void close() {}
}
