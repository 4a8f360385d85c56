package dev.bowline.checks.model;

import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.errorprone.BugPattern;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.Fixtures;
import org.junit.jupiter.api.Test;

/** A marker in a snippet says what {@link Derivations} must answer about the next line. */
final class DerivedContextsTest {
  @Test
  void derivationsAreKnownByTheApiAndByTheShapeOfOnesOwnTypes() {
    Fixtures.verifySource(
        Derivations.class,
        "Snippet.java",
        """
        import dev.bowline.annotations.ContextType;
        import io.opentelemetry.context.Context;
        import io.opentelemetry.context.ImplicitContextKeyed;
        import io.opentelemetry.context.propagation.TextMapPropagator;

        class Calls {
          void bowline(dev.bowline.Context ctx) {
            // BUG: Diagnostic contains: <derived from ctx>
            ctx.withCancel();
            ctx.isDone();
          }

          void grpc(io.grpc.Context.Key<String> key, io.grpc.Context context, Runnable work) {
            // BUG: Diagnostic contains: <derived from context>
            context.withValue(key, "a");
            // BUG: Diagnostic contains: <derived from context>
            context.withCancellation();
            // BUG: Diagnostic contains: <derived from context>
            context.fork();
            context.attach();
            context.detach(context);
            context.wrap(work);
            io.grpc.Context.current();
            key.get(context);
          }

          void otel(Context ctx, ImplicitContextKeyed value, TextMapPropagator propagator) {
            // BUG: Diagnostic contains: <derived from ctx>
            ctx.with(value);
            // BUG: Diagnostic contains: <derived from ctx>
            value.storeInContext(ctx);
            // BUG: Diagnostic contains: <derived from ctx>
            propagator.extract(ctx, "", null);
            ctx.makeCurrent();
          }

          void own(House house, Shed shed) {
            // BUG: Diagnostic contains: <derived from house>
            house.withRoof();
            // BUG: Diagnostic contains: <derived from house>
            house.derive();
            house.without();
            house.parent();
            house.withGarden();
            House.withDoor(house);
            shed.withRoof();
          }

          @ContextType
          interface House {
            static House withDoor(House house) {
              return house;
            }

            House withRoof();

            House derive();

            House without();

            House parent();

            String withGarden();
          }

          interface Shed {
            Shed withRoof();
          }
        }
        """);
  }

  @Test
  void derivationsGoThroughChainsHelpersAndVariables() {
    Fixtures.verifySource(
        Derivations.class,
        "Snippet.java",
        """
        import io.opentelemetry.context.Context;
        import io.opentelemetry.context.ImplicitContextKeyed;

        class Origins {
          static final ImplicitContextKeyed SPAN = null;

          void chains(Context ctx, Context other, boolean choice, Helper helper) {
            // BUG: Diagnostic contains: <not derived>
            origin(ctx, ctx);
            // BUG: Diagnostic contains: <not derived>
            origin(ctx, null);
            // BUG: Diagnostic contains: <not derived>
            origin(ctx, Context.current());
            // BUG: Diagnostic contains: <derived>
            origin(ctx, viaHelper(ctx, ""));
            // BUG: Diagnostic contains: <derived>
            origin(ctx, viaParameter(ctx));
            // BUG: Diagnostic contains: <not derived>
            origin(ctx, sameAgain(other));
            // BUG: Diagnostic contains: <not derived>
            origin(ctx, sameAgain(ctx));
            // BUG: Diagnostic contains: <not derived>
            origin(ctx, fresh(ctx));
            // BUG: Diagnostic contains: <derived>
            origin(ctx, helper.enrich(ctx));
            // BUG: Diagnostic contains: <not derived>
            origin(ctx, helper.parentOf(ctx));
            // BUG: Diagnostic contains: <not derived>
            origin(ctx, helper.address(ctx));
            // BUG: Diagnostic contains: <not derived>
            origin(ctx, endless(ctx));
          }

          static Context viaHelper(Context ctx, String name) {
            return name.isEmpty() ? ctx : viaParameter(ctx);
          }

          static Context viaParameter(Context ctx) {
            // BUG: Diagnostic contains: <derived from ctx>
            ctx = SPAN.storeInContext(ctx);
            return ctx;
          }

          static Context sameAgain(Context ctx) {
            return ctx;
          }

          static Context fresh(Context ctx) {
            return ctx == null ? Context.root() : Context.current();
          }

          static Context endless(Context ctx) {
            return endless(ctx);
          }

          static void origin(Context ctx, Context value) {}

          interface Helper {
            Context enrich(Context ctx);

            Context parentOf(Context ctx);

            Context address(Context ctx);
          }
        }
        """);
  }

  /**
   * Says of calls from what they derive a context, and of calls of a method {@code origin} whether
   * the second argument is derived from the first.
   */
  @BugPattern(summary = "what derives contexts", severity = WARNING)
  public static final class Derivations extends BugChecker implements MethodInvocationTreeMatcher {
    private final DerivedContexts derived =
        new DerivedContexts(new ContextTypes(ErrorProneFlags.empty()));

    @Override
    public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
      if (ASTHelpers.getSymbol(tree).getSimpleName().contentEquals("origin")) {
        VarSymbol variable = (VarSymbol) ASTHelpers.getSymbol(tree.getArguments().get(0));
        return derived.isDerivedFrom(variable, tree.getArguments().get(1), state)
            ? answer(tree, "derived")
            : answer(tree, "not derived");
      }
      return derived
          .parentOf(tree, state)
          .map(parent -> answer(tree, "derived from " + state.getSourceForNode(parent)))
          .orElse(Description.NO_MATCH);
    }

    private Description answer(MethodInvocationTree tree, String text) {
      return buildDescription(tree).setMessage("<" + text + ">").build();
    }
  }
}
