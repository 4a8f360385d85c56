package dev.bowline.checks.context;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import dev.bowline.checks.model.Supertypes;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;

/**
 * Classes that are closures with a name: a task, or the callbacks of one call. Their final fields
 * are what a lambda would capture, and live no longer.
 */
final class NamedClosure {
  private static final ImmutableSet<String> TASKS =
      ImmutableSet.of(
          "java.lang.Runnable",
          "java.util.concurrent.Callable",
          "java.util.concurrent.ForkJoinTask",
          "dev.bowline.Work",
          "dev.bowline.Action",
          "io.grpc.ClientCall",
          "io.grpc.ServerCall");

  private static final Pattern CALLBACKS =
      Pattern.compile(".*(Listener|Callback|Handler|Observer|Subscriber)");

  private NamedClosure() {}

  /** Whether a class is one; callbacks in public classes of their own serve more than one call. */
  static boolean is(ClassSymbol type, VisitorState state) {
    boolean ofItsOwn =
        type.getNestingKind() == NestingKind.TOP_LEVEL
            && type.getModifiers().contains(Modifier.PUBLIC);
    return Supertypes.any(
        type.type,
        supertype ->
            TASKS.contains(supertype.getQualifiedName().toString())
                || (!supertype.equals(type)
                    && !ofItsOwn
                    && CALLBACKS.matcher(supertype.getSimpleName()).matches()),
        state);
  }
}
