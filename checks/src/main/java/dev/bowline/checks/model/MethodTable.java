package dev.bowline.checks.model;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.TypeSymbol;
import com.sun.tools.javac.util.Name;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A readable list of methods: {@code owner#name} for a method of that type or a subtype, {@code
 * owner#prefix*} for all that start so, {@code owner#<init>} for constructors. Types are strings,
 * so those that a compilation does not have, or that are newer than the JDK at hand, cost nothing.
 */
public final class MethodTable {
  private final ImmutableSetMultimap<String, String> ownersByName;
  private final ImmutableSetMultimap<String, String> ownersByPrefix;

  /** Nearly every call is ruled out by its name; this makes that one look-up. */
  private final Supplier<Map<Name, ImmutableSet<String>>> ownersSeen =
      VisitorState.memoize(state -> new HashMap<>());

  /** Constructors share one name, so their types are what tells them apart. */
  private final Supplier<Map<MethodSymbol, Optional<TypeSymbol>>> answers =
      VisitorState.memoize(state -> new HashMap<>());

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
  public static MethodTable of(Iterable<String> entries) {
    return new MethodTable(entries);
  }

  /** Whether the table has this method, by the type that declares it or one above that. */
  public boolean contains(MethodSymbol method, VisitorState state) {
    return ownerOf(method, state).isPresent();
  }

  /** The type by which the table has this method: the nearest, where it has it by several. */
  public Optional<TypeSymbol> ownerOf(MethodSymbol method, VisitorState state) {
    ImmutableSet<String> owners =
        ownersSeen.get(state).computeIfAbsent(method.name, this::ownersOf);
    if (owners.isEmpty()) {
      return Optional.empty();
    }
    Map<MethodSymbol, Optional<TypeSymbol>> known = answers.get(state);
    Optional<TypeSymbol> answer = known.get(method);
    if (answer == null) {
      answer =
          Supertypes.nearest(
              method.enclClass().type,
              type -> owners.contains(type.getQualifiedName().toString()),
              state);
      known.put(method, answer);
    }
    return answer;
  }

  private ImmutableSet<String> ownersOf(Name methodName) {
    String name = methodName.toString();
    ImmutableSet.Builder<String> owners = ImmutableSet.builder();
    owners.addAll(ownersByName.get(name));
    ownersByPrefix.forEach(
        (prefix, owner) -> {
          if (name.startsWith(prefix)) {
            owners.add(owner);
          }
        });
    return owners.build();
  }
}
