package dev.bowline;

import org.jspecify.annotations.Nullable;

/**
 * One value of a context and the bindings that were in force before it.
 *
 * @param key what the value is found by
 * @param value the value, which may be null
 * @param outer the next binding outwards, or null for the outermost
 */
record Binding(Context.Key<?> key, @Nullable Object value, @Nullable Binding outer) {}
