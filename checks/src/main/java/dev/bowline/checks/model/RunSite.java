package dev.bowline.checks.model;

/** Where the body of a lambda, a method reference or an anonymous class runs. */
public enum RunSite {
  /** On the thread at hand, before the call that it is passed to returns. */
  HERE,
  /** On another thread, or later: nothing around the call waits for it by itself. */
  ELSEWHERE,
  /** Passed to code that we know nothing about: rules stay silent. */
  UNKNOWN
}
