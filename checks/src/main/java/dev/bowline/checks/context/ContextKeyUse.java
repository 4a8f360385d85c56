package dev.bowline.checks.context;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.processing.JavacProcessingEnvironment;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.Occurrences;
import java.util.Locale;
import java.util.regex.Pattern;

/** What can be known about the key that a context value is read by. */
final class ContextKeyUse {
  /** Values that whoever watches a request wants to see, whatever the code at hand does. */
  private static final Pattern FOR_OBSERVERS =
      Pattern.compile(
          "(.*_)?(trac(e|er|ing)|span|baggage|correlation|telemetry|meter|metrics?|stats|log(ger|ging)?|mdc|debug|request_?id)(_.*)?");

  /** Between the words of {@code traceState}. */
  private static final Pattern CAMEL = Pattern.compile("(?<=[a-z])(?=[A-Z])");

  private static final ImmutableList<String> OBSERVERS =
      ImmutableList.of(
          "brave.",
          "io.grpc.",
          "io.micrometer.",
          "io.opencensus.",
          "io.opentelemetry.",
          "io.opentracing.",
          "org.slf4j.");

  private ContextKeyUse() {}

  /** The field that holds the key of a read; null where the key comes from somewhere else. */
  static VarSymbol keyOf(MethodInvocationTree tree, MethodSymbol read) {
    ExpressionTree key =
        isGrpc(read)
            ? ASTHelpers.getReceiver(tree)
            : tree.getArguments().size() == 1 ? tree.getArguments().get(0) : null;
    return (key instanceof IdentifierTree || key instanceof MemberSelectTree)
            && ASTHelpers.getSymbol(key) instanceof VarSymbol field
            && field.isStatic()
            && field.owner instanceof ClassSymbol
        ? field
        : null;
  }

  private static boolean isGrpc(MethodSymbol read) {
    return read.enclClass().getQualifiedName().contentEquals("io.grpc.Context.Key");
  }

  /**
   * Whether a read by this key can come back empty-handed. OpenTelemetry's keys have no defaults;
   * with others the creation has to be in sight, in this file or in one that is compiled with it.
   */
  static boolean mayLackValue(VarSymbol key, VisitorState state) {
    if (key.type.tsym.getQualifiedName().contentEquals("io.opentelemetry.context.ContextKey")) {
      return true;
    }
    Tree declaration =
        Trees.instance(JavacProcessingEnvironment.instance(state.context)).getTree(key);
    return declaration instanceof VariableTree variable
        && variable.getInitializer() instanceof MethodInvocationTree creation
        && creation.getArguments().size() == 1
        && isNamed(creation, "key", "of");
  }

  /** By its text: the file that the key is made in may not have been looked at yet. */
  private static boolean isNamed(MethodInvocationTree call, String name, String other) {
    ExpressionTree method = call.getMethodSelect();
    var called =
        method instanceof MemberSelectTree select
            ? select.getIdentifier()
            : method instanceof IdentifierTree identifier ? identifier.getName() : null;
    return called != null && (called.contentEquals(name) || called.contentEquals(other));
  }

  /** Whether the value is for tracing, logging and the like, which contexts are right for. */
  static boolean isForObservers(VarSymbol key, ExpressionTree read) {
    Type value = ASTHelpers.getType(read);
    return isNamedForObservers(key)
        || value == null
        || isNamedForObservers(value.tsym)
        || OBSERVERS.stream().anyMatch(value.tsym.getQualifiedName().toString()::startsWith);
  }

  private static boolean isNamedForObservers(Symbol symbol) {
    String words = CAMEL.matcher(symbol.getSimpleName()).replaceAll("_").toLowerCase(Locale.ROOT);
    return FOR_OBSERVERS.matcher(words).matches();
  }

  /** Whether this file puts a value for the key into a context: then it knows what it reads. */
  static boolean isBoundInFile(VarSymbol key, ContextTypes contexts, VisitorState state) {
    for (TreePath use : Occurrences.in(state).of(key)) {
      if (use.getParentPath().getLeaf() instanceof MethodInvocationTree call
          && call.getArguments().contains(use.getLeaf())
          && ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method
          && method.getSimpleName().toString().startsWith("with")
          && contexts.isContext(method.enclClass().type, state)) {
        return true;
      }
    }
    return false;
  }
}
