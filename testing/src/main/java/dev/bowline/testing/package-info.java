/**
 * Test support for concurrent code: tests that wait for events instead of sleeping.
 *
 * <p>{@link dev.bowline.testing.Checkpoint} marks a point that a test waits for.
 */
@CheckReturnValue
package dev.bowline.testing;

import com.google.errorprone.annotations.CheckReturnValue;
