package dev.bowline.checks.context;

import dev.bowline.checks.Fixtures;
import io.grpc.Context;
import org.junit.jupiter.api.Test;

public final class ContextValueRequiredTest {
  /** The compiler shows suggestions as notes, unless it is asked for more. */
  private static final String SHOWN = "-XepAllSuggestionsAsWarnings";

  @Test
  void reportsValuesThatMethodsCannotDoWithout() {
    Fixtures.verify(ContextValueRequired.class, "ContextValueRequiredPositive", SHOWN);
  }

  @Test
  void acceptsOptionalValuesFixedSignaturesAndGetters() {
    Fixtures.verify(ContextValueRequired.class, "ContextValueRequiredNegative", SHOWN);
  }

  @Test
  void acceptsTestCode() {
    Fixtures.verify(ContextValueRequired.class, "ContextValueRequiredInTest", SHOWN);
  }

  @Test
  void seesKeysInOtherFilesOfTheCompilation() {
    Fixtures.verify(
        ContextValueRequired.class,
        "ContextValueRequiredElsewhere",
        "ContextValueRequiredPositive",
        SHOWN);
  }

  /** A key that was compiled before may have a default. */
  public static final Context.Key<String> CALLER = Context.key("caller");

  @Test
  void acceptsKeysThatWereCompiledBefore() {
    Fixtures.verifySource(
        ContextValueRequired.class,
        "Compiled.java",
        """
        import static dev.bowline.checks.context.ContextValueRequiredTest.CALLER;

        class Compiled {
          static void charge(int amount) {
            System.out.println(CALLER.get().strip() + amount);
          }
        }
        """,
        SHOWN);
  }
}
