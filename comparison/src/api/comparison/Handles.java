package comparison;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;

/** Where handles come from. */
public final class Handles {
  private Handles() {}

  @MustBeClosed
  public static Handle open() {
    return new Handle();
  }

  @MustBeClosed
  public static Handle connect(String address) throws IOException {
    if (address.isEmpty()) {
      throw new IOException("no address");
    }
    return new Handle();
  }
}
