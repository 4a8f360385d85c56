package dev.bowline.checks.context;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.tree.JCTree.JCNewClass;
import dev.bowline.checks.model.Blocking;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.MethodTable;
import dev.bowline.checks.model.RootContexts;
import dev.bowline.checks.model.RunSites;
import dev.bowline.checks.model.StartsWork;
import dev.bowline.checks.model.Supertypes;
import java.util.List;
import java.util.Optional;

/** What a body does that it needs a context for. */
final class ContextNeeds {
  /** Contexts that are not the caller's, beside the roots. */
  private static final MethodTable OTHERS =
      MethodTable.of(
          ImmutableList.of(
              "dev.bowline.Context#todo",
              "io.grpc.Context#current",
              "io.opentelemetry.context.Context#current"));

  private final RootContexts roots;
  private final ContextOverloads overloads;
  private final StartsWork work;

  ContextNeeds(ContextTypes contexts, ErrorProneFlags flags) {
    overloads = new ContextOverloads(contexts);
    roots = new RootContexts(flags);
    work = new StartsWork(new RunSites(flags));
  }

  /** What to do with the context, as the start of a sentence; empty where nothing needs one. */
  Optional<String> first(MethodTree method, VarSymbol context, VisitorState state) {
    // Of a context that carries values only, what waits cannot make use.
    boolean ends =
        !Supertypes.any(
            context.type,
            type -> type.getQualifiedName().contentEquals("io.opentelemetry.context.Context"),
            state);
    MethodSymbol owner = ASTHelpers.getSymbol(method);
    String[] needs = new String[3];
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        if (ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol called) {
          addNeeds(call, called);
        }
        return super.visitMethodInvocation(call, null);
      }

      private void addNeeds(MethodInvocationTree call, MethodSymbol called) {
        addIfTaken(call, called, call.getArguments());
        if (ends && needs[1] == null && Blocking.isBlocking(call, state)) {
          needs[1] = "Let it end the call of '%s', which blocks".formatted(called.getSimpleName());
        }
        if (needs[2] == null && work.startsWork(call, state)) {
          needs[2] = "Hand it to the work that '%s' starts".formatted(called.getSimpleName());
        }
      }

      @Override
      public Void visitNewClass(NewClassTree creation, Void unused) {
        if (((JCNewClass) creation).constructor instanceof MethodSymbol called) {
          addIfTaken(creation, called, creation.getArguments());
        }
        return super.visitNewClass(creation, null);
      }

      private void addIfTaken(
          ExpressionTree call, MethodSymbol called, List<? extends ExpressionTree> arguments) {
        if (needs[0] == null
            && (isGivenAnother(arguments, context.type, state)
                || isTakenByOverload(call, owner, context.type, state))) {
          needs[0] =
              "Pass it on to '%s'"
                  .formatted(
                      called.isConstructor()
                          ? called.enclClass().getSimpleName()
                          : called.getSimpleName());
        }
      }
    }.scan(method.getBody(), null);
    for (String need : needs) {
      if (need != null) {
        return Optional.of(need);
      }
    }
    return Optional.empty();
  }

  /** Whether a root, the current context or none stands where the caller's could. */
  private boolean isGivenAnother(
      List<? extends ExpressionTree> arguments, Type context, VisitorState state) {
    for (ExpressionTree argument : arguments) {
      if (ASTHelpers.isSubtype(context, ASTHelpers.getType(argument), state)
          && (roots.isRoot(argument, state)
              || (argument instanceof MethodInvocationTree call
                  && ASTHelpers.getSymbol(call.getMethodSelect()) instanceof MethodSymbol method
                  && OTHERS.contains(method, state)))) {
        return true;
      }
    }
    return false;
  }

  /**
   * An overload that only hands over to its sibling without a context is not asked to call itself.
   */
  private boolean isTakenByOverload(
      ExpressionTree call, MethodSymbol caller, Type context, VisitorState state) {
    return overloads.of(call, state).stream()
        .anyMatch(
            overload ->
                !overload.method().equals(caller)
                    && ASTHelpers.isSubtype(context, overload.context(), state));
  }
}
