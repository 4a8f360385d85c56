package dev.bowline.testing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames of stacks as text, without the modules and loaders that the JDK writes before them. */
final class Frames {
  private Frames() {}

  static List<String> texts(StackTraceElement[] stack) {
    List<String> texts = new ArrayList<>(stack.length);
    for (StackTraceElement frame : stack) {
      texts.add(text(frame.toString()));
    }
    return List.copyOf(texts);
  }

  /** Takes {@code loader/module@1/pkg.Cls.method(Cls.java:1)}, where both may be missing. */
  static String text(String frame) {
    int end = frame.indexOf('(');
    // A hidden class has a slash in its name, after its first dot: "pkg.Cls$$Lambda/0x1.run(".
    String qualified = end < 0 ? frame : frame.substring(0, end);
    int slash = qualified.lastIndexOf('/');
    while (slash >= 0 && qualified.substring(slash + 1).startsWith("0x")) {
      slash = qualified.lastIndexOf('/', slash - 1);
    }
    return frame.substring(slash + 1);
  }

  /** Whether the frame is of the method, which is given as {@code pkg.Cls.method}. */
  static boolean isIn(String frame, String method) {
    return frame.startsWith(method) && frame.startsWith("(", method.length());
  }

  /** The method of a frame, as {@code pkg.Cls.method}. */
  static String method(String frame) {
    int end = frame.indexOf('(');
    return end < 0 ? frame : frame.substring(0, end);
  }

  /** The innermost frame of code that is neither the JDK's nor ours; null if there is none. */
  static @Nullable String ofUser(List<String> frames) {
    for (String frame : frames) {
      if (!frame.startsWith("java.")
          && !frame.startsWith("javax.")
          && !frame.startsWith("jdk.")
          && !frame.startsWith("sun.")
          && !frame.startsWith("com.sun.")
          && !isHidden(frame)
          && !isOurs(frame)) {
        return frame;
      }
    }
    return null;
  }

  /** The class whose initializer is the innermost one of the stack; null if there is none. */
  static @Nullable String initialized(List<String> frames) {
    String initializer = ".<clinit>";
    for (String frame : frames) {
      String method = method(frame);
      if (method.endsWith(initializer)) {
        return method.substring(0, method.length() - initializer.length());
      }
    }
    return null;
  }

  /** Whether it is of a class that has another name the next time, as that of a lambda. */
  private static boolean isHidden(String frame) {
    return method(frame).contains("/0x");
  }

  /** Whether it is of the runtime: its package, and not one below. */
  private static boolean isOurs(String frame) {
    String ours = "dev.bowline.";
    return frame.startsWith(ours)
        && frame.length() > ours.length()
        && Character.isUpperCase(frame.charAt(ours.length()));
  }
}
