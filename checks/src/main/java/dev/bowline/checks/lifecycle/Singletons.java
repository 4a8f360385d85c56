package dev.bowline.checks.lifecycle;

import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import javax.lang.model.element.ElementKind;

/** What there is once in a process, and lives as long. */
final class Singletons {
  private Singletons() {}

  /** Whether this field is static, or one of a class that has itself as its only instance. */
  static boolean holds(VarSymbol field) {
    return field.isStatic() || isSingleton(field.enclClass());
  }

  private static boolean isSingleton(ClassSymbol type) {
    if (type.getKind() == ElementKind.ENUM) {
      return true;
    }
    for (Symbol member : type.members().getSymbols()) {
      if (member.isStatic()
          && member instanceof VarSymbol constant
          && constant.type.tsym.equals(type)) {
        return true;
      }
    }
    return false;
  }
}
