/**
 * Metrics of tasks, to be copied: Bowline itself depends on no library for metrics.
 *
 * <p>Each of the two classes is a {@link dev.bowline.TaskListener}, and needs nothing but {@code
 * TaskNames}.
 */
@NullMarked
package com.example.metrics;

import org.jspecify.annotations.NullMarked;
