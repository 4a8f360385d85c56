package dev.bowline.checks.context;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.SUGGESTION;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.TypeTag;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.EntryPoints;
import dev.bowline.checks.model.FixedSignature;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.Supertypes;
import dev.bowline.checks.model.TestCode;

/** Reports a context value that a method cannot do without: it is a parameter in hiding. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "This method cannot do without a context value; take it as a parameter",
    severity = SUGGESTION,
    tags = CONCURRENCY,
    link = RulePages.URL + "ContextValueRequired.md",
    linkType = CUSTOM)
public final class ContextValueRequired extends BugChecker implements MethodInvocationTreeMatcher {
  private static final MethodTable READS =
      MethodTable.of(
          ImmutableList.of(
              "dev.bowline.Context#get",
              "io.grpc.Context.Key#get",
              "io.opentelemetry.context.Context#get"));

  /** Types whose work is to take values out of requests and contexts, and to put them there. */
  private static final ImmutableSet<String> ADAPTERS =
      ImmutableSet.of(
          "io.grpc.CallCredentials",
          "io.grpc.ClientCall",
          "io.grpc.ClientInterceptor",
          "io.grpc.ServerCall",
          "io.grpc.ServerCall.Listener",
          "io.grpc.ServerInterceptor",
          "io.grpc.StreamTracer",
          "io.opentelemetry.context.propagation.TextMapPropagator",
          "jakarta.servlet.Filter",
          "jakarta.ws.rs.container.ContainerRequestFilter",
          "jakarta.ws.rs.container.ContainerResponseFilter",
          "javax.servlet.Filter",
          "javax.ws.rs.container.ContainerRequestFilter",
          "javax.ws.rs.container.ContainerResponseFilter");

  /** Where the types of a request or a call come from. */
  private static final ImmutableList<String> TRANSPORTS =
      ImmutableList.of(
          "io.grpc.", "jakarta.servlet.", "jakarta.ws.rs.", "javax.servlet.", "javax.ws.rs.");

  private final ContextTypes contexts;

  /** For {@link java.util.ServiceLoader}. */
  public ContextValueRequired() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public ContextValueRequired(ErrorProneFlags flags) {
    contexts = new ContextTypes(flags);
  }

  @Override
  public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
    if (!(ASTHelpers.getSymbol(tree.getMethodSelect()) instanceof MethodSymbol read)
        || !READS.contains(read, state)) {
      return Description.NO_MATCH;
    }
    VarSymbol key = ContextKeyUse.keyOf(tree, read);
    TreePath method = AlwaysRuns.method(state.getPath());
    if (key == null
        || method == null
        || !ContextKeyUse.mayLackValue(key, state)
        || ContextKeyUse.isForObservers(key, tree)
        || !RequiredValue.isRequired(method, state)
        || !canTakeParameter(method, state)
        || isGetter(method, state)
        || ContextKeyUse.isBoundInFile(key, contexts, state)
        || contexts.isContextMachinery(state)
        || EntryPoints.encloses(state)
        || TestCode.encloses(state)) {
      return Description.NO_MATCH;
    }
    MethodSymbol owner = ASTHelpers.getSymbol((MethodTree) method.getLeaf());
    return buildDescription(tree)
        .setMessage(
            "'%s' fails where nobody has put '%s' into the context, and nothing in its signature says that it needs it. Take the value as a parameter, and read it from the context where the request comes in."
                .formatted(
                    owner.isConstructor()
                        ? owner.enclClass().getSimpleName()
                        : owner.getSimpleName(),
                    key.getSimpleName()))
        .build();
  }

  private boolean canTakeParameter(TreePath path, VisitorState state) {
    MethodSymbol method = ASTHelpers.getSymbol((MethodTree) path.getLeaf());
    return !method.enclClass().name.isEmpty()
        && !FixedSignature.bySupertype(method, state)
        && !FixedSignature.byFramework(method, state)
        && !FixedSignature.byReference(method, state)
        && !isWhereRequestsComeIn(method, state)
        && !Supertypes.any(
            method.enclClass().type,
            type -> ADAPTERS.contains(type.getQualifiedName().toString()),
            state);
  }

  /** What has the request or the call itself in hand is where values are to be read. */
  private boolean isWhereRequestsComeIn(MethodSymbol method, VisitorState state) {
    return method.getParameters().stream()
        .filter(parameter -> !contexts.isContext(parameter.type, state))
        .map(parameter -> parameter.type.tsym.getQualifiedName().toString())
        .anyMatch(type -> TRANSPORTS.stream().anyMatch(type::startsWith));
  }

  /**
   * Whether a method is how others get at the value: it takes at most a context, and gives
   * something back. With the value as a parameter little would be left of it.
   */
  private boolean isGetter(TreePath path, VisitorState state) {
    MethodSymbol method = ASTHelpers.getSymbol((MethodTree) path.getLeaf());
    return !method.isConstructor()
        && !method.getReturnType().hasTag(TypeTag.VOID)
        && method.getParameters().stream()
            .allMatch(parameter -> contexts.isContext(parameter.type, state));
  }
}
