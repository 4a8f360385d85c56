package dev.bowline.checks.model;

import com.google.common.collect.ImmutableSetMultimap;
import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.CompletionFailure;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;

/**
 * A readable list of methods: {@code owner#name} for a method of that type or a subtype, {@code
 * owner#prefix*} for all that start so, {@code owner#<init>} for constructors. Types are strings,
 * so those that a compilation does not have, or that are newer than the JDK at hand, cost nothing.
 */
final class MethodTable {
  private final ImmutableSetMultimap<String, String> ownersByName;
  private final ImmutableSetMultimap<String, String> ownersByPrefix;

  private MethodTable(Iterable<String> entries) {
    ImmutableSetMultimap.Builder<String, String> names = ImmutableSetMultimap.builder();
    ImmutableSetMultimap.Builder<String, String> prefixes = ImmutableSetMultimap.builder();
    for (String entry : entries) {
      int hash = entry.indexOf('#');
      if (hash < 0) {
        throw new IllegalArgumentException(
            "'%s' names no method: write it as some.package.Type#method".formatted(entry));
      }
      String owner = entry.substring(0, hash).strip();
      String name = entry.substring(hash + 1).strip();
      if (name.endsWith("*")) {
        prefixes.put(name.substring(0, name.length() - 1), owner);
      } else {
        names.put(name, owner);
      }
    }
    ownersByName = names.build();
    ownersByPrefix = prefixes.build();
  }

  /** A table of these entries. */
  static MethodTable of(Iterable<String> entries) {
    return new MethodTable(entries);
  }

  boolean contains(MethodSymbol method, VisitorState state) {
    String name = method.getSimpleName().toString();
    if (isOwner(method, ownersByName.get(name), state)) {
      return true;
    }
    for (String prefix : ownersByPrefix.keySet()) {
      if (name.startsWith(prefix) && isOwner(method, ownersByPrefix.get(prefix), state)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOwner(MethodSymbol method, Iterable<String> owners, VisitorState state) {
    if (!owners.iterator().hasNext()) {
      return false;
    }
    try {
      for (Type supertype : state.getTypes().closure(method.enclClass().type)) {
        Symbol type = supertype.tsym;
        for (String owner : owners) {
          if (type.getQualifiedName().contentEquals(owner)) {
            return true;
          }
        }
      }
    } catch (CompletionFailure missing) {
      // A supertype that this compilation can do without is not on the class path.
    }
    return false;
  }
}
