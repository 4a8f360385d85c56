/** Rules on tests of concurrent code. */
package dev.bowline.checks.testcode;
