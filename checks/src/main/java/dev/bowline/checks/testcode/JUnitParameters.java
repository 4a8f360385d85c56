package dev.bowline.checks.testcode;

import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import javax.tools.FileObject;
import javax.tools.JavaFileManager;
import javax.tools.StandardLocation;

/**
 * What {@code junit-platform.properties} says, where the compiler can see it: Maven copies it
 * beside the classes of the tests before it compiles them, and it may be on the class path. Other
 * builds keep it where only the tests see it.
 */
final class JUnitParameters {
  private static final String FILE = "junit-platform.properties";

  private static final Supplier<Boolean> LOOK_FOR_LEAKS =
      VisitorState.memoize(state -> lookForLeaks(read(state)));

  private JUnitParameters() {}

  /** Whether they put Bowline's leak detector on all tests. */
  static boolean lookForLeaks(VisitorState state) {
    return LOOK_FOR_LEAKS.get(state);
  }

  private static boolean lookForLeaks(Properties parameters) {
    String when = parameters.getProperty("bowline.leaks", "class").strip();
    boolean detects =
        Boolean.parseBoolean(
            parameters.getProperty("junit.jupiter.extensions.autodetection.enabled", "").strip());
    return when.equalsIgnoreCase("jvm") || (detects && !when.equalsIgnoreCase("off"));
  }

  private static Properties read(VisitorState state) {
    Properties parameters = new Properties();
    JavaFileManager files = state.context.get(JavaFileManager.class);
    for (StandardLocation place :
        new StandardLocation[] {StandardLocation.CLASS_OUTPUT, StandardLocation.CLASS_PATH}) {
      try {
        FileObject file = files.hasLocation(place) ? files.getFileForInput(place, "", FILE) : null;
        if (file != null) {
          try (InputStream text = file.openInputStream()) {
            parameters.load(text);
          }
          return parameters;
        }
      } catch (IOException | IllegalArgumentException e) {
        // JUnit reads it and will say what is wrong with it.
        return new Properties();
      }
    }
    return parameters;
  }
}
