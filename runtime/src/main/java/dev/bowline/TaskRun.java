package dev.bowline;

import org.jspecify.annotations.Nullable;

/** A task of a group. */
abstract non-sealed class TaskRun<T extends @Nullable Object> implements Task<T> {}
