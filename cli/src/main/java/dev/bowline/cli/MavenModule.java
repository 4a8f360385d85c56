package dev.bowline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** A module as Maven's effective model describes it. */
final class MavenModule {
  private final Element project;

  private MavenModule(Element project) {
    this.project = project;
  }

  /** Reads what {@code help:effective-pom} writes: one project, or all of a reactor. */
  static List<MavenModule> read(Path effectivePom) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler()); // throws, and prints nothing
      Element root = builder.parse(effectivePom.toFile()).getDocumentElement();
      List<Element> projects =
          root.getTagName().equals("project") ? List.of(root) : children(root, "project").toList();
      return projects.stream().map(MavenModule::new).toList();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Unique in a reactor, and good as the name of a file. */
  String id() {
    return text(project, "groupId").orElse("") + "_" + text(project, "artifactId").orElse("");
  }

  /** Folders of main sources. */
  List<Path> mainRoots() {
    return roots("sourceDirectory", "add-source");
  }

  /** Folders of test sources. */
  List<Path> testRoots() {
    return roots("testSourceDirectory", "add-test-source");
  }

  /** What plugins and annotation processors generated. */
  List<Path> generatedRoots() {
    return text(project, "build", "directory").stream()
        .map(Path::of)
        .flatMap(
            target ->
                Stream.of(
                    target.resolve("generated-sources"), target.resolve("generated-test-sources")))
        .filter(Files::isDirectory)
        .toList();
  }

  /** Classes that Maven compiled for this module: also those not written in Java. */
  List<Path> classFolders() {
    return Stream.of("outputDirectory", "testOutputDirectory")
        .flatMap(name -> text(project, "build", name).stream())
        .map(Path::of)
        .filter(Files::isDirectory)
        .toList();
  }

  /** javac's options for the language level and for what the sources may see. */
  List<String> options() {
    List<String> options = new ArrayList<>(visibility());
    boolean exports = !options.isEmpty();
    int newest = Runtime.version().feature();
    OptionalInt release = newestOf("release", "testRelease");
    OptionalInt level = release.isPresent() ? release : newestOf("source", "testSource");
    // A level that this JDK does not know is better guessed as its own than not analysed at all.
    if (level.isPresent() && level.getAsInt() >= 8 && level.getAsInt() <= newest) {
      options.add(release.isPresent() && !exports ? "--release" : "-source");
      options.add(Integer.toString(level.getAsInt()));
      if (level.getAsInt() == newest && compilerArguments().contains("--enable-preview")) {
        options.add("--enable-preview");
      }
    }
    return options;
  }

  private List<String> visibility() {
    List<String> all = compilerArguments();
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String argument = all.get(i);
      if (argument.startsWith("--add-exports") || argument.startsWith("--add-modules")) {
        kept.add(argument);
        if (argument.indexOf('=') < 0 && i + 1 < all.size()) {
          kept.add(all.get(++i));
        }
      }
    }
    return kept;
  }

  private List<String> compilerArguments() {
    return plugin("maven-compiler-plugin")
        .flatMap(plugin -> descend(plugin, "configuration", "compilerArgs"))
        .map(arguments -> children(arguments, "arg").map(MavenModule::text).toList())
        .orElse(List.of());
  }

  private OptionalInt newestOf(String... names) {
    return Stream.of(names)
        .flatMapToInt(
            name ->
                plugin("maven-compiler-plugin")
                    .flatMap(plugin -> text(plugin, "configuration", name))
                    .or(() -> text(project, "properties", "maven.compiler." + name))
                    .map(MavenModule::level)
                    .orElse(IntStream.empty()))
        .max();
  }

  private static IntStream level(String text) {
    String number = text.startsWith("1.") ? text.substring(2) : text;
    return number.matches("\\d{1,3}") ? IntStream.of(Integer.parseInt(number)) : IntStream.empty();
  }

  /** The build's own folder, and those that the usual plugin adds to it. */
  private List<Path> roots(String directory, String goal) {
    Stream<String> added =
        plugin("build-helper-maven-plugin")
            .flatMap(plugin -> descend(plugin, "executions"))
            .stream()
            .flatMap(executions -> children(executions, "execution"))
            .filter(
                execution ->
                    descend(execution, "goals").stream()
                        .flatMap(goals -> children(goals, "goal"))
                        .anyMatch(element -> text(element).equals(goal)))
            .flatMap(execution -> descend(execution, "configuration", "sources").stream())
            .flatMap(sources -> children(sources, "*"))
            .map(MavenModule::text);
    return Stream.concat(text(project, "build", directory).stream(), added)
        .map(Path::of)
        .filter(Files::isDirectory)
        .distinct()
        .toList();
  }

  private Optional<Element> plugin(String artifact) {
    return descend(project, "build", "plugins").stream()
        .flatMap(plugins -> children(plugins, "plugin"))
        .filter(plugin -> text(plugin, "artifactId").filter(artifact::equals).isPresent())
        .findFirst();
  }

  private static Optional<String> text(Element from, String... path) {
    return descend(from, path).map(MavenModule::text).filter(text -> !text.isEmpty());
  }

  private static String text(Element element) {
    return element.getTextContent().strip();
  }

  private static Optional<Element> descend(Element from, String... path) {
    Optional<Element> element = Optional.of(from);
    for (String name : path) {
      element = element.flatMap(parent -> children(parent, name).findFirst());
    }
    return element;
  }

  private static Stream<Element> children(Element parent, String name) {
    return Stream.<Node>iterate(parent.getFirstChild(), n -> n != null, Node::getNextSibling)
        .filter(Element.class::isInstance)
        .map(Element.class::cast)
        .filter(element -> name.equals("*") || element.getTagName().equals(name));
  }
}
