package dev.bowline;

/** Who is to be told when a context ends. Most contexts never have any. */
final class Followers {
  /** Contexts made from this one, other than those of a group's tasks. */
  final Registry<CancellableContext> children = new Registry<>();

  final Registry<Callback> callbacks = new Registry<>();

  /** What wakes threads that are blocked in a method of this package. */
  final Registry<Callback> sleepers = new Registry<>();
}
