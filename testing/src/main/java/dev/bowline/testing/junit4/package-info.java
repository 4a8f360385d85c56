/** The check for leaked threads in tests of JUnit 4, which has to be there for it. */
@CheckReturnValue
package dev.bowline.testing.junit4;

import com.google.errorprone.annotations.CheckReturnValue;
