package dev.bowline.cli;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file for a report: there whole or not at all. It is opened before the analysis, as nobody
 * should wait for a result that cannot be kept, and moved to its place at the end.
 */
final class OutputFile implements AutoCloseable {
  private final Path target;
  private final Path written;

  private OutputFile(Path target, Path written) {
    this.target = target;
    this.written = written;
  }

  /** Prepares to write. */
  static OutputFile open(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw new CannotRun("cannot write to %s: it is a folder".formatted(path));
      }
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        return new OutputFile(path, path); // a device or pipe: nothing to replace
      }
      Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      Path folder = target.getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        throw new CannotRun("cannot write to %s: there is no such folder".formatted(path));
      }
      Path temporary =
          folder.resolve(
              ".%s.%d.tmp".formatted(target.getFileName(), ProcessHandle.current().pid()));
      Files.deleteIfExists(temporary);
      Files.createFile(temporary);
      temporary.toFile().deleteOnExit();
      return new OutputFile(target, temporary);
    } catch (IOException e) {
      throw new CannotRun("cannot write to %s: %s".formatted(path, e), e);
    }
  }

  /** Puts the report in its place. */
  void write(String report) {
    try {
      Files.writeString(written, report);
      if (!written.equals(target)) {
        move();
      }
    } catch (IOException e) {
      throw new CannotRun("cannot write to %s: %s".formatted(target, e), e);
    }
  }

  private void move() throws IOException {
    try {
      Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Leaves nothing behind when nothing was written. */
  @Override
  public void close() {
    if (!written.equals(target)) {
      try {
        Files.deleteIfExists(written);
      } catch (IOException e) {
        throw new CannotRun("cannot remove %s: %s".formatted(written, e), e);
      }
    }
  }
}
