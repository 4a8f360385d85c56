package dev.bowline.cli;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import javax.tools.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bowline}: parses the command line and turns failures into one line each. */
@Command(
    name = "bowline",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    description = "Structured concurrency for Java, checked.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "%nTo begin with: bowline check PATH, where PATH is a folder of sources or a Maven project.",
      "bowline check --help shows all options, with examples."
    })
public final class Main implements Runnable {
  private static final int FAILED = 2;

  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs and exits. */
  public static void main(String[] args) {
    System.exit(run(Rules.bundled(), System.out, System.err, args));
  }

  /** Runs; what is written is UTF-8 everywhere, since reports quote sources. */
  static int run(Rules rules, OutputStream out, OutputStream err, String... args) {
    PrintWriter messages = writer(err);
    if (ToolProvider.getSystemJavaCompiler() == null) {
      return fail(messages, "this Java has no compiler: run bowline with a JDK, 17 or later");
    }
    try {
      return new CommandLine(new Main())
          .addSubcommand(new CheckCommand(rules))
          .setOut(writer(out))
          .setErr(messages)
          .setParameterExceptionHandler((e, ignored) -> fail(messages, misuse(e)))
          .setExecutionExceptionHandler((e, ignored, parsed) -> failure(messages, e))
          .execute(args);
    } catch (OutOfMemoryError e) {
      return fail(
          messages, "out of memory: give it more with java -Xmx, or analyse fewer folders at once");
    } catch (Error e) {
      return failure(messages, e);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  private static String misuse(ParameterException e) {
    return "%s; %s --help shows how"
        .formatted(
            e.getMessage().lines().findFirst().orElse("").strip(),
            e.getCommandLine().getCommandSpec().qualifiedName());
  }

  private static int failure(PrintWriter err, Throwable failure) {
    if (failure instanceof CannotRun) {
      return fail(err, failure.getMessage());
    }
    failure.printStackTrace(err);
    return fail(err, "a mistake in bowline itself, please report it: " + Text.oneLine(failure));
  }

  private static int fail(PrintWriter err, String message) {
    err.println("bowline: " + message);
    err.flush();
    return FAILED;
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
