package dev.bowline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be told when a context ends, in the order of arrival. Thread-safe; adding and removing
 * take constant time, and an unused registry has no more than this object.
 *
 * @param <E> what is registered; compared by {@code equals}
 */
final class Registry<E> {
  private @Nullable LinkedHashSet<E> entries;

  synchronized void add(E entry) {
    if (entries == null) {
      entries = new LinkedHashSet<>();
    }
    entries.add(entry);
  }

  /** Removes the entry; true if it was there, so that of several removers one succeeds. */
  @CanIgnoreReturnValue
  synchronized boolean remove(E entry) {
    return entries != null && entries.remove(entry);
  }

  /** Removes the entry that arrived first and returns it, or null when none is left. */
  synchronized @Nullable E takeFirst() {
    if (entries == null || entries.isEmpty()) {
      return null;
    }
    Iterator<E> inOrder = entries.iterator();
    E first = inOrder.next();
    inOrder.remove();
    return first;
  }

  /** Removes and returns all entries. */
  synchronized List<E> takeAll() {
    if (entries == null) {
      return List.of();
    }
    List<E> all = List.copyOf(entries);
    entries = null;
    return all;
  }
}
