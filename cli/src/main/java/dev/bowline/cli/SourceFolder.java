package dev.bowline.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Lists the sources in a folder. Links are followed, since a build would; a link that leads back
 * into itself is passed over. Hidden folders are left out, and what a build wrote beside its own
 * build file.
 */
final class SourceFolder extends SimpleFileVisitor<Path> {
  private final Path root;
  private final List<Note> notes;
  private final List<Path> files = new ArrayList<>();

  private SourceFolder(Path root, List<Note> notes) {
    this.root = root;
    this.notes = notes;
  }

  /** All {@code .java} files in it, in a stable order, module declarations aside. */
  static List<Path> list(Path root, List<Note> notes) {
    SourceFolder folder = new SourceFolder(root, notes);
    try {
      Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    folder.files.sort(null);
    return folder.files;
  }

  /** A module declaration would cut off every class path entry that is not a module. */
  static boolean isSource(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".java") && !name.equals("module-info.java");
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    if (folder.equals(root)) {
      return FileVisitResult.CONTINUE;
    }
    return isLeftOut(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  /** Whether a folder is hidden, or was written by a build. */
  static boolean isLeftOut(Path folder) {
    String name = folder.getFileName().toString();
    return name.startsWith(".")
        || (name.equals("target") && has(folder, "pom.xml"))
        || (name.equals("build")
            && (has(folder, "build.gradle") || has(folder, "build.gradle.kts")));
  }

  private static boolean has(Path folder, String sibling) {
    return Files.exists(folder.resolveSibling(sibling));
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (isSource(file) && !attributes.isDirectory()) {
      files.add(file);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path path, IOException e) {
    if (!(e instanceof FileSystemLoopException)) {
      notes.add(Note.note("cannot read %s, left out: %s".formatted(Paths.display(path), e)));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, IOException e) {
    if (e != null) {
      notes.add(Note.note("cannot list all of %s: %s".formatted(Paths.display(folder), e)));
    }
    return FileVisitResult.CONTINUE;
  }
}
