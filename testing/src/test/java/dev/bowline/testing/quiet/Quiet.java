package dev.bowline.testing.quiet;

import dev.bowline.testing.NoThreadLeaks;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What its package, the class and the method ignore adds up. */
@NoThreadLeaks(ignoreNames = "of-class")
public final class Quiet {
  private static volatile Consumer<String> leak;

  /** Sets what starts a thread of the given name. */
  public static void leakBy(Consumer<String> starter) {
    leak = starter;
  }

  @Test
  @NoThreadLeaks(ignoreNames = "of-method")
  void ignoresAll() {
    leak.accept("of-package");
    leak.accept("of-class");
    leak.accept("of-method");
  }

  @Test
  @NoThreadLeaks(ignoreNames = "of-another-method")
  void leaksOne() {
    leak.accept("of-package");
    leak.accept("of-class");
    leak.accept("of-nobody");
  }
}
