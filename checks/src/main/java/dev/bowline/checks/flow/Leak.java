package dev.bowline.checks.flow;

import com.sun.tools.javac.code.Symbol.VarSymbol;

/**
 * An obligation that nobody meets.
 *
 * @param kind how it comes that nobody does
 * @param end how a path ends on which it is not met, for {@link Kind#PATH}
 * @param field the field that keeps the value, for the other kinds
 */
public record Leak(Kind kind, PathEnd end, VarSymbol field) {
  /** How it comes that nobody meets it. */
  public enum Kind {
    /** A path through the method ends, and no variable of another method has the value. */
    PATH,
    /** A field has the value, and no code of its file meets the obligation. */
    FIELD,
    /** The field had such a value before, and this one takes its place. */
    OVERWRITTEN_FIELD
  }
}
