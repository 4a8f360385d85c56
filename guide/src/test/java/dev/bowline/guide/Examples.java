package dev.bowline.guide;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The Java examples of a page. Each is a complete source file but for its package, which is made of
 * the name of its class here, so that none can use another one.
 */
final class Examples {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java$\n(.*?)^```$");
  private static final Pattern TYPE =
      Pattern.compile(
          "(?m)^(?:public |final |abstract |sealed )*(?:class|record|interface) (\\w+)");
  private static final String PACKAGE = "com.example.guide.";

  /**
   * One block of the page.
   *
   * @param name of its first type
   * @param line of the page where its text begins
   */
  record Example(String name, int line, String text) {
    String packageName() {
      return PACKAGE + name.toLowerCase(Locale.ROOT);
    }

    String className() {
      return packageName() + "." + name;
    }

    /** The package stands on the first line, so that lines are those of the page. */
    String source() {
      return "package " + packageName() + "; " + text;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private Examples() {}

  /** Finds the blocks; one without a type at its top level is an error. */
  static List<Example> of(String page) {
    List<Example> examples = new ArrayList<>();
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      int line = (int) page.substring(0, block.start(1)).lines().count() + 1;
      Matcher type = TYPE.matcher(block.group(1));
      if (!type.find()) {
        throw new IllegalArgumentException("line " + line + ": no class at the top level");
      }
      examples.add(new Example(type.group(1), line, block.group(1)));
    }
    return examples;
  }

  /**
   * Compiles the examples as the modules of this build are compiled.
   *
   * @param folder where to put sources and classes
   * @return what the compiler says, warnings included, by the name of the example; those of which
   *     it says nothing have an empty list
   */
  static Map<String, List<String>> compile(List<Example> examples, Path folder) {
    Map<String, List<String>> said = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    Map<String, Example> byFile = new TreeMap<>();
    for (Example example : examples) {
      if (said.put(example.name(), new ArrayList<>()) != null) {
        throw new IllegalArgumentException("two examples are called " + example.name());
      }
      String file = example.className().replace('.', '/') + ".java";
      files.add(write(folder.resolve(file), example.source()));
      byFile.put(example.name() + ".java", example);
    }
    for (Diagnostic<? extends JavaFileObject> diagnostic : javac(files, folder)) {
      if (diagnostic.getSource() == null) {
        throw new IllegalStateException(diagnostic.getMessage(Locale.ROOT));
      }
      String file = Path.of(diagnostic.getSource().toUri()).getFileName().toString();
      Example example = byFile.get(file);
      long line = example.line() + diagnostic.getLineNumber() - 1;
      said.get(example.name()).add("line " + line + ": " + diagnostic.getMessage(Locale.ROOT));
    }
    return said;
  }

  private static List<Diagnostic<? extends JavaFileObject>> javac(List<Path> files, Path folder) {
    String classPath = System.getProperty("java.class.path");
    List<String> options =
        List.of(
            "--release",
            "17",
            "-d",
            folder.toString(),
            "-classpath",
            classPath,
            // A permit or a registration need not be mentioned in its block.
            "-Xlint:all,-options,-processing,-classfile,-path,-try",
            "-XDcompilePolicy=simple",
            "--should-stop=ifError=FLOW",
            "-XDaddTypeAnnotationsToSymbol=true",
            "-proc:none",
            "-processorpath",
            classPath,
            "-Xplugin:ErrorProne");
    StringWriter crash = new StringWriter(); // what else there is to say comes as diagnostics
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
      boolean compiled =
          compiler
              .getTask(
                  crash,
                  manager,
                  diagnostics,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      List<Diagnostic<? extends JavaFileObject>> all = new ArrayList<>();
      for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
        if (diagnostic.getKind() != Diagnostic.Kind.NOTE) {
          all.add(diagnostic);
        }
      }
      if (!compiled && all.isEmpty()) {
        throw new IllegalStateException("the compiler has failed: " + crash);
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
