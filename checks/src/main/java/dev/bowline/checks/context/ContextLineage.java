package dev.bowline.checks.context;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.bowline.checks.model.ContextTypes;
import dev.bowline.checks.model.Occurrences;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;

/** Which contexts a context was made from, as far as the file shows it. */
final class ContextLineage {
  /** What these return does not end when what it was made from does. */
  private static final Pattern DETACHES =
      Pattern.compile("attach|fork|(?i:.*(detach|background|shield|uncancell?able).*)");

  /** A group made by a builder that is made by another one is as far as anybody goes. */
  private static final int DEPTH = 3;

  private final ContextTypes contexts;
  private final Occurrences occurrences;
  private final VisitorState state;

  ContextLineage(ContextTypes contexts, VisitorState state) {
    this.contexts = contexts;
    this.occurrences = Occurrences.in(state);
    this.state = state;
  }

  /** The variables that a context goes back to, nearest first, itself included if it is one. */
  Set<VarSymbol> of(ExpressionTree context) {
    return extend(new LinkedHashSet<>(), context);
  }

  /** The same for what a variable holds. */
  Set<VarSymbol> of(VarSymbol context) {
    Set<VarSymbol> line = new LinkedHashSet<>();
    line.add(context);
    return extend(line, onlyValue(context));
  }

  private Set<VarSymbol> extend(Set<VarSymbol> line, ExpressionTree context) {
    ExpressionTree next = context;
    while (next != null) {
      VarSymbol variable = named(next);
      if (variable != null) {
        next = line.add(variable) ? onlyValue(variable) : null;
      } else if (next instanceof ParenthesizedTree parenthesized) {
        next = parenthesized.getExpression();
      } else if (next instanceof TypeCastTree cast) {
        next = cast.getExpression();
      } else {
        next = next instanceof MethodInvocationTree call ? madeFrom(call) : null;
      }
    }
    return line;
  }

  /** The variable that a name stands for; null for what is no name, and for fields of others. */
  static VarSymbol named(ExpressionTree tree) {
    boolean name =
        tree instanceof IdentifierTree
            || (tree instanceof MemberSelectTree select
                && Occurrences.isThis(ASTHelpers.getSymbol(select.getExpression())));
    return name
            && ASTHelpers.getSymbol(tree) instanceof VarSymbol variable
            && !Occurrences.isThis(variable)
        ? variable
        : null;
  }

  private ExpressionTree onlyValue(VarSymbol variable) {
    List<ExpressionTree> values = occurrences.expressionsGivenTo(variable);
    return variable.getKind() != ElementKind.PARAMETER && values.size() == 1 ? values.get(0) : null;
  }

  /** {@code ctx.withCancel()}, {@code withTenant(ctx, "x")}. */
  private ExpressionTree madeFrom(MethodInvocationTree call) {
    MethodSymbol method = ASTHelpers.getSymbol(call);
    if (!contexts.isContext(ASTHelpers.getType(call), state) || detaches(method)) {
      return null;
    }
    List<ExpressionTree> sources = new ArrayList<>();
    addReceiver(call, sources, 0);
    addArguments(method, call.getArguments(), sources);
    return sources.isEmpty() ? null : sources.get(0);
  }

  static boolean detaches(MethodSymbol method) {
    return DETACHES.matcher(method.getSimpleName()).matches();
  }

  /**
   * The contexts that are given to whatever takes a body: as arguments beside it, as the object
   * that is called, or when that object was made ({@code TaskGroup.open(ctx, "fetch")}).
   *
   * @param taker a call or creation
   */
  List<ExpressionTree> givenTo(TreePath taker) {
    List<ExpressionTree> given = new ArrayList<>();
    if (taker.getLeaf() instanceof ExpressionTree expression) {
      addMadeWith(expression, given, DEPTH);
    }
    return given;
  }

  private void addMadeWith(ExpressionTree tree, List<ExpressionTree> given, int depth) {
    if (tree instanceof MethodInvocationTree call) {
      addArguments(ASTHelpers.getSymbol(call), call.getArguments(), given);
      addReceiver(call, given, depth);
    } else if (tree instanceof NewClassTree creation) {
      addArguments(ASTHelpers.getSymbol(creation), creation.getArguments(), given);
    } else if (depth > 0 && named(tree) != null) {
      addMadeWith(onlyValue(named(tree)), given, depth - 1);
    }
  }

  private void addReceiver(MethodInvocationTree call, List<ExpressionTree> given, int depth) {
    ExpressionTree receiver = ASTHelpers.getReceiver(call);
    if (receiver == null || ASTHelpers.getSymbol(call).isStatic()) {
      return;
    }
    if (contexts.isContext(ASTHelpers.getType(receiver), state)) {
      given.add(receiver);
    } else {
      addMadeWith(receiver, given, depth);
    }
  }

  private void addArguments(
      MethodSymbol method, List<? extends ExpressionTree> arguments, List<ExpressionTree> given) {
    for (int i = 0; i < arguments.size(); i++) {
      if (contexts.isContext(parameterType(method, i, state), state)) {
        given.add(arguments.get(i));
      }
    }
  }

  /** What a method declares for its argument at this place; null where it takes fewer. */
  static Type parameterType(MethodSymbol method, int index, VisitorState state) {
    List<VarSymbol> parameters = method.getParameters();
    int last = parameters.size() - 1;
    if (method.isVarArgs() && index >= last) {
      return state.getTypes().elemtype(parameters.get(last).type);
    }
    return index <= last ? parameters.get(index).type : null;
  }
}
