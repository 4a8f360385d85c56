package dev.bowline.checks.flow;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.bowline.checks.model.Loops;
import dev.bowline.checks.model.Occurrences;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.ElementKind;

/** Where one file acquires and releases one lock or semaphore, by whatever name. */
final class Touches {
  private final Obligation obligation;
  private final VisitorState state;
  private final Uses uses;
  private final Occurrences occurrences;
  private final VarSymbol root;
  private final List<TreePath> acquires = new ArrayList<>();
  private final List<TreePath> releases = new ArrayList<>();

  private Touches(Obligation obligation, Place place, VisitorState state) {
    this.obligation = obligation;
    this.state = state;
    this.uses = new Uses(obligation, state);
    this.occurrences = Occurrences.in(state);
    Place owner = withoutLocalName(place);
    this.root = (VarSymbol) owner.root();
    collect(owner, new HashSet<>());
  }

  static Touches of(Obligation obligation, Place place, VisitorState state) {
    return new Touches(obligation, place, state);
  }

  /** final Lock lock = this.lock: the field is what other methods know. */
  private Place withoutLocalName(Place place) {
    List<TreePath> values = occurrences.valuesOf((VarSymbol) place.root());
    Place named =
        !Place.isField((VarSymbol) place.root()) && values.size() == 1
            ? Place.read((ExpressionTree) values.get(0).getLeaf())
            : null;
    return named != null && named.root() instanceof VarSymbol
        ? new Place(named.root(), named.rest() + place.rest())
        : place;
  }

  private void collect(Place place, Set<Place> seen) {
    if (!seen.add(place)) {
      return;
    }
    for (TreePath occurrence : occurrences.of((VarSymbol) place.root())) {
      TreePath reading = reading(place, occurrence);
      if (reading == null) {
        continue;
      }
      Use use = uses.of(reading, false);
      if (use.ends()) {
        releases.add(reading);
      } else if (use.kind() == Use.Kind.ALIAS) {
        collect(Place.of(use.variable()), seen);
      } else if (reading.getParentPath().getParentPath().getLeaf()
              instanceof MethodInvocationTree call
          && obligation.isCreatedBy(call, state)) {
        acquires.add(reading);
      }
    }
  }

  /** The expression around an occurrence of a place's root that reads the place; null for none. */
  static TreePath reading(Place place, TreePath occurrence) {
    TreePath path = occurrence;
    while (path.getLeaf() instanceof ExpressionTree expression) {
      if (place.equals(Place.read(expression))) {
        return path;
      }
      path = path.getParentPath();
    }
    return null;
  }

  /** Paths to what names the lock where it is released or handed on. */
  List<TreePath> releases() {
    return releases;
  }

  /**
   * Whether a body that ends with the lock held leaves it to others to release it: it never does so
   * itself after the acquire, or it ends as planned, and a method that only releases is there or
   * may be; or it was entered with the lock held.
   */
  boolean areLeftToOthers(ExpressionTree acquire, TreePath body, boolean asPlanned) {
    if (!asPlanned && root.getKind() == ElementKind.LOCAL_VARIABLE && isMadeInMethod()) {
      // When the method fails, its own lock goes with it.
      return true;
    }
    if (isEnteredHeld(body)) {
      return true;
    }
    boolean releasesHere =
        releases.stream()
            .anyMatch(
                release -> isIn(body.getLeaf(), release) && mayFollow(release, acquire, body));
    boolean othersOnlyRelease =
        releases.stream()
            .anyMatch(release -> !isIn(body.getLeaf(), release) && !isAcquiredAround(release));
    return releasesHere
        ? othersOnlyRelease && (asPlanned || isHandedAround())
        : othersOnlyRelease || !new Fields(obligation, state).isSeenWhole(root);
  }

  private boolean isMadeInMethod() {
    return occurrences.valuesOf(root).stream()
        .allMatch(value -> value.getLeaf() instanceof NewClassTree);
  }

  /** A permit is nobody's own: what one method takes, another may give back. */
  private boolean isHandedAround() {
    return root.type.tsym.getQualifiedName().contentEquals("java.util.concurrent.Semaphore");
  }

  private boolean isEnteredHeld(TreePath body) {
    return Stream.concat(acquires.stream(), releases.stream())
        .filter(touch -> isIn(body.getLeaf(), touch))
        .min((one, other) -> position(one) - position(other))
        .filter(releases::contains)
        .isPresent();
  }

  private static int position(TreePath path) {
    return ASTHelpers.getStartPosition(path.getLeaf());
  }

  /** Whether one turn of the code can come from the acquire to this release. */
  private boolean mayFollow(TreePath release, ExpressionTree acquire, TreePath body) {
    boolean later = position(release) > ASTHelpers.getStartPosition(acquire);
    for (TreePath path = release; path.getLeaf() != body.getLeaf(); path = path.getParentPath()) {
      Tree around = path.getParentPath().getLeaf();
      if (later
          && around instanceof IfTree choice
          && path.getLeaf() == choice.getElseStatement()
          && isAcquireIn(choice.getThenStatement(), acquire)) {
        return false;
      }
      if (!later && Loops.isLoop(around) && isAcquireIn(around, acquire)) {
        return true;
      }
    }
    return later;
  }

  private boolean isAcquireIn(Tree tree, ExpressionTree acquire) {
    return acquires.stream()
        .anyMatch(
            each -> each.getParentPath().getParentPath().getLeaf() == acquire && isIn(tree, each));
  }

  private boolean isAcquiredAround(TreePath release) {
    MethodTree method = Callers.methodAround(release);
    return method != null
        && acquires.stream().anyMatch(acquire -> Callers.methodAround(acquire) == method);
  }

  private static boolean isIn(Tree body, TreePath path) {
    for (Tree tree : path) {
      if (tree == body) {
        return true;
      }
    }
    return false;
  }
}
