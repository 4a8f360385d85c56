package dev.bowline.testing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the names of threads tell. */
final class ThreadNames {
  private static final String NUMBER = "\\d+";
  private static final Pattern NUMBERED = Pattern.compile("(.*\\D)" + NUMBER);
  private static final Pattern GENERATED =
      Pattern.compile("|(Thread-|pool-|ForkJoinPool|Timer-).*");
  private static final Pattern SPECIAL = Pattern.compile("[\\\\.*+?^$|()\\[\\]{}]");

  private ThreadNames() {}

  /** Whether the JDK gave it, so that it may be another one in the next run. */
  static boolean isGenerated(String name) {
    return GENERATED.matcher(name).matches();
  }

  /** The name without the number at its end: what the threads of one factory have in common. */
  static String stem(String name) {
    Matcher numbered = NUMBERED.matcher(name);
    return numbered.matches() ? numbered.group(1) : name;
  }

  /** A regular expression for the name, with any number at its end if it has one. */
  static String regex(String name) {
    String stem = stem(name);
    return SPECIAL.matcher(stem).replaceAll("\\\\$0") + (stem.equals(name) ? "" : NUMBER);
  }
}
