package dev.bowline.benchmarks;

import com.google.errorprone.BaseErrorProneJavaCompiler;
import com.google.errorprone.scanner.ScannerSupplier;
import dev.bowline.checks.lifecycle.CancelHandleLeaked;
import dev.bowline.checks.lifecycle.ExecutorNotShutDown;
import dev.bowline.checks.lifecycle.PermitNotReleased;
import dev.bowline.checks.lifecycle.ThreadNotJoined;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How the cost of the obligation analysis grows with one method: javac with Error Prone and no
 * check against the same with the four rules that follow values, on a method of so many statements
 * that makes, uses and ends so many executors.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.main=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.model=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.parser=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.processing=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.tree=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.util=ALL-UNNAMED",
      "--add-opens=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED",
      "--add-opens=jdk.compiler/com.sun.tools.javac.comp=ALL-UNNAMED"
    })
public class FlowGrowth {
  /** Statements of the method. */
  @Param({"1000", "2500", "5000"})
  public int statements;

  /** Executors that the method makes and shuts down. */
  @Param({"0", "1", "50", "200"})
  public int handles;

  private JavaFileObject source;

  /** Writes the method. */
  @Setup
  public void write() {
    StringBuilder text = new StringBuilder();
    text.append("import java.util.concurrent.*;\nfinal class Long {\n  void run(int n) {\n");
    int others = (statements - 3 * handles) / Math.max(handles, 1);
    for (int handle = 0; handle < Math.max(handles, 1); handle++) {
      if (handles > 0) {
        text.append("    ExecutorService e%d = Executors.newCachedThreadPool();\n".formatted(handle));
        text.append("    e%d.execute(() -> {});\n".formatted(handle));
      }
      for (int other = 0; other < others; other++) {
        text.append(
            other % 10 == 9
                ? "    if (n > %d) { n++; }\n".formatted(other)
                : "    System.out.println(n + %d);\n".formatted(other));
      }
    }
    for (int handle = 0; handle < handles; handle++) {
      text.append("    e%d.shutdown();\n".formatted(handle));
    }
    text.append("  }\n}\n");
    String content = text.toString();
    source =
        new SimpleJavaFileObject(URI.create("mem:///Long.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
          }
        };
  }

  /** javac and Error Prone without a check. */
  @Benchmark
  public boolean withoutRules() {
    return compile(ScannerSupplier.fromBugCheckerClasses(List.of()));
  }

  /** The same with the rules. */
  @Benchmark
  public boolean withRules() {
    return compile(
        ScannerSupplier.fromBugCheckerClasses(
            CancelHandleLeaked.class,
            ExecutorNotShutDown.class,
            PermitNotReleased.class,
            ThreadNotJoined.class));
  }

  private boolean compile(ScannerSupplier checks) {
    DiagnosticCollector<JavaFileObject> findings = new DiagnosticCollector<>();
    boolean compiled =
        new BaseErrorProneJavaCompiler(checks)
            .getTask(
                null,
                null,
                findings,
                List.of("-XDcompilePolicy=simple", "--should-stop=ifError=FLOW", "-proc:none", "-d", "target"),
                null,
                List.of(source))
            .call();
    if (!compiled || !findings.getDiagnostics().isEmpty()) {
      throw new IllegalStateException(findings.getDiagnostics().toString());
    }
    return compiled;
  }
}
