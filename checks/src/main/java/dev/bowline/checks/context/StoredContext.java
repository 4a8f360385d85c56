package dev.bowline.checks.context;

import static com.google.errorprone.BugPattern.LinkType.CUSTOM;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.BugPattern.StandardTags.CONCURRENCY;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.VariableTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.bowline.annotations.HoldsContext;
import dev.bowline.checks.RulePages;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.Intent;
import dev.bowline.checks.model.TestCode;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;

/** Reports a field or record component that keeps a context beyond the call it belongs to. */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "A field keeps a context beyond the call it belongs to; pass it as a parameter",
    severity = WARNING,
    tags = CONCURRENCY,
    link = RulePages.URL + "StoredContext.md",
    linkType = CUSTOM,
    suppressionAnnotations = {SuppressWarnings.class, HoldsContext.class})
public final class StoredContext extends BugChecker implements VariableTreeMatcher {
  /** Types that keep, or hand out again and again, a value of a type argument of theirs. */
  private static final Supplier<ImmutableList<Type>> HOLDERS =
      types(
          "java.util.Collection",
          "java.util.Map",
          "java.util.Map$Entry",
          "java.util.Optional",
          "java.util.concurrent.Callable",
          "java.util.concurrent.atomic.AtomicReference",
          "java.util.concurrent.atomic.AtomicReferenceArray",
          "java.util.function.Supplier",
          "java.lang.ThreadLocal",
          "java.lang.ref.Reference",
          "io.netty.util.concurrent.FastThreadLocal");

  private static final ImmutableSet<String> ENDINGS =
      ImmutableSet.of("cancel", "close", "detachAndCancel");

  private final ContextTypes contexts;

  /** For {@link java.util.ServiceLoader}. */
  public StoredContext() {
    this(ErrorProneFlags.empty());
  }

  /** For Error Prone. */
  public StoredContext(ErrorProneFlags flags) {
    contexts = new ContextTypes(flags);
  }

  @Override
  public Description matchVariable(VariableTree tree, VisitorState state) {
    VarSymbol field = ASTHelpers.getSymbol(tree);
    if (field == null
        || field.getKind() != ElementKind.FIELD
        || !keepsContext(field.type, new HashSet<>(), state)
        || contexts.isContextMachinery(state)
        || isCaptured(field, state)
        || field.enclClass().getSimpleName().toString().endsWith("Builder")
        || isEndedByItsOwner(field, state)
        || TestCode.encloses(state)
        || Intent.isStatedOnPackage(HoldsContext.class, state)) {
      return Description.NO_MATCH;
    }
    return buildDescription(tree)
        .setMessage(
            "'%s' keeps a context beyond the call it belongs to: what uses it later runs under the deadline, stop signal and values of an earlier call. Pass the context as the first parameter of the methods that need it; where this object lives no longer than the call, say so with @HoldsContext(reason = \"…\")."
                .formatted(tree.getName()))
        .build();
  }

  /**
   * @param seen guards against types like {@code class Node extends ArrayList<Node>}
   */
  private boolean keepsContext(Type type, Set<Symbol> seen, VisitorState state) {
    Type bound = ASTHelpers.getUpperBound(type, state.getTypes());
    if (bound.hasTag(TypeTag.ARRAY)) {
      return keepsContext(state.getTypes().elemtype(bound), seen, state);
    }
    if (!bound.hasTag(TypeTag.CLASS) || bound.isErroneous()) {
      return false;
    }
    return contexts.isContext(bound, state)
        || (seen.add(bound.tsym)
            && heldTypes(bound, state).anyMatch(held -> keepsContext(held, seen, state)));
  }

  private static Supplier<ImmutableList<Type>> types(String... names) {
    return VisitorState.memoize(
        state ->
            Stream.of(names)
                .map(state::getTypeFromString)
                .filter(Objects::nonNull)
                .collect(ImmutableList.toImmutableList()));
  }

  private static Stream<Type> heldTypes(Type type, VisitorState state) {
    return HOLDERS.get(state).stream()
        .map(holder -> state.getTypes().asSuper(type, holder.tsym))
        .filter(Objects::nonNull)
        .flatMap(held -> held.getTypeArguments().stream());
  }

  private static boolean isCaptured(VarSymbol field, VisitorState state) {
    return field.getModifiers().contains(Modifier.FINAL)
        && !field.isStatic()
        && NamedClosure.is(field.enclClass(), state);
  }

  /** Whether this file ends the context that the field keeps: it owns that context. */
  private static boolean isEndedByItsOwner(VarSymbol field, VisitorState state) {
    AtomicBoolean ended = new AtomicBoolean();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        if (call.getMethodSelect() instanceof MemberSelectTree select
            && ENDINGS.contains(select.getIdentifier().toString())
            && field.equals(ASTHelpers.getSymbol(select.getExpression()))) {
          ended.set(true);
        }
        return super.visitMethodInvocation(call, null);
      }
    }.scan(state.getPath().getCompilationUnit(), null);
    return ended.get();
  }
}
