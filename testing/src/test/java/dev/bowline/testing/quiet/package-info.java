/** Tests of a package that says what they ignore. */
@NoThreadLeaks(ignoreNames = "of-package", lingerMillis = 100)
package dev.bowline.testing.quiet;

import dev.bowline.testing.NoThreadLeaks;
