package dev.bowline.cli;

import java.io.Console;
import picocli.CommandLine.Help.Ansi;

/** Whether anybody watches, and in colour. */
final class Terminal {
  /** When to colour. */
  enum Color {
    auto,
    always,
    never
  }

  private Terminal() {}

  /** Whether a person is at the other end. */
  @SuppressWarnings("SystemConsoleNull") // null up to JDK 21; after that, the method below tells
  static boolean isInteractive() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** Whether to colour what goes to standard output; NO_COLOR and its kin are honoured. */
  static boolean colors(Color color) {
    return switch (color) {
      case always -> true;
      case never -> false;
      case auto -> isInteractive() && Ansi.AUTO.enabled();
    };
  }
}
