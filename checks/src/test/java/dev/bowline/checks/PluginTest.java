package dev.bowline.checks;

import static com.google.common.truth.Truth.assertThat;
import static com.google.testing.compile.Compiler.javac;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way that users get the rules: {@code -Xplugin:ErrorProne} finds them on the processor path.
 */
final class PluginTest {
  @TempDir Path folder;

  @Test
  void findsTheRulesOnTheProcessorPath() throws IOException {
    Compilation compilation =
        compile(
            "",
            """
            class Repository {
              dev.bowline.Context ctx;
            }
            """);
    assertThat(compilation.errors()).isEmpty();
    assertThat(messages(compilation)).hasSize(1);
    assertThat(messages(compilation).get(0)).startsWith("[StoredContext] 'ctx' keeps a context");
    assertThat(messages(compilation).get(0))
        .contains("(see " + RulePages.URL + "StoredContext.md)");
  }

  @Test
  void severitiesCanBeSet() throws IOException {
    String source =
        """
        class Repository {
          dev.bowline.Context ctx;
        }
        """;
    assertThat(compile(" -Xep:StoredContext:ERROR", source).errors()).hasSize(1);
    assertThat(messages(compile(" -Xep:StoredContext:OFF", source))).isEmpty();
  }

  /** What the rules were not written for must pass through them: nothing is a reason to throw. */
  @Test
  void oddCodePassesThrough() throws IOException {
    Compilation compilation =
        compile(
            " -XepAllErrorsAsWarnings",
            """
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.function.*;

            @interface Marker { Class<?>[] value() default {}; }

            sealed interface Shape permits Circle, Square {}
            record Circle(double radius) implements Shape { Circle { if (radius < 0) throw new IllegalArgumentException(); } }
            record Square(double side) implements Shape {}
            record Pair<A, B extends Comparable<? super B>>(A a, List<? super B>... b) {}

            enum Mode implements IntSupplier {
              ON { @Override public int getAsInt() { return 1; } },
              OFF { @Override public int getAsInt() { return 0; } };
              static { Runnable r = () -> { try { Thread.sleep(1); } catch (InterruptedException e) { throw new IllegalStateException(e); } }; r.run(); }
            }

            abstract class Odd<T extends Odd<T> & Comparable<T>> extends ArrayList<Odd<?>> {
              private static final Map<String, Map<String, ? extends List<int[][]>>> DEEP = new HashMap<>();
              private final Supplier<Supplier<? super T>> nested = () -> () -> null;
              int[] array[] = {{1}, {2}};
              { Function<Object, Object> f = Object::toString; f.apply(this); }

              <X extends Throwable> void sneaky(Throwable t) throws X { @SuppressWarnings("unchecked") X x = (X) t; throw x; }

              int old(Object o) {
                switch (o.hashCode()) { case 1: return 1; case 2: { break; } default: }
                return switch (o.hashCode()) { case 1, 2 -> 3; case 4 -> { yield 5; } default -> throw new AssertionError(); };
              }

              void loops(CountDownLatch latch, Lockless lock) throws Exception {
                outer:
                for (;;) { for (var x : List.of(1)) { if (x > 1) continue outer; break outer; } }
                do ; while (latch.getCount() > 1);
                synchronized (this) { assert latch != null : "none"; }
                try (var a = lock.open(); AutoCloseable b = lock::toString) { latch.await(1, TimeUnit.SECONDS); }
                class Local { class Inner { Object outer = Odd.this; } }
                new Local().new Inner().outer.hashCode();
                new Object() { void hi() {} }.hi();
                ((Runnable & java.io.Serializable) () -> {}).run();
                if ((Object) latch instanceof CountDownLatch l && l.getCount() == 0) return;
              }

              interface Lockless { AutoCloseable open() throws Exception; private static void hidden() {} default void shown() { hidden(); } }
            }
            """);
    assertThat(compilation.errors()).isEmpty();
    assertThat(messages(compilation)).hasSize(1);
    assertThat(messages(compilation).get(0)).startsWith("[TimedWaitIgnored]");
  }

  /** Some of Error Prone's own checks want a file that exists. */
  private Compilation compile(String flags, String source) throws IOException {
    Path file = Files.writeString(folder.resolve("Repository.java"), source);
    return javac()
        .withOptions(
            "-XDcompilePolicy=simple",
            "--should-stop=ifError=FLOW",
            "-XDaddTypeAnnotationsToSymbol=true",
            "-proc:none",
            "-processorpath",
            System.getProperty("java.class.path"),
            "-Xplugin:ErrorProne" + flags)
        .compile(JavaFileObjects.forResource(file.toUri().toURL()));
  }

  /** Ours; Error Prone's own findings on these sources are not what is tested. */
  private static List<String> messages(Compilation compilation) {
    return compilation.diagnostics().stream()
        .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
        .filter(message -> message.contains(RulePages.URL))
        .toList();
  }
}
