package dev.bowline.guide;

import dev.bowline.guide.Examples.Example;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The page, its examples, and their classes; compiled once for all tests. */
final class Guide {
  static final Path PAGE = Path.of("../docs/guide.md");

  private Guide() {}

  static List<Example> examples() {
    return Compiled.EXAMPLES;
  }

  /** What the compiler says of each example, by name. */
  static Map<String, List<String>> said() {
    return Compiled.SAID;
  }

  static Class<?> type(String name) {
    for (Example example : examples()) {
      if (example.name().equals(name)) {
        try {
          return Compiled.LOADER.loadClass(example.className());
        } catch (ClassNotFoundException e) {
          throw new AssertionError(name + " was not compiled: " + said(), e);
        }
      }
    }
    throw new AssertionError("the guide has no example " + name);
  }

  /** Makes an object of an example with one constructor. */
  static Object make(String name, Object... arguments) throws Exception {
    Constructor<?> constructor = type(name).getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    return constructor.newInstance(arguments);
  }

  /** Calls a static method of an example. */
  static Object call(String name, String method, Object... arguments) throws Exception {
    return invoke(type(name), null, method, arguments);
  }

  /** Calls a method of an object of an example. */
  static Object callOn(Object target, String method, Object... arguments) throws Exception {
    return invoke(target.getClass(), target, method, arguments);
  }

  private static Object invoke(Class<?> type, Object target, String name, Object... arguments)
      throws Exception {
    Method method =
        Arrays.stream(type.getDeclaredMethods())
            .filter(each -> each.getName().equals(name) && !each.isSynthetic())
            .filter(each -> each.getParameterCount() == arguments.length)
            .findFirst()
            .orElseThrow(() -> new AssertionError(type + " has no method " + name));
    method.setAccessible(true);
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception thrown) {
        throw thrown;
      }
      throw e;
    }
  }

  private static final class Compiled {
    private static final Path FOLDER = Path.of("target", "guide-examples").toAbsolutePath();
    static final List<Example> EXAMPLES = Examples.of(read());
    static final Map<String, List<String>> SAID = Examples.compile(EXAMPLES, FOLDER);
    static final ClassLoader LOADER = new URLClassLoader(new URL[] {url()});

    private static String read() {
      try {
        return Files.readString(PAGE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static URL url() {
      try {
        return FOLDER.toUri().toURL();
      } catch (MalformedURLException e) {
        throw new AssertionError(e);
      }
    }
  }
}
