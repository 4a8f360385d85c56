package dev.bowline.checks.lifecycle;

import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

final class CancelHandleLeakedTest {
  @Test
  void reportsThePathsThatLeak() {
    Fixtures.verify(CancelHandleLeaked.class, "CancelHandleLeakedPathsPositive");
  }

  @Test
  void acceptsThePathsThatEndTheHandle() {
    Fixtures.verify(CancelHandleLeaked.class, "CancelHandleLeakedPathsNegative");
  }

  @Test
  void reportsWhatAClassNeverEnds() {
    Fixtures.verify(CancelHandleLeaked.class, "CancelHandleLeakedPositive");
  }

  @Test
  void acceptsWhatOthersEnd() {
    Fixtures.verify(CancelHandleLeaked.class, "CancelHandleLeakedNegative");
  }

  @Test
  void countsOnlyPassingTests() {
    Fixtures.verify(CancelHandleLeaked.class, "CancelHandleLeakedInTest");
  }

  @Test
  void knowsMoreBySetting() {
    Fixtures.verify(
        CancelHandleLeaked.class,
        "CancelHandleLeakedConfigured",
        "-XepOpt:Bowline:CancelHandles=dev.bowline.fixtures.CancelHandleLeakedConfigured.Subscription,dev.bowline.fixtures.CancelHandleLeakedConfigured.Bus#subscribe,dev.bowline.fixtures.CancelHandleLeakedConfigured.Bus#open");
  }
}
