package dev.bowline.cli;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes units of the paths on the command line. */
final class Inputs {
  private final List<Path> classPath;
  private final List<String> level;
  private final List<Note> notes;
  private final Progress progress;
  private final Set<Path> known = new HashSet<>();

  /**
   * Prepares.
   *
   * @param classPath for all units, behind what Maven may know
   * @param release the language level; null means what the build says, or the running JDK's
   */
  Inputs(List<Path> classPath, Integer release, List<Note> notes, Progress progress) {
    this.classPath = classPath;
    this.level = release == null ? null : List.of("--release", release.toString());
    this.notes = notes;
    this.progress = progress;
  }

  /** Folders and files make one unit, every module of a Maven project another. */
  List<Unit> units(List<Path> paths) {
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new CannotRun("no such file or folder: " + path);
      }
      if (!Files.isDirectory(path) && !path.toString().endsWith(".java")) {
        throw new CannotRun("neither a folder nor a .java file: " + path);
      }
    }
    List<Unit> units = new ArrayList<>();
    List<SourceFile> plain = new ArrayList<>();
    List<Note> empty = new ArrayList<>();
    for (Path path : paths) {
      int before = known.size();
      if (Files.exists(path.resolve("pom.xml"))) {
        new MavenProject(path, notes, progress).modules().forEach(m -> units.add(unit(m)));
      } else {
        plain.addAll(read(sources(path)));
      }
      if (known.size() == before && paths.indexOf(path) == paths.lastIndexOf(path)) {
        empty.add(Note.note("nothing to analyse in " + Paths.display(path)));
      }
    }
    if (!plain.isEmpty()) {
      units.add(
          new Unit(
              plain,
              List.of(),
              classPath,
              List.of(),
              level == null ? List.of() : level,
              "pass --classpath, or point at the Maven project folder,"));
    }
    if (units.stream().allMatch(unit -> unit.sources().isEmpty())) {
      throw new CannotRun(nothingIn(paths));
    }
    notes.addAll(empty);
    return units;
  }

  private String nothingIn(List<Path> paths) {
    String names = paths.stream().map(Path::toString).collect(joining(", "));
    String reason = notes.stream().findFirst().map(note -> "; " + note.message()).orElse("");
    return "no .java file to analyse in " + names + reason;
  }

  private List<Path> sources(Path path) {
    if (Files.isDirectory(path)) {
      return SourceFolder.list(path, notes);
    }
    return SourceFolder.isSource(path) ? List.of(path) : List.of();
  }

  private Unit unit(MavenProject.Module module) {
    List<Path> classes = new ArrayList<>(module.classPath());
    classes.addAll(classPath);
    return new Unit(
        readAll(module.roots()),
        readAll(module.generated()),
        classes,
        module.sourcePath(),
        level == null ? module.options() : level,
        "see that Maven itself compiles the project");
  }

  private List<SourceFile> readAll(List<Path> roots) {
    return roots.stream().flatMap(root -> read(SourceFolder.list(root, notes)).stream()).toList();
  }

  /** Each file once, by whatever links it may be reached. */
  private List<SourceFile> read(List<Path> paths) {
    List<SourceFile> files = new ArrayList<>();
    for (Path path : paths) {
      try {
        if (!known.add(path.toRealPath())) {
          continue;
        }
        SourceFile file = SourceFile.read(path);
        files.add(file);
        if (!file.isUtf8()) {
          notes.add(
              Note.note("%s is not all UTF-8, the rest is replaced".formatted(file.displayName())));
        }
      } catch (NoSuchFileException e) {
        notes.add(Note.note(Paths.display(path) + " is a link to nothing, left out"));
      } catch (IOException e) {
        notes.add(Note.note("cannot read %s, left out: %s".formatted(Paths.display(path), e)));
      }
    }
    return files;
  }
}
