package dev.bowline.checks.flow;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.checkerframework.errorprone.dataflow.analysis.Store;
import org.checkerframework.errorprone.dataflow.cfg.visualize.CFGVisualizer;
import org.checkerframework.errorprone.dataflow.expression.JavaExpression;

/**
 * The ways things can stand at one point of a method, as a set of numbered {@link Fact}s. Never
 * changed once made, so that the solver's copies cost nothing.
 */
final class Facts implements Store<Facts> {
  private final Numbers numbers;
  private final BitSet members;

  private Facts(Numbers numbers, BitSet members) {
    this.numbers = numbers;
    this.members = members;
  }

  /** What holds where a method begins. */
  static Facts atEntry() {
    Numbers numbers = new Numbers();
    return new Facts(numbers, numbers.setOf(Fact.WAY));
  }

  /** What holds where no path leads. */
  Facts none() {
    return new Facts(numbers, new BitSet());
  }

  Stream<Fact> stream() {
    return members.stream().mapToObj(numbers.facts::get);
  }

  boolean contains(Fact fact) {
    Integer number = numbers.byFact.get(fact);
    return number != null && members.get(number);
  }

  /** With each fact changed; one that becomes null is gone. */
  @SuppressWarnings("ReferenceEquality") // An unchanged fact keeps its number without a look-up.
  Facts map(UnaryOperator<Fact> change) {
    BitSet changed = new BitSet(members.length());
    boolean same = true;
    for (int number = members.nextSetBit(0); number >= 0; number = members.nextSetBit(number + 1)) {
      Fact before = numbers.facts.get(number);
      Fact after = change.apply(before);
      same &= after == before;
      if (after != null) {
        changed.set(after == before ? number : numbers.of(after));
      }
    }
    return same ? this : new Facts(numbers, changed);
  }

  Facts plus(List<Fact> more) {
    if (more.isEmpty()) {
      return this;
    }
    BitSet all = (BitSet) members.clone();
    more.forEach(fact -> all.set(numbers.of(fact)));
    return new Facts(numbers, all);
  }

  /** Without any value: what is left where nothing that is owed counts. */
  Facts waysOnly() {
    if (!members.intersects(numbers.values)) {
      return this;
    }
    BitSet ways = (BitSet) members.clone();
    ways.andNot(numbers.values);
    return new Facts(numbers, ways);
  }

  int size() {
    return members.cardinality();
  }

  @Override
  public Facts copy() {
    return this;
  }

  @Override
  public Facts leastUpperBound(Facts other) {
    if (other.members.equals(members)) {
      return other;
    }
    BitSet union = (BitSet) members.clone();
    union.or(other.members);
    return new Facts(numbers, union);
  }

  @Override
  public Facts widenedUpperBound(Facts previous) {
    return leastUpperBound(previous);
  }

  @Override
  public boolean canAlias(JavaExpression a, JavaExpression b) {
    return true;
  }

  @Override
  public String visualize(CFGVisualizer<?, Facts, ?> viz) {
    return toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Facts facts && facts.members.equals(members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return stream().toList().toString();
  }

  /** Gives each fact of one analysis a number. */
  private static final class Numbers {
    private final Map<Fact, Integer> byFact = new HashMap<>();
    private final List<Fact> facts = new ArrayList<>();
    private final BitSet values = new BitSet();

    int of(Fact fact) {
      return byFact.computeIfAbsent(
          fact,
          unseen -> {
            values.set(facts.size(), !unseen.isWay());
            facts.add(unseen);
            return facts.size() - 1;
          });
    }

    BitSet setOf(Fact fact) {
      BitSet only = new BitSet();
      only.set(of(fact));
      return only;
    }
  }
}
