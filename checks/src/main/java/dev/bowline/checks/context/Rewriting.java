package dev.bowline.checks.context;

import com.google.errorprone.fixes.SuggestedFix;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Replacements in one file that may lie in each other: an outer one takes in what the inner ones
 * did before it.
 */
final class Rewriting {
  private record Replacement(int end, String text) {}

  private final CharSequence source;
  private final NavigableMap<Integer, Replacement> byStart = new TreeMap<>();

  Rewriting(CharSequence source) {
    this.source = source;
  }

  /** The code between two places, as the replacements so far leave it. */
  String text(int start, int end) {
    StringBuilder text = new StringBuilder();
    int at = start;
    for (var inner : byStart.subMap(start, true, end, false).entrySet()) {
      text.append(source, at, inner.getKey()).append(inner.getValue().text());
      at = inner.getValue().end();
    }
    return text.append(source, at, end).toString();
  }

  /**
   * Replaces this range; of earlier replacements in it, only what the text says of them is left.
   */
  void replace(int start, int end, String text) {
    byStart.subMap(start, true, end, false).clear();
    byStart.put(start, new Replacement(end, text));
  }

  SuggestedFix fix() {
    SuggestedFix.Builder fix = SuggestedFix.builder();
    byStart.forEach((start, replaced) -> fix.replace(start, replaced.end(), replaced.text()));
    return fix.build();
  }
}
