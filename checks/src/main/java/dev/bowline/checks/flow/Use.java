package dev.bowline.checks.flow;

import com.sun.tools.javac.code.Symbol.VarSymbol;

/**
 * What becomes of a value at one place that names it.
 *
 * @param variable the variable that gets the value, for {@link Kind#ALIAS} and {@link Kind#FIELD}
 */
record Use(Kind kind, VarSymbol variable) {
  static final Use USED = new Use(Kind.USED, null);
  static final Use MET = new Use(Kind.MET, null);
  static final Use HANDED_ON = new Use(Kind.HANDED_ON, null);
  static final Use RETURNED = new Use(Kind.RETURNED, null);

  static Use given(VarSymbol variable) {
    return new Use(Place.isField(variable) ? Kind.FIELD : Kind.ALIAS, variable);
  }

  /** Whether nothing is owed here any more. */
  boolean ends() {
    return kind != Kind.USED && kind != Kind.ALIAS;
  }

  enum Kind {
    /** Read or called; whoever had it still has it. */
    USED,
    /** Done with. */
    MET,
    /** Somebody else may have it now: an argument, an element, something thrown. */
    HANDED_ON,
    /** The caller has it now. */
    RETURNED,
    /** A field has it now. */
    FIELD,
    /** Another local variable has it, too. */
    ALIAS
  }
}
