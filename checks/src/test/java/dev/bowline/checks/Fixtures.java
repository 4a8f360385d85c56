package dev.bowline.checks;

import static com.google.testing.compile.Compiler.compiler;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.BaseErrorProneJavaCompiler;
import com.google.errorprone.BugCheckerRefactoringTestHelper;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.scanner.ScannerSupplier;
import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * Compiles fixtures under one check and compares what it reports with the comments in them: {@code
 * // BUG: Diagnostic contains: text} stands above each line that is to be reported, and nowhere
 * else may anything be reported, compile errors and warnings included.
 */
public final class Fixtures {
  private static final Pattern MARKER = Pattern.compile("// BUG: Diagnostic contains: (.*)");

  private Fixtures() {}

  /**
   * Compiles fixtures of the test-fixtures module.
   *
   * @param names names below {@code dev.bowline.fixtures}, slashes for packages; those that start
   *     with {@code -} are javac options
   */
  public static void verify(Class<? extends BugChecker> check, String... names) {
    verify(
        check,
        Stream.of(names).filter(name -> name.startsWith("-")).toList(),
        Stream.of(names)
            .filter(name -> !name.startsWith("-"))
            .map(name -> JavaFileObjects.forResource("dev/bowline/fixtures/" + name + ".java"))
            .toArray(JavaFileObject[]::new));
  }

  /** Compiles a source given as text: for what JDK 17 cannot compile, and for odd paths. */
  public static void verifySource(
      Class<? extends BugChecker> check, String path, String source, String... options) {
    verify(check, List.of(options), JavaFileObjects.forSourceString(path, source));
  }

  /**
   * Applies the fixes that the check offers for a source, compares, and checks that the result
   * compiles and is silent under the same check.
   */
  public static void verifyFix(
      Class<? extends BugChecker> check, String before, String after, String... options) {
    if (options.length == 0) {
      refactor(check, before).addOutputLines("Out.java", after).doTest();
    } else {
      assertEquals(oneLine(after), oneLine(patched(check, before, options)));
    }
    verifySource(check, "Out.java", after, options);
  }

  /** Checks that a source has findings, and that none of them comes with a fix. */
  public static void verifyNoFix(
      Class<? extends BugChecker> check, String source, String... options) {
    Compilation compilation =
        compile(
            List.of(check),
            ImmutableList.<String>builder().add(options).add("-XepAllErrorsAsWarnings").build(),
            JavaFileObjects.forSourceString("In", source));
    assertFalse(compilation.warnings().isEmpty());
    if (options.length == 0) {
      refactor(check, source).expectUnchanged().doTest();
    } else {
      assertEquals(source, patched(check, source, options));
    }
  }

  private static BugCheckerRefactoringTestHelper.ExpectOutput refactor(
      Class<? extends BugChecker> check, String source) {
    return BugCheckerRefactoringTestHelper.newInstance(check, Fixtures.class)
        .addInputLines("In.java", source);
  }

  /** Error Prone's own way to apply fixes; the test helper keeps options for later compilations. */
  private static String patched(
      Class<? extends BugChecker> check, String source, String... options) {
    try {
      Path folder = Files.createTempDirectory("fix");
      Path file = Files.writeString(folder.resolve("In.java"), source);
      try {
        Compilation compilation =
            compile(
                List.of(check),
                ImmutableList.<String>builder()
                    .add(options)
                    .add("-XepPatchChecks:" + check.getSimpleName(), "-XepPatchLocation:IN_PLACE")
                    .build(),
                JavaFileObjects.forResource(file.toUri().toURL()));
        assertEquals(List.of(), compilation.errors());
        return Files.readString(file);
      } finally {
        Files.delete(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String oneLine(String source) {
    return source.strip().replaceAll("\\s+", " ");
  }

  private static void verify(
      Class<? extends BugChecker> check, List<String> options, JavaFileObject... sources) {
    Compilation compilation = compile(List.of(check), options, sources);
    for (JavaFileObject source : sources) {
      Map<Long, String> expected = markers(source);
      TreeMap<Long, String> reported = new TreeMap<>();
      List<String> unexpected = new ArrayList<>();
      for (Diagnostic<? extends JavaFileObject> diagnostic : problems(compilation)) {
        if (diagnostic.getSource() == null) {
          unexpected.add(diagnostic.toString());
        } else if (diagnostic.getSource().getName().equals(source.getName())) {
          reported.merge(
              diagnostic.getLineNumber(), diagnostic.getMessage(null), (a, b) -> a + "\n" + b);
        }
      }
      assertEquals(List.of(), unexpected);
      assertEquals(
          expected.keySet(),
          reported.keySet(),
          () -> "lines of " + source.getName() + "; not asked for: " + without(reported, expected));
      assertAll(
          expected.entrySet().stream()
              .map(
                  marker ->
                      () -> {
                        String message = reported.get(marker.getKey());
                        String where = source.getName() + ":" + marker.getKey() + ": " + message;
                        assertTrue(message.startsWith("[" + check.getSimpleName() + "]"), where);
                        assertTrue(message.contains(marker.getValue()), where);
                      }));
    }
  }

  private static Map<Long, String> without(Map<Long, String> map, Map<Long, String> other) {
    Map<Long, String> rest = new TreeMap<>(map);
    rest.keySet().removeAll(other.keySet());
    return rest;
  }

  /** Compiles under the given checks, the fixtures' class path, and nothing else. */
  public static Compilation compile(
      List<Class<? extends BugChecker>> checks, List<String> options, JavaFileObject... sources) {
    return compiler(new BaseErrorProneJavaCompiler(ScannerSupplier.fromBugCheckerClasses(checks)))
        .withOptions(
            ImmutableList.builder()
                .add("-XDcompilePolicy=simple", "--should-stop=ifError=FLOW", "-proc:none")
                .add("-XDaddTypeAnnotationsToSymbol=true")
                .addAll(options)
                .build())
        .compile(sources);
  }

  private static List<Diagnostic<? extends JavaFileObject>> problems(Compilation compilation) {
    List<Diagnostic<? extends JavaFileObject>> problems = new ArrayList<>(compilation.errors());
    problems.addAll(compilation.warnings());
    return problems;
  }

  private static Map<Long, String> markers(JavaFileObject source) {
    TreeMap<Long, String> markers = new TreeMap<>();
    try {
      long line = 0;
      for (String text : source.getCharContent(true).toString().split("\n", -1)) {
        line++;
        Matcher marker = MARKER.matcher(text);
        if (marker.find()) {
          markers.put(line + 1, marker.group(1).strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return markers;
  }
}
