package dev.bowline.checks.context;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.CompletionFailure;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.TypeSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Type.ForAll;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.util.List;
import dev.bowline.checks.model.ContextTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/** Finds the overloads of a called method that take a context and are otherwise the same. */
final class ContextOverloads {
  private final ContextTypes contexts;

  /** Nearly every method has none, and most are called more than once. */
  private final Supplier<Map<Callee, ImmutableList<MethodSymbol>>> longer =
      VisitorState.memoize(state -> new HashMap<>());

  ContextOverloads(ContextTypes contexts) {
    this.contexts = contexts;
  }

  /** A method as a member of the type that it is called on. */
  private record Callee(TypeSymbol site, MethodSymbol method) {}

  /** Those of the method or constructor that this tree calls; empty where it takes a context. */
  ImmutableList<ContextOverload> of(ExpressionTree call, VisitorState state) {
    if (!(symbol(call) instanceof MethodSymbol called)
        || called.type == null
        || called.type.isErroneous()
        || called.type.getParameterTypes().stream()
            .anyMatch(type -> contexts.isContext(type, state))) {
      return ImmutableList.of();
    }
    Type site = siteOf(call, called, state);
    ImmutableList<MethodSymbol> candidates = candidates(site, called, state);
    if (candidates.isEmpty()) {
      return ImmutableList.of();
    }
    ImmutableList.Builder<ContextOverload> overloads = ImmutableList.builder();
    for (MethodSymbol candidate : candidates) {
      int position = positionOfContext(called, candidate, site, state);
      if (position >= 0 && isAccessible(candidate, site, state)) {
        overloads.add(
            new ContextOverload(
                candidate, position, candidate.type.getParameterTypes().get(position)));
      }
    }
    return overloads.build();
  }

  private static Symbol symbol(ExpressionTree call) {
    return ASTHelpers.getSymbol(
        call instanceof MethodInvocationTree invocation ? invocation.getMethodSelect() : call);
  }

  /** The type whose methods the call chooses from. */
  private static Type siteOf(ExpressionTree call, MethodSymbol called, VisitorState state) {
    if (called.isConstructor() || !(call instanceof MethodInvocationTree invocation)) {
      return called.owner.type;
    }
    if (invocation.getMethodSelect() instanceof MemberSelectTree select) {
      Type receiver = ASTHelpers.getType(select.getExpression());
      Type bound = receiver == null ? null : ASTHelpers.getUpperBound(receiver, state.getTypes());
      return bound != null && bound.hasTag(TypeTag.CLASS) ? bound : called.owner.type;
    }
    for (Tree tree : state.getPath()) {
      if (tree instanceof ClassTree
          && ASTHelpers.getSymbol(tree) instanceof ClassSymbol enclosing
          && enclosing.isSubClass(called.owner, state.getTypes())) {
        return enclosing.type;
      }
    }
    return called.owner.type;
  }

  private ImmutableList<MethodSymbol> candidates(
      Type site, MethodSymbol called, VisitorState state) {
    Callee callee = new Callee(site.tsym, called);
    // Not computeIfAbsent: completing a class can ask about another one.
    ImmutableList<MethodSymbol> known = longer.get(state).get(callee);
    if (known == null) {
      known = find(site, called, state);
      longer.get(state).put(callee, known);
    }
    return known;
  }

  private ImmutableList<MethodSymbol> find(Type site, MethodSymbol called, VisitorState state) {
    java.util.List<MethodSymbol> found = new ArrayList<>();
    try {
      for (Type type : called.isConstructor() ? List.of(site) : state.getTypes().closure(site)) {
        for (Symbol member : type.tsym.members().getSymbolsByName(called.name)) {
          if (member instanceof MethodSymbol candidate
              && takesOneMoreContext(candidate, called, state)
              && found.stream()
                  .noneMatch(
                      each -> each.overrides(candidate, site.tsym, state.getTypes(), false))) {
            found.add(candidate);
          }
        }
      }
    } catch (CompletionFailure missing) {
      // A type that this compilation can do without is not on the class path.
      return ImmutableList.of();
    }
    // What is deprecated anywhere is not what to move to.
    return found.stream().anyMatch(MethodSymbol::isDeprecated)
        ? ImmutableList.of()
        : ImmutableList.copyOf(found);
  }

  private boolean takesOneMoreContext(
      MethodSymbol candidate, MethodSymbol called, VisitorState state) {
    List<Type> parameters = candidate.type.getParameterTypes();
    return parameters.length() == called.type.getParameterTypes().length() + 1
        && candidate.isStatic() == called.isStatic()
        && candidate.isVarArgs() == called.isVarArgs()
        && (candidate.flags() & Flags.SYNTHETIC) == 0
        && parameters.stream().filter(type -> contexts.isContext(type, state)).count() == 1;
  }

  /** Where the context stands if that is all that differs; negative otherwise. */
  private int positionOfContext(
      MethodSymbol called, MethodSymbol candidate, Type site, VisitorState state) {
    Types types = state.getTypes();
    Type shorter = types.memberType(site, called);
    Type longer = types.memberType(site, candidate);
    List<Type> variables = variables(shorter);
    List<Type> others = variables(longer);
    if (variables.length() != others.length()) {
      return -1;
    }
    List<Type> parameters = types.subst(longer.getParameterTypes(), others, variables);
    int position = 0;
    while (!contexts.isContext(parameters.get(position), state)) {
      position++;
      if (position == parameters.length()) {
        return -1;
      }
    }
    List<Type> rest = without(position, parameters);
    return types.isSameTypes(rest, shorter.getParameterTypes())
            && isSameOrNarrower(
                types.subst(longer.getReturnType(), others, variables),
                shorter.getReturnType(),
                state)
        ? position
        : -1;
  }

  private static List<Type> variables(Type method) {
    return method instanceof ForAll generic ? generic.tvars : List.nil();
  }

  private static List<Type> without(int position, List<Type> types) {
    java.util.List<Type> rest = new ArrayList<>(types);
    rest.remove(position);
    return List.from(rest);
  }

  private static boolean isSameOrNarrower(Type type, Type than, VisitorState state) {
    return state.getTypes().isSameType(type, than)
        || (!type.isPrimitiveOrVoid()
            && !than.isPrimitiveOrVoid()
            && state.getTypes().isSubtype(type, than));
  }

  /** Whether code here may call it, given that it may call another method of the same type. */
  private static boolean isAccessible(MethodSymbol method, Type site, VisitorState state) {
    if (method.isPublic()) {
      return true;
    }
    ClassTree tree = state.findEnclosing(ClassTree.class);
    ClassSymbol here = tree == null ? null : ASTHelpers.getSymbol(tree);
    if (here == null) {
      return false;
    }
    if (method.isPrivate()) {
      return method.outermostClass().equals(here.outermostClass());
    }
    if (method.packge().equals(here.packge())) {
      return true;
    }
    return (method.flags() & Flags.PROTECTED) != 0
        && !method.isConstructor()
        && here.isSubClass(method.owner, state.getTypes())
        && (method.isStatic() || site.tsym.isSubClass(here, state.getTypes()));
  }
}
