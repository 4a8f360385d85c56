package dev.bowline.checks.failure;

/**
 * A failure that nobody in the test hears of.
 *
 * @param consequence what happens when the assertion fails
 * @param remedy what to write instead
 */
record LostFailure(String consequence, String remedy) {}
