/** Rules on failures and stop signals that nobody hears. */
package dev.bowline.checks.failure;
