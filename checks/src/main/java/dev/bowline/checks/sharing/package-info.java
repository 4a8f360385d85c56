/** Rules on state that several threads share. */
package dev.bowline.checks.sharing;
