package dev.bowline.checks.model;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.TypeSymbol;
import com.sun.tools.javac.code.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.tools.JavaFileObject;

/** What counts as test code. Error Prone's own flag for it is one that most builds never set. */
public final class TestCode {
  private static final ImmutableSet<String> TESTS =
      ImmutableSet.of(
          "org.junit.Test",
          "org.junit.experimental.theories.Theory",
          "org.junit.jupiter.api.Test",
          "org.junit.jupiter.api.RepeatedTest",
          "org.junit.jupiter.api.TestFactory",
          "org.junit.jupiter.api.TestTemplate",
          "org.junit.jupiter.params.ParameterizedTest",
          "org.testng.annotations.Test");

  private static final ImmutableSet<String> LIFECYCLE =
      ImmutableSet.of(
          "org.junit.Before",
          "org.junit.BeforeClass",
          "org.junit.After",
          "org.junit.AfterClass",
          "org.junit.jupiter.api.BeforeEach",
          "org.junit.jupiter.api.BeforeAll",
          "org.junit.jupiter.api.AfterEach",
          "org.junit.jupiter.api.AfterAll",
          "org.testng.annotations.BeforeMethod",
          "org.testng.annotations.BeforeClass",
          "org.testng.annotations.BeforeTest",
          "org.testng.annotations.BeforeGroups",
          "org.testng.annotations.BeforeSuite",
          "org.testng.annotations.AfterMethod",
          "org.testng.annotations.AfterClass",
          "org.testng.annotations.AfterTest",
          "org.testng.annotations.AfterGroups",
          "org.testng.annotations.AfterSuite");

  private static final ImmutableSet<String> JUPITER =
      Stream.of(TESTS, LIFECYCLE)
          .flatMap(Set::stream)
          .filter(name -> name.startsWith("org.junit.jupiter."))
          .collect(toImmutableSet());

  private static final ImmutableSet<String> DISABLED =
      ImmutableSet.of("org.junit.Ignore", "org.junit.jupiter.api.Disabled");

  private static final Pattern TEST_FOLDER =
      Pattern.compile("(^|/)(src/(test|[^/]*Test)|javatests|test/(java|jvm|src|unit))/");

  private static final Supplier<Map<JavaFileObject, Boolean>> IN_TEST_FOLDER =
      VisitorState.memoize(state -> new HashMap<>());

  private static final Supplier<Map<ClassSymbol, Boolean>> TEST_CLASSES =
      VisitorState.memoize(state -> new HashMap<>());

  private static final Supplier<Type> JUNIT3 =
      VisitorState.memoize(state -> state.getTypeFromString("junit.framework.TestCase"));

  private TestCode() {}

  /**
   * Whether the code at hand is test code: in a test class, in what is nested in one, in a file
   * from a test folder ({@code src/test}, {@code src/integrationTest}, {@code javatests}), or
   * compiled under {@code -XepCompilingTestOnlyCode}.
   */
  public static boolean encloses(VisitorState state) {
    return state.errorProneOptions().isTestOnlyTarget()
        || isInTestFolder(state)
        || isInTestClass(state);
  }

  /** Whether the code at hand is in a class with tests, its own or inherited, or nested in one. */
  public static boolean isInTestClass(VisitorState state) {
    for (Tree tree : state.getPath()) {
      if (tree instanceof ClassTree type && isTestClass(ASTHelpers.getSymbol(type), state)) {
        return true;
      }
    }
    return false;
  }

  /** Whether JUnit's newer engine, Jupiter, runs tests or lifecycle methods of this class. */
  public static boolean isRunByJupiter(ClassSymbol type, VisitorState state) {
    return Supertypes.any(
        type.type,
        supertype ->
            StreamSupport.stream(supertype.members().getSymbols().spliterator(), false)
                .anyMatch(member -> isAnnotated(member, JUPITER)),
        state);
  }

  /** Whether a runner calls this method as a test. */
  public static boolean isTest(MethodSymbol method, VisitorState state) {
    return isAnnotated(method, TESTS)
        || (method.getSimpleName().toString().startsWith("test")
            && isJUnit3(method.enclClass(), state));
  }

  /** Whether a runner calls this method before or after tests. */
  public static boolean isLifecycle(MethodSymbol method, VisitorState state) {
    String name = method.getSimpleName().toString();
    return isAnnotated(method, LIFECYCLE)
        || ((name.equals("setUp") || name.equals("tearDown"))
            && isJUnit3(method.enclClass(), state));
  }

  /** Whether a method or class, or a class around it, is switched off. */
  public static boolean isDisabled(Symbol symbol) {
    for (Symbol each = symbol; each != null; each = each.owner) {
      if (isAnnotated(each, DISABLED)) {
        return true;
      }
    }
    return false;
  }

  /** Rules ask for every call of a file, and it stays where it is. */
  private static boolean isInTestFolder(VisitorState state) {
    return IN_TEST_FOLDER
        .get(state)
        .computeIfAbsent(
            state.getPath().getCompilationUnit().getSourceFile(),
            file -> TEST_FOLDER.matcher(file.getName().replace('\\', '/')).find());
  }

  /** Whether a class has tests or what runs around them, its own or inherited. */
  public static boolean isTestClass(ClassSymbol type, VisitorState state) {
    Map<ClassSymbol, Boolean> known = TEST_CLASSES.get(state);
    Boolean answer = known.get(type);
    if (answer == null) {
      answer = hasTests(type, state);
      known.put(type, answer);
    }
    return answer;
  }

  private static boolean hasTests(ClassSymbol type, VisitorState state) {
    return Supertypes.any(
        type.type,
        supertype ->
            !supertype.equals(state.getSymtab().objectType.tsym) && declaresTests(supertype, state),
        state);
  }

  private static boolean declaresTests(TypeSymbol type, VisitorState state) {
    // TestNG allows its annotation on the class, which makes every public method a test.
    if (isAnnotated(type, TESTS)) {
      return true;
    }
    for (Symbol member : type.members().getSymbols()) {
      if (member instanceof MethodSymbol method
          && (isTest(method, state) || isLifecycle(method, state))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isJUnit3(ClassSymbol type, VisitorState state) {
    Type testCase = JUNIT3.get(state);
    return testCase != null && ASTHelpers.isSubtype(type.type, testCase, state);
  }

  private static boolean isAnnotated(Symbol symbol, ImmutableSet<String> annotations) {
    for (Attribute.Compound annotation : symbol.getRawAttributes()) {
      if (isNamed(annotation, annotations)) {
        return true;
      }
      // JUnit 5 runs annotations that are composed of its own.
      for (Attribute.Compound composed : annotation.type.tsym.getRawAttributes()) {
        if (isNamed(composed, annotations)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isNamed(Attribute.Compound annotation, ImmutableSet<String> names) {
    return names.contains(annotation.type.tsym.getQualifiedName().toString());
  }
}
