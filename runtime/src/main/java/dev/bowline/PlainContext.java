package dev.bowline;

import org.jspecify.annotations.Nullable;

/** A context with no end of its own: a root, a detached one, or one that adds a value. */
final class PlainContext extends Context {
  static final Context BACKGROUND = new PlainContext(null, null);
  static final Context TODO = new PlainContext(null, null);

  private final @Nullable CancellableContext lifetime;

  PlainContext(@Nullable CancellableContext lifetime, @Nullable Binding bindings) {
    super(bindings);
    this.lifetime = lifetime;
  }

  @Override
  @Nullable CancellableContext lifetime() {
    return lifetime;
  }

  @Override
  public String toString() {
    if (this == BACKGROUND) {
      return "Context[background]";
    }
    return this == TODO ? "Context[todo]" : super.toString();
  }
}
