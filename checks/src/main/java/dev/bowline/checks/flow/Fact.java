package dev.bowline.checks.flow;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import java.util.Map;

/**
 * One way things can stand at a point of a method: a value that is still to be ended, where it can
 * be found, and what the boolean variables that the method keeps for such purposes hold on the way
 * here. The fact without a value stands for the way itself; each creation starts from it.
 *
 * @param creation what made the value; null for the way itself
 * @param begin where the obligation began; null while it has not, as before a thread is started
 * @param places where the value can be found; none when the last variable was overwritten
 * @param flags what boolean variables hold, as far as it is known
 * @param lostAt what overwrote the last variable that had the value; null for nothing
 */
record Fact(
    ExpressionTree creation,
    ExpressionTree begin,
    ImmutableSet<Place> places,
    ImmutableMap<VarSymbol, Boolean> flags,
    Tree lostAt) {
  static final Fact WAY = new Fact(null, null, ImmutableSet.of(), ImmutableMap.of(), null);

  Fact created(ExpressionTree creation, ExpressionTree begin, Place place) {
    return new Fact(creation, begin, ImmutableSet.of(place), flags, null);
  }

  boolean isWay() {
    return creation == null;
  }

  boolean isAt(Place place) {
    return places.contains(place);
  }

  Fact begun(ExpressionTree begin) {
    return new Fact(creation, begin, places, flags, lostAt);
  }

  Fact alsoAt(Place place) {
    return withPlaces(ImmutableSet.<Place>builder().addAll(places).add(place).build(), lostAt);
  }

  /** Without what can be found by way of this variable or expression, which gets another value. */
  Fact withoutRoot(Object root, Tree overwriting) {
    if (places.stream().noneMatch(place -> place.root().equals(root))) {
      return this;
    }
    ImmutableSet<Place> left =
        places.stream()
            .filter(place -> !place.root().equals(root))
            .collect(ImmutableSet.toImmutableSet());
    return withPlaces(left, left.isEmpty() ? overwriting : lostAt);
  }

  private Fact withPlaces(ImmutableSet<Place> newPlaces, Tree newLostAt) {
    return new Fact(creation, begin, newPlaces, flags, newLostAt);
  }

  /** With what a flag now holds, null for unknown. */
  Fact withFlag(VarSymbol flag, Boolean value) {
    ImmutableMap.Builder<VarSymbol, Boolean> changed = ImmutableMap.builder();
    for (Map.Entry<VarSymbol, Boolean> entry : flags.entrySet()) {
      if (!entry.getKey().equals(flag)) {
        changed.put(entry);
      }
    }
    if (value != null) {
      changed.put(flag, value);
    }
    return new Fact(creation, begin, places, changed.buildOrThrow(), lostAt);
  }
}
