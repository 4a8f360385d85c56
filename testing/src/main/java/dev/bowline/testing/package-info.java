/**
 * Test support for concurrent code: tests that wait for events instead of sleeping, and that leave
 * no thread behind.
 *
 * <p>{@link dev.bowline.testing.Checkpoint} marks a point that a test waits for. {@link
 * dev.bowline.testing.NoThreadLeaks} fails tests that leave threads; {@link
 * dev.bowline.testing.ThreadLeaks} finds them without JUnit, and {@link
 * dev.bowline.testing.ThreadLeakSessionListener} when all tests of a process are over. {@link
 * dev.bowline.testing.ThreadBaseline} compares numbers of threads in smoke tests.
 */
@CheckReturnValue
package dev.bowline.testing;

import com.google.errorprone.annotations.CheckReturnValue;
