package dev.bowline.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds out from Maven what a project consists of. Two runs: one for the effective model, and one
 * that compiles the reactor, so that modules find each other, and lists every class path. Each may
 * fail without being the end: the less Maven can say, the less will resolve.
 */
final class MavenProject {
  private static final String EFFECTIVE_POM =
      "org.apache.maven.plugins:maven-help-plugin:3.5.1:effective-pom";
  private static final String CLASS_PATH =
      "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath";

  private final Path folder;
  private final List<Note> notes;
  private final Progress progress;

  MavenProject(Path folder, List<Note> notes, Progress progress) {
    this.folder = folder;
    this.notes = notes;
    this.progress = progress;
  }

  /**
   * What Maven says on a module.
   *
   * @param roots folders of main and test sources
   * @param generated folders of generated sources
   * @param classPath with what Maven compiled for the module itself
   * @param sourcePath of other modules, where there are no classes of theirs
   * @param options javac's
   */
  record Module(
      List<Path> roots,
      List<Path> generated,
      List<Path> classPath,
      List<Path> sourcePath,
      List<String> options) {}

  /** The modules that have sources. */
  List<Module> modules() {
    Optional<Maven> maven = Maven.find(folder);
    if (maven.isEmpty()) {
      return byConvention("there is no mvnw in it and no mvn on the PATH");
    }
    try {
      Path scratch = Files.createTempDirectory("bowline-maven");
      try {
        return modules(maven.get(), scratch);
      } finally {
        delete(scratch);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Module> modules(Maven maven, Path scratch) throws IOException {
    progress.step("asking Maven about " + Paths.display(folder));
    Path pom = scratch.resolve("effective-pom.xml");
    Optional<String> failure = maven.run(EFFECTIVE_POM, "-Doutput=" + pom);
    if (failure.isPresent() || !Files.exists(pom)) {
      return byConvention(failure.orElse("Maven wrote no effective pom"));
    }
    List<MavenModule> modules;
    try {
      modules = MavenModule.read(pom);
    } catch (IOException e) {
      return byConvention("its effective pom cannot be read, " + e.getMessage());
    }
    boolean compiled = writeClassPaths(maven, scratch);
    List<Path> allMain = modules.stream().flatMap(m -> m.mainRoots().stream()).toList();
    List<Module> described = new ArrayList<>();
    for (MavenModule module : modules) {
      List<Path> roots = new ArrayList<>(module.mainRoots());
      roots.addAll(module.testRoots());
      if (!roots.isEmpty()) {
        described.add(
            new Module(
                roots,
                module.generatedRoots(),
                classPath(module, scratch.resolve(module.id())),
                compiled ? List.of() : allMain,
                module.options()));
      }
    }
    return described;
  }

  /** Whether Maven could also compile what the class paths refer to. */
  private boolean writeClassPaths(Maven maven, Path scratch) {
    progress.step("letting Maven compile " + Paths.display(folder) + " and list its class paths");
    String output =
        "-Dmdep.outputFile=" + scratch.resolve("${project.groupId}_${project.artifactId}");
    Optional<String> failure = maven.run("test-compile", CLASS_PATH, output);
    if (failure.isEmpty()) {
      return true;
    }
    Optional<String> again =
        maven.run(
            "test-compile", CLASS_PATH, output, "-Dmaven.main.skip=true", "-Dmaven.test.skip=true");
    notes.add(
        Note.note(
            again.isEmpty()
                ? "Maven could not compile %s, so generated code may not resolve: %s"
                    .formatted(Paths.display(folder), failure.get())
                : "Maven could not list the class path of %s, analysing without: %s"
                    .formatted(Paths.display(folder), failure.get())));
    return false;
  }

  private List<Path> classPath(MavenModule module, Path listed) throws IOException {
    List<Path> classPath = new ArrayList<>();
    if (Files.exists(listed)) {
      // A sibling without classes is listed with a folder that does not exist: nothing to note.
      classPath.addAll(Paths.classPath(Files.readString(listed).strip(), new ArrayList<>()));
    }
    classPath.addAll(module.classFolders());
    return classPath;
  }

  /** Where sources are when nobody says otherwise; all modules in one, as they need each other. */
  private List<Module> byConvention(String reason) {
    notes.add(
        Note.note(
            "Maven cannot describe %s, taking src/main/java and src/test/java without class path: %s"
                .formatted(Paths.display(folder), reason)));
    try (Stream<Path> below = Files.find(folder, 20, (path, a) -> isConventionalRoot(path))) {
      List<Path> roots = below.filter(root -> !isBuilt(root)).sorted().toList();
      return List.of(new Module(roots, List.of(), List.of(), List.of(), List.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isConventionalRoot(Path path) {
    if (!path.endsWith(Path.of("src", "main", "java"))
        && !path.endsWith(Path.of("src", "test", "java"))) {
      return false;
    }
    Path module = path.getParent().getParent().getParent();
    return Files.exists((module == null ? Path.of("") : module).resolve("pom.xml"));
  }

  /** Whether a build copied it: the test of a plugin has whole projects in its output. */
  private boolean isBuilt(Path root) {
    for (Path parent = root;
        parent != null && !parent.equals(folder);
        parent = parent.getParent()) {
      if (SourceFolder.isLeftOut(parent)) {
        return true;
      }
    }
    return false;
  }

  private static void delete(Path scratch) throws IOException {
    try (Stream<Path> all = Files.walk(scratch)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
