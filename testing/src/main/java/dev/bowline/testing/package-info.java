/**
 * Test support for concurrent code: tests that wait for events instead of sleeping, and that leave
 * no thread behind.
 *
 * <p>{@link dev.bowline.testing.Checkpoint} marks a point that a test waits for. {@link
 * dev.bowline.testing.NoThreadLeaks} fails tests that leave threads; {@link
 * dev.bowline.testing.ThreadLeaks} finds them without JUnit.
 */
@CheckReturnValue
package dev.bowline.testing;

import com.google.errorprone.annotations.CheckReturnValue;
