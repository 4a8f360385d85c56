package dev.bowline.checks.model;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.Iterables;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import java.util.List;
import javax.lang.model.element.Name;

/** A list of static methods and static fields, written as {@code a.b.C.member}. */
final class StaticMembers {
  private final ImmutableSetMultimap<String, String> ownersByMember;

  /** A look at the name rules out nearly every expression. */
  private final Supplier<ImmutableSet<Name>> members;

  /**
   * @param flag the setting that users add to it by, for who gets an entry wrong
   */
  StaticMembers(String flag, List<String> known, List<String> added) {
    ImmutableSetMultimap.Builder<String, String> owners = ImmutableSetMultimap.builder();
    for (String member : Iterables.concat(known, added)) {
      int dot = member.lastIndexOf('.');
      if (dot < 0) {
        throw new IllegalArgumentException(
            "%s: '%s' names no member: write it as some.package.Type.member"
                .formatted(flag, member));
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

  /** Whether this expression is a call of a method of the list, or a use of a field of it. */
  boolean contains(ExpressionTree tree, VisitorState state) {
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

  /** The names of those that this type has. */
  ImmutableSet<String> of(String type) {
    return ownersByMember.inverse().get(type);
  }

  private static Name nameOf(ExpressionTree tree) {
    if (tree instanceof MemberSelectTree select) {
      return select.getIdentifier();
    }
    return tree instanceof IdentifierTree identifier ? identifier.getName() : null;
  }
}
