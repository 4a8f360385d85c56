package dev.bowline.checks.model;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.errorprone.ErrorProneFlags;
import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.fixes.SuggestedFixes;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Name;

/** Which expressions make a root context: one that has no caller, no deadline and no values. */
public final class RootContexts {
  private final ImmutableSetMultimap<String, String> ownersByMember;

  /** A look at the name rules out nearly every expression. */
  private final Supplier<ImmutableSet<Name>> members;

  /**
   * @param flags {@code -XepOpt:Bowline:RootContexts=} names more static methods without parameters
   *     and static fields, as {@code a.b.C.member}
   */
  public RootContexts(ErrorProneFlags flags) {
    ImmutableSetMultimap.Builder<String, String> owners = ImmutableSetMultimap.builder();
    owners.put("background", "dev.bowline.Context");
    owners.put("ROOT", "io.grpc.Context");
    owners.put("root", "io.opentelemetry.context.Context");
    for (String member : flags.getListOrEmpty("Bowline:RootContexts")) {
      int dot = member.lastIndexOf('.');
      if (dot < 0) {
        throw new IllegalArgumentException(
            "Bowline:RootContexts: '%s' names no member: write it as some.package.Type.member"
                .formatted(member));
      }
      owners.put(member.substring(dot + 1), member.substring(0, dot));
    }
    ownersByMember = owners.build();
    members =
        VisitorState.memoize(
            state ->
                ownersByMember.keySet().stream()
                    .map(state::getName)
                    .collect(ImmutableSet.toImmutableSet()));
  }

  /** Whether this expression is a call of a root method, or a use of a root field. */
  public boolean isRoot(ExpressionTree tree, VisitorState state) {
    ExpressionTree named =
        tree instanceof MethodInvocationTree call ? call.getMethodSelect() : tree;
    Name name = nameOf(named);
    if (name == null || !members.get(state).contains(name)) {
      return false;
    }
    Symbol symbol = ASTHelpers.getSymbol(named);
    return symbol != null
        && symbol.isStatic()
        && symbol instanceof MethodSymbol == tree instanceof MethodInvocationTree
        && symbol.owner != null
        && ownersByMember.get(name.toString()).contains(symbol.owner.getQualifiedName().toString());
  }

  /**
   * The expression for a root that may be passed where this type is asked for, of a known or
   * configured context type; empty where there is none, or more than one.
   */
  public Optional<String> expressionFor(Type type, VisitorState state) {
    List<String> members =
        ownersByMember.entries().stream()
            .filter(member -> type.tsym.getQualifiedName().contentEquals(member.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (members.size() != 1) {
      return Optional.empty();
    }
    String member = members.get(0);
    for (Symbol symbol : type.tsym.members().getSymbolsByName(state.getName(member))) {
      if (symbol.isStatic()
          && (!(symbol instanceof MethodSymbol method) || method.getParameters().isEmpty())) {
        String call = symbol instanceof MethodSymbol ? "()" : "";
        return Optional.of(nameInFile(type, state) + "." + member + call);
      }
    }
    return Optional.empty();
  }

  /** Without new imports: types of one simple name are what this is about. */
  private static String nameInFile(Type type, VisitorState state) {
    String name = type.tsym.getQualifiedName().toString();
    return state.getPath().getCompilationUnit().getImports().stream()
            .anyMatch(each -> each.getQualifiedIdentifier().toString().equals(name))
        ? SuggestedFixes.qualifyType(state, SuggestedFix.builder(), type.tsym)
        : name;
  }

  private static Name nameOf(ExpressionTree tree) {
    if (tree instanceof MemberSelectTree select) {
      return select.getIdentifier();
    }
    return tree instanceof IdentifierTree identifier ? identifier.getName() : null;
  }
}
