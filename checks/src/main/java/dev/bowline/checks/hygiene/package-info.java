/** Rules on how intent is stated. */
package dev.bowline.checks.hygiene;
