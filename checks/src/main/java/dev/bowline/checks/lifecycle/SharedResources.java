package dev.bowline.checks.lifecycle;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.Supertypes;

/** Resources that tasks may use whatever happens to the block that closes them. */
final class SharedResources {
  private static final ImmutableSet<String> TYPES =
      ImmutableSet.of(
          // Closing these waits for their tasks.
          "java.util.concurrent.Executor",
          "java.util.concurrent.StructuredTaskScope",
          "java.net.http.HttpClient",
          "dev.bowline.TaskGroup",
          // Closing these is how to end a task that accepts connections.
          "java.net.ServerSocket",
          "java.nio.channels.AsynchronousServerSocketChannel",
          "java.nio.channels.ServerSocketChannel",
          // Closing these does nothing to who has them.
          "java.io.ByteArrayInputStream",
          "java.io.ByteArrayOutputStream",
          "java.io.CharArrayWriter",
          "java.io.StringWriter",
          // These belong to the thread that opened them: what a task does with one is another
          // fault.
          "io.opentelemetry.context.Scope",
          "org.mockito.ScopedMock",
          "org.slf4j.MDC.MDCCloseable");

  private SharedResources() {}

  static boolean contain(Type type, VisitorState state) {
    return Supertypes.any(
        type, supertype -> TYPES.contains(supertype.getQualifiedName().toString()), state);
  }
}
