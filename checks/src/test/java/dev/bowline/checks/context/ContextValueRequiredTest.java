package dev.bowline.checks.context;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class ContextValueRequiredTest {
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

  /** A compiled key may have a default. */
  @Test
  void acceptsKeysThatWereCompiledBefore() {
    Fixtures.verifySource(
        ContextValueRequired.class,
        "dev/bowline/fixtures/Compiled.java",
        """
        package dev.bowline.fixtures;

        class Compiled {
          static void charge(int amount) {
            System.out.println(ContextValueRequiredPositive.CALLER.get().account() + amount);
          }
        }
        """,
        SHOWN);
  }
}
