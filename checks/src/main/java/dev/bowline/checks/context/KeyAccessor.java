package dev.bowline.checks.context;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.bowline.checks.model.Occurrences;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;

/** Methods that look as if they returned the key of that name, and make another one each time. */
final class KeyAccessor {
  private static final ImmutableSet<String> HARMLESS_ANNOTATIONS =
      ImmutableSet.of("SuppressWarnings", "Deprecated", "SafeVarargs", "NonNull", "Nonnull");

  private static final Pattern FACTORY =
      Pattern.compile("(allocate|build|create|fresh|generate|make|new|next|random|unique).*");

  private KeyAccessor() {}

  /**
   * Whether the key at the state's position is all that such a method returns. One that is told the
   * name, says that it creates, overrides another one or carries a framework's annotation is a
   * factory.
   */
  static boolean isOne(ExpressionTree creation, VisitorState state) {
    MethodTree method = state.findEnclosing(MethodTree.class);
    if (method == null
        || ContextKeys.onlyResult(method) != creation
        || !method.getParameters().isEmpty()
        || !KeyConstant.hasConstantName(creation)) {
      return false;
    }
    MethodSymbol symbol = ASTHelpers.getSymbol(method);
    return !FACTORY.matcher(method.getName()).matches()
        && symbol.getRawAttributes().stream()
            .allMatch(
                annotation ->
                    HARMLESS_ANNOTATIONS.contains(annotation.type.tsym.getSimpleName().toString()))
        && ASTHelpers.findSuperMethods(symbol, state.getTypes()).isEmpty()
        && Occurrences.in(state).of(symbol).stream().noneMatch(KeyAccessor::isKeptInField);
  }

  /** A method that fills a field is called once for it. */
  private static boolean isKeptInField(TreePath name) {
    TreePath call = name.getParentPath();
    return call.getParentPath().getLeaf() instanceof VariableTree variable
        && variable.getInitializer() == call.getLeaf()
        && ASTHelpers.getSymbol(variable).getKind() == ElementKind.FIELD;
  }

  static String message(VisitorState state) {
    return "Every call of '%s' makes a new key, so what is put under one is not found under the next: keys are told apart by identity, not by name. Return the same 'static final' key each time."
        .formatted(state.findEnclosing(MethodTree.class).getName());
  }
}
