package dev.bowline.checks.context;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class StoredContextTest {
  @Test
  void reportsFieldsAndComponentsThatKeepAContext() {
    Fixtures.verify(StoredContext.class, "StoredContextPositive");
  }

  @Test
  void acceptsKeysTasksOwnersAndStatedReasons() {
    Fixtures.verify(StoredContext.class, "StoredContextNegative");
  }

  @Test
  void reportsHandlersThatServeManyCalls() {
    Fixtures.verify(StoredContext.class, "StoredContextHandler");
  }

  @Test
  void acceptsTestFixtures() {
    Fixtures.verify(StoredContext.class, "StoredContextInTest");
  }

  @Test
  void reportsConfiguredContextTypes() {
    Fixtures.verify(
        StoredContext.class,
        "StoredContextConfigured",
        "ConfiguredContext",
        "-XepOpt:Bowline:ContextTypes=dev.bowline.fixtures.ConfiguredContext");
  }

  @Test
  void acceptsReasonStatedForThePackage() {
    Fixtures.verify(StoredContext.class, "held/package-info", "held/StatedForPackage");
  }
}
