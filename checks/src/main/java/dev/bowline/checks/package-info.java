/** Error Prone checks that make structured-concurrency discipline a compile error. */
package dev.bowline.checks;
