package dev.bowline.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Paths as users write and read them. */
final class Paths {
  private Paths() {}

  /** Short where the file is below the working directory, and always good to paste into a shell. */
  static String display(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path here = Path.of("").toAbsolutePath();
    if (absolute.equals(here)) {
      return ".";
    }
    return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
  }

  /** Reads a path that a user wrote. */
  static Path parse(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new CannotRun("not a path: " + text, e);
    }
  }

  /**
   * Reads a class path as {@code javac -classpath} does, {@code folder/*} for all jars in a folder
   * included. Entries that do not exist are noted and left out.
   */
  static List<Path> classPath(String text, List<Note> notes) {
    List<Path> entries = new ArrayList<>();
    for (String entry : text.split(File.pathSeparator, -1)) {
      if (entry.isBlank()) {
        continue;
      }
      boolean all =
          entry.equals("*") || entry.endsWith("/*") || entry.endsWith(File.separator + "*");
      Path path = parse(all ? entry.substring(0, entry.length() - 1) : entry);
      if (!Files.exists(path)) {
        notes.add(Note.note("class path entry %s does not exist".formatted(entry)));
      } else if (all) {
        entries.addAll(jarsIn(path));
      } else {
        entries.add(path);
      }
    }
    return entries;
  }

  private static List<Path> jarsIn(Path folder) {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.{jar,JAR}")) {
      List<Path> found = new ArrayList<>();
      jars.forEach(found::add);
      found.sort(null);
      return found;
    } catch (IOException e) {
      throw new CannotRun("cannot list %s* on the class path: %s".formatted(folder, e), e);
    }
  }
}
